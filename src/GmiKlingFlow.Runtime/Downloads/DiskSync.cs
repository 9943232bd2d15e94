using Microsoft.Win32.SafeHandles;

namespace GmiKlingFlow.Runtime.Downloads;

/// <summary>
/// Brings files to the disk on threads of its own: each wait for a disk takes a thread away, and those of the pool are few. Files synced side by side
/// share what the file system has to write for each.
/// </summary>
internal sealed class DiskSync(int threads) : IDisposable
{
    private const int SmallStack = 256 * 1024;

    private readonly object gate = new();
    private readonly Queue<(SafeFileHandle File, TaskCompletionSource Done)> waiting = new();
    private int started;
    private int idle;
    private bool hasEnded;

    /// <summary>Ends when everything written to the file is on the disk, or with what <see cref="DiskTrouble"/> names.</summary>
    public Task OfAsync(SafeFileHandle file)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(hasEnded, this);
            waiting.Enqueue((file, done));
            if (waiting.Count > idle && started < threads)
            {
                started++;
                new Thread(Work, SmallStack) { IsBackground = true, Name = "gkflow disk" }.Start();
            }
            else
            {
                Monitor.Pulse(gate);
            }
        }

        return done.Task;
    }

    /// <summary>What waits is still done.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            hasEnded = true;
            Monitor.PulseAll(gate);
        }
    }

    private void Work()
    {
        while (Next() is var (file, done))
        {
            try
            {
                RandomAccess.FlushToDisk(file);
                done.SetResult();
            }
            catch (Exception e) when (DiskTrouble.IsOne(e) || e is ObjectDisposedException)
            {
                done.SetException(e);
            }
        }
    }

    private (SafeFileHandle File, TaskCompletionSource Done)? Next()
    {
        lock (gate)
        {
            while (waiting.Count == 0)
            {
                if (hasEnded)
                {
                    return null;
                }

                idle++;
                Monitor.Wait(gate);
                idle--;
            }

            return waiting.Dequeue();
        }
    }
}
