using System.Collections.Concurrent;

namespace GmiKlingFlow.Testing;

/// <summary>The real clock, but short waits (back-off) pass at once and are remembered; long ones (time limits) stay long.</summary>
public sealed class HurriedTimeProvider : TimeProvider
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(45);

    /// <summary>The waits asked for, in order.</summary>
    public ConcurrentQueue<TimeSpan> Waits { get; } = new();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime <= TimeSpan.Zero || dueTime > LongestWait)
        {
            return base.CreateTimer(callback, state, dueTime, period);
        }

        Waits.Enqueue(dueTime);
        return base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
