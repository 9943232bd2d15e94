namespace GmiKlingFlow.Testing;

/// <summary>A clock that runs many times as fast as the real one, timers and all: for runs over real connections with their real proportions of waits.</summary>
/// <param name="speed">100: a minute takes 0.6 s.</param>
public sealed class QuickTimeProvider(int speed) : TimeProvider
{
    // Longer than this is not waited for by anyone; a larger one would not fit a system timer.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(40);

    private readonly DateTimeOffset start = System.GetUtcNow();
    private readonly long startTimestamp = System.GetTimestamp();

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => start + Elapsed();

    public override long GetTimestamp() => Elapsed().Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new QuickTimer(System.CreateTimer(callback, state, Shorter(dueTime, speed), Shorter(period, speed)), speed);

    private TimeSpan Elapsed() => System.GetElapsedTime(startTimestamp) * speed;

    private static TimeSpan Shorter(TimeSpan span, int speed) =>
        span == Timeout.InfiniteTimeSpan ? span : (span < Longest ? span : Longest) / speed;

    private sealed class QuickTimer(ITimer timer, int speed) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(Shorter(dueTime, speed), Shorter(period, speed));

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
