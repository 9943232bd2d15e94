namespace GmiKlingFlow.Core.Planning.Comparing;

/// <summary>What a base is made from.</summary>
public enum PlanBaseKind
{
    /// <summary>A plan, saved or printed as JSON.</summary>
    Plan,

    /// <summary>The results manifest of a run.</summary>
    Results,

    /// <summary>The flow itself as it was in a revision.</summary>
    Flow,
}

/// <summary>What a plan is held against.</summary>
/// <param name="Name">As given: a file, or <c>REV:PATH</c>.</param>
/// <param name="FlowName">Null where the base does not say.</param>
/// <param name="Jobs">In its own order; skipped ones are left out.</param>
public sealed record PlanBase(PlanBaseKind Kind, string Name, string? FlowName, IReadOnlyList<BaseJob> Jobs)
{
    /// <summary>What else people should know of it, each a sentence.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The base that an earlier plan is. Its key's parts are at hand: a comparison can tell exactly what changed.</summary>
    public static PlanBase Of(Plan plan, string name) => new(
        PlanBaseKind.Flow,
        name,
        plan.Flow.Name,
        [.. plan.Jobs.Where(static job => job.Action != JobAction.Skip).Select(static job => new BaseJob(job.Job.Id, job.Key.Value, job.Job.Video.Name, job.Job.Labels)
        {
            Output = job.Job.Output,
            Parts = job.Key.Parts,
            IsBlocked = job.Action == JobAction.Blocked,
        })]);
}

/// <summary>A job of a base.</summary>
public sealed record BaseJob(string Id, string Key, string Video, IReadOnlyList<KeyValuePair<string, string>> Labels)
{
    /// <summary>Below the output folder; null where the base does not say.</summary>
    public string? Output { get; init; }

    /// <summary>What the key is made of; null where only the state can tell.</summary>
    public IReadOnlyList<KeyValuePair<string, string>>? Parts { get; init; }

    /// <summary>The entries of <c>face_choose</c> as planned or sent, all passes in turn, each by member; null where the base has none.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, string>>? Entries { get; init; }

    public bool IsBlocked { get; init; }
}
