using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning;

namespace GmiKlingFlow.Cli.Output.Runs;

/// <summary>What a live display knows of a run beforehand: its plan with the settings that count, and how long requests took in earlier runs.</summary>
/// <param name="Usual">By model, before this run; null where none was ever seen.</param>
internal sealed record LiveRun(Plan Plan, IReadOnlyDictionary<string, TimeSpan?> Usual);

/// <summary>How long requests of each model take: by what earlier runs saw, and by what this one sees.</summary>
internal sealed class SeenDurations(LiveRun? run)
{
    private readonly Dictionary<string, double> seconds = new(StringComparer.Ordinal);

    /// <returns>Null where none was seen yet.</returns>
    public TimeSpan? Of(string model) =>
        seconds.TryGetValue(model, out var usual) ? TimeSpan.FromSeconds(usual) : run?.Usual.GetValueOrDefault(model);

    public void Took(string model, TimeSpan time)
    {
        // The newest counts most, and one alone does not decide.
        var usual = Of(model)?.TotalSeconds ?? time.TotalSeconds;
        seconds[model] = (0.7 * usual) + (0.3 * time.TotalSeconds);
    }

    /// <returns>How long the rest of a run takes; null where nothing is left, or nothing can be told.</returns>
    /// <param name="requests">Lip-syncs that are still to be sent.</param>
    /// <param name="longest">What is left of the longest request in flight.</param>
    public TimeSpan? Left(int requests, TimeSpan longest)
    {
        if (run is null || (requests == 0 && longest <= TimeSpan.Zero))
        {
            return null;
        }

        var rounds = (requests + Math.Max(1, run.Plan.Flow.Run.Concurrency) - 1) / Math.Max(1, run.Plan.Flow.Run.Concurrency);
        return longest + (rounds * (Of(ModelNames.LipSync) ?? Estimates.TypicalSync));
    }
}
