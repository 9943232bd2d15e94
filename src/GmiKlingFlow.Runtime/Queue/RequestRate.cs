namespace GmiKlingFlow.Runtime.Queue;

/// <summary>
/// One limit on how often the queue is called: over submissions, polls, lists, prices, grants and all their repeats. GMI documents no
/// limit (api-contract 5): this one keeps a large batch from being taken for an attack, and a batch of the usual size never feels it.
/// </summary>
/// <param name="perSecond">Calls per second in the long run; null for no limit.</param>
internal sealed class RequestRate(TimeProvider time, int? perSecond)
{
    /// <summary>The default: 64 requests in flight, each looked at every 4 s, stay below it.</summary>
    public const int UsualPerSecond = 20;

    /// <summary>Calls that may come at once after a pause.</summary>
    public const int Burst = 40;

    private readonly Lock gate = new();
    private readonly TimeSpan each = TimeSpan.FromSeconds(1) / (perSecond ?? 1);

    // A clock that nobody sets: else a clock put back would hold all calls up.
    private readonly long start = time.GetTimestamp();

    // When all places will be free again. Each call moves it on by one place, so that callers go in the order in which they asked.
    private TimeSpan free;

    /// <summary>Waits for a place.</summary>
    /// <exception cref="OperationCanceledException">The caller stopped it: nothing may be sent, and the place is given back.</exception>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (perSecond is null)
        {
            return;
        }

        TimeSpan wait;
        lock (gate)
        {
            var now = time.GetElapsedTime(start);
            free = (free < now ? now : free) + each;
            wait = free - now - (each * Burst);
        }

        if (wait <= TimeSpan.Zero)
        {
            return;
        }

        try
        {
            await Task.Delay(wait, time, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            lock (gate)
            {
                free -= each;
            }

            throw;
        }
    }
}
