namespace GmiKlingFlow.Runtime.Tests.Execution;

/// <summary>
/// A clock that moves on, to the next timer, only when nothing else is left to do: when as many timers are armed as the test says that things are waited
/// for. So work takes no time at all, however slow the machine, and what is measured is waiting alone.
/// </summary>
internal sealed class VirtualTime(Func<int> waitedFor) : TimeProvider
{
    private readonly Lock gate = new();
    private readonly PriorityQueue<(VirtualTimer Timer, long Version), DateTimeOffset> due = new();
    private readonly SemaphoreSlim changed = new(0);
    private DateTimeOffset now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private int armed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
        {
            return now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>What is waited for has changed.</summary>
    public void Look() => changed.Release();

    public async Task RunAsync(Task work, CancellationToken cancellationToken)
    {
        _ = work.ContinueWith(_ => Look(), TaskScheduler.Default);
        while (!work.IsCompleted)
        {
            await changed.WaitAsync(cancellationToken);
            while (Next() is { } fire)
            {
                ThreadPool.QueueUserWorkItem(static action => action(), fire, preferLocal: false);
            }
        }

        await work;
    }

    /// <returns>Null while something is still being worked on.</returns>
    private Action? Next()
    {
        lock (gate)
        {
            if (armed == 0 || armed < waitedFor())
            {
                return null;
            }

            while (due.TryDequeue(out var next, out var at))
            {
                if (next.Timer.Fires(next.Version))
                {
                    now = at > now ? at : now;
                    armed--;
                    return next.Timer.Fire;
                }
            }

            return null;
        }
    }

    private sealed class VirtualTimer(VirtualTime clock, Action fire) : ITimer
    {
        private bool isArmed;
        private long version;

        public Action Fire { get; } = fire;

        public bool Fires(long which)
        {
            if (!isArmed || which != version)
            {
                return false;
            }

            isArmed = false;
            return true;
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock.gate)
            {
                clock.armed -= isArmed ? 1 : 0;
                isArmed = dueTime != Timeout.InfiniteTimeSpan;
                version++;
                if (isArmed)
                {
                    clock.armed++;
                    clock.due.Enqueue((this, version), clock.now + dueTime);
                }
            }

            clock.Look();
            return true;
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
