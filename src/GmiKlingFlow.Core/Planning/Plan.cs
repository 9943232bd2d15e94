using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning.Shards;

namespace GmiKlingFlow.Core.Planning;

/// <summary>Every request of a flow, fully decided, before anything is sent.</summary>
public sealed record Plan(
    Flow Flow,
    IReadOnlyList<PlannedJob> Jobs,
    PlanSummary Summary,
    IReadOnlyList<Diagnostic> Diagnostics)
{
    /// <summary>The faces lock that the plan was made with; null where there was none.</summary>
    public FacesLock? Lock { get; init; }

    /// <summary>How the jobs are shared out among machines; null where they are not (<c>--shard</c>).</summary>
    public Sharding? Sharding { get; init; }
}
