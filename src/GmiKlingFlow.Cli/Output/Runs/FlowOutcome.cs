using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Runtime.Execution;

namespace GmiKlingFlow.Cli.Output.Runs;

/// <summary>What a run came to for one flow, for the files that pipelines read.</summary>
/// <param name="File">The flow's, as it is shown to people.</param>
/// <param name="Report">Null where nothing was executed.</param>
/// <param name="Told">What was said against the flow on the way: why nothing was executed, or warnings.</param>
internal sealed record FlowOutcome(string Name, string File, RunReport? Report, IReadOnlyList<Diagnostic> Told)
{
    public FlowOutcome(Flow flow, RunReport? report, IReadOnlyList<Diagnostic> told)
        : this(flow.Name, flow.File, report, told) =>
        Jobs = flow.Jobs;

    /// <summary>As the flow has them; empty where it is not at hand.</summary>
    public IReadOnlyList<Job> Jobs { get; } = [];

    /// <summary>Why it was left out; null where it was not.</summary>
    public string? NotStarted { get; init; }
}
