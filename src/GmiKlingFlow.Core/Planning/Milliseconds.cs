namespace GmiKlingFlow.Core.Planning;

/// <summary>The wire's unit of time.</summary>
internal static class Milliseconds
{
    /// <returns>Whole milliseconds, rounded down: an end that is rounded up could lie past the true one (api-contract 8, trap 1).</returns>
    public static long Of(TimeSpan time) =>
        time.Ticks >= 0 ? time.Ticks / TimeSpan.TicksPerMillisecond : -((-time.Ticks + TimeSpan.TicksPerMillisecond - 1) / TimeSpan.TicksPerMillisecond);

    public static TimeSpan Floor(TimeSpan time) => new(Of(time) * TimeSpan.TicksPerMillisecond);
}
