namespace GmiKlingFlow.Runtime.Execution;

/// <summary>
/// How many jobs are taken up before there is a place in flight for them: enough that a place never waits for a job (uploads, identify, the choice of
/// faces come first), few enough that neither memory nor what is paid for identify runs far ahead of the lip-syncs.
/// </summary>
internal sealed class LookAhead(int concurrency) : IDisposable
{
    private const int Fewest = 8;
    private const int Most = 256;
    private const int JobsPerPlace = 3;

    private readonly SemaphoreSlim free = new(Math.Min(JobsPerPlace * Math.Max(1, concurrency), Most) + Fewest);

    public async Task<Lease> TakeAsync()
    {
        await free.WaitAsync();
        return new Lease(free);
    }

    public void Dispose() => free.Dispose();

    /// <summary>One job's part in it: over when the job has its place in flight, or ends.</summary>
    internal sealed class Lease(SemaphoreSlim? free) : IDisposable
    {
        private SemaphoreSlim? held = free;

        /// <summary>For jobs that need no place, or have one already.</summary>
        public static Lease None { get; } = new(null);

        public void Dispose() => Interlocked.Exchange(ref held, null)?.Release();
    }
}
