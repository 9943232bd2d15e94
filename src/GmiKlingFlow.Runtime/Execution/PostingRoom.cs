namespace GmiKlingFlow.Runtime.Execution;

/// <summary>
/// How many POSTs are on their way at the same moment, where thousands of requests may be in flight: each has a connection of its own, and a run that
/// starts would open one for every place. One that is not answered soon counts no more, so that a service that answers late is not asked less for it.
/// </summary>
internal sealed class PostingRoom(int concurrency, TimeProvider time)
{
    private const int Most = 128;
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    // Not needed, and no timer armed, for the usual few requests in flight.
    private readonly SemaphoreSlim? room = concurrency > Most ? new SemaphoreSlim(Most) : null;

    /// <returns>To be disposed when the answer is there.</returns>
    public async Task<IDisposable?> EnterAsync(CancellationToken cancellationToken)
    {
        if (room is null)
        {
            return null;
        }

        await room.WaitAsync(cancellationToken);
        return new Visit(room, time);
    }

    private sealed class Visit : IDisposable
    {
        private readonly ITimer late;
        private SemaphoreSlim? room;

        public Visit(SemaphoreSlim room, TimeProvider time)
        {
            this.room = room;
            late = time.CreateTimer(static visit => ((Visit?)visit)?.Leave(), this, Soon, Timeout.InfiniteTimeSpan);
        }

        public void Dispose()
        {
            late.Dispose();
            Leave();
        }

        private void Leave() => Interlocked.Exchange(ref room, null)?.Release();
    }
}
