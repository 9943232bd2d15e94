namespace GmiKlingFlow.Testing;

/// <summary>A clock that stands still until a test moves it. Timers fire inside <see cref="Advance"/>, in order of their due time.</summary>
public sealed class ManualTimeProvider(DateTimeOffset start) : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<ManualTimer> timers = [];
    private DateTimeOffset now = start;
    private TaskCompletionSource armed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ManualTimeProvider()
        : this(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero))
    {
    }

    /// <summary>While true, nobody advances to the next timer: something real is on its way that the timer is meant to wait for.</summary>
    public Func<bool>? IsHeld { get; set; }

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
        var timer = new ManualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Waits until at least one timer is armed, then advances to the earliest one: a loop that only advances races.</summary>
    /// <returns>How far the clock moved.</returns>
    public async Task<TimeSpan> AdvanceToNextTimerAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task wait;
            lock (gate)
            {
                var next = timers.Where(t => t.Due is not null).Min(t => t.Due);
                if (next is not null && IsHeld?.Invoke() == true)
                {
                    wait = Task.Delay(5, cancellationToken);
                }
                else if (next is { } due)
                {
                    var step = due > now ? due - now : TimeSpan.Zero;
                    Move(step, out var fire);
                    foreach (var action in fire)
                    {
                        ThreadPool.QueueUserWorkItem(static a => a(), action, preferLocal: false);
                    }

                    return step;
                }
                else
                {
                    armed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                    wait = armed.Task;
                }
            }

            await wait.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Moves the clock on and fires what falls due on the way.</summary>
    public void Advance(TimeSpan by)
    {
        List<Action> fire;
        lock (gate)
        {
            Move(by, out fire);
        }

        fire.ForEach(action => action());
    }

    private void Move(TimeSpan by, out List<Action> fire)
    {
        fire = [];
        var target = now + by;
        while (timers.Where(t => t.Due <= target).MinBy(t => t.Due) is { } timer)
        {
            now = timer.Due > now ? timer.Due.Value : now;
            timer.Rearm(now);
            fire.Add(timer.Fire);
        }

        now = target;
    }

    private sealed class ManualTimer(ManualTimeProvider clock, Action fire) : ITimer
    {
        private TimeSpan period;

        public Action Fire { get; } = fire;

        public DateTimeOffset? Due { get; private set; }

        public void Rearm(DateTimeOffset firedAt) =>
            Due = period > TimeSpan.Zero && period != Timeout.InfiniteTimeSpan ? firedAt + period : null;

        public bool Change(TimeSpan dueTime, TimeSpan newPeriod)
        {
            lock (clock.gate)
            {
                period = newPeriod;
                Due = dueTime == Timeout.InfiniteTimeSpan ? null : clock.now + dueTime;
                clock.timers.Remove(this);
                clock.timers.Add(this);
                clock.armed.TrySetResult();
            }

            return true;
        }

        public void Dispose()
        {
            lock (clock.gate)
            {
                clock.timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
