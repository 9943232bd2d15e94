using System.Collections.Concurrent;
using GmiKlingFlow.Runtime.State;

namespace GmiKlingFlow.Runtime.Execution.Polling;

/// <summary>
/// When to ask for a request again: seldom while it can't be done yet, often when it should be. It learns how long each model's requests take from those
/// that end in this run, from earlier runs, and, while nothing is known, from requests that are under way side by side: they look in turns.
/// </summary>
/// <param name="shortest">Between two looks at one request, and before the first.</param>
/// <param name="longest">Between two looks at one request, and before the first.</param>
internal sealed class PollSchedule(TimeSpan shortest, TimeSpan longest, Jitter jitter)
{
    public const double UsualLooks = 7.7;

    private readonly ConcurrentDictionary<string, ModelWaits> models = new(StringComparer.Ordinal);

    /// <summary>How many looks a request may need, on average. Default <see cref="UsualLooks"/>: with less, longer is not known that it is done.</summary>
    public double Looks { get; init; } = UsualLooks;

    /// <summary>What earlier runs saw of a model, oldest first.</summary>
    public void Recall(string model, IReadOnlyList<DurationSample> samples) => Of(model).Recall(samples);

    /// <summary>A request begins to be waited for. To be disposed when it is no longer.</summary>
    public PollTurn Follow(string model) => new(Of(model), jitter);

    private ModelWaits Of(string model) => models.GetOrAdd(model, static (_, all) => new ModelWaits(all.shortest.TotalSeconds, all.longest.TotalSeconds, all.Looks), (shortest, longest, Looks));
}
