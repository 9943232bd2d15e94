namespace GmiKlingFlow.Core.Media;

/// <summary>Counts of a file's own time units, as a duration. Absurd counts end at the longest duration, never in an overflow.</summary>
internal static class MediaTime
{
    /// <summary>Rounded down: an end that lies past the true one is what the service refuses (api-contract 8, trap 1).</summary>
    /// <param name="units">Whole, below 2^90.</param>
    public static TimeSpan From(decimal units, long unitsPerSecond)
    {
        if (units <= 0 || unitsPerSecond <= 0)
        {
            return TimeSpan.Zero;
        }

        var rest = units % unitsPerSecond;
        var seconds = (units - rest) / unitsPerSecond;
        if (seconds > TimeSpan.MaxValue.Ticks / TimeSpan.TicksPerSecond)
        {
            return TimeSpan.MaxValue;
        }

        var ticks = (seconds * TimeSpan.TicksPerSecond) + decimal.Truncate(rest * TimeSpan.TicksPerSecond / unitsPerSecond);
        return ticks >= TimeSpan.MaxValue.Ticks ? TimeSpan.MaxValue : TimeSpan.FromTicks((long)ticks);
    }

    public static TimeSpan Sum(TimeSpan one, TimeSpan other) =>
        one > TimeSpan.MaxValue - other ? TimeSpan.MaxValue : one + other;

    public static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    public static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
