using System.Collections.Concurrent;

namespace GmiKlingFlow.Runtime.Execution;

/// <summary>When to ask for a request again: seldom while it can't be done yet, often when it should be, by the durations seen of its model.</summary>
internal sealed class PollSchedule(TimeSpan shortest, TimeSpan longest, Jitter jitter)
{
    private readonly ConcurrentDictionary<string, double> usualSeconds = new(StringComparer.Ordinal);

    /// <summary>Learns from a request that took this long.</summary>
    public void Took(string model, TimeSpan duration)
    {
        if (duration > TimeSpan.Zero)
        {
            usualSeconds.AddOrUpdate(model, duration.TotalSeconds, (_, usual) => (0.7 * usual) + (0.3 * duration.TotalSeconds));
        }
    }

    /// <param name="elapsed">Since the request was submitted.</param>
    /// <returns>Within the two limits, give or take a tenth that never leaves them.</returns>
    public TimeSpan Next(string model, TimeSpan elapsed)
    {
        var seconds = usualSeconds.TryGetValue(model, out var usual) && elapsed.TotalSeconds < usual
            ? (usual - elapsed.TotalSeconds) / 2
            : Math.Max(0, elapsed.TotalSeconds - usual) / 4;
        return Within(jitter.Around(Within(TimeSpan.FromSeconds(Math.Min(seconds, longest.TotalSeconds))), 0.1));
    }

    private TimeSpan Within(TimeSpan wait) => wait < shortest ? shortest : wait > longest ? longest : wait;
}
