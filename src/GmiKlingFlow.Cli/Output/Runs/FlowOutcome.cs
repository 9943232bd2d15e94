using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Runtime.Execution;

namespace GmiKlingFlow.Cli.Output.Runs;

/// <summary>What a run command came to for one flow, for the files that pipelines read.</summary>
/// <param name="Report">Null where nothing was executed.</param>
/// <param name="Told">What was said against the flow on the way: why nothing was executed, or warnings.</param>
internal sealed record FlowOutcome(Flow Flow, RunReport? Report, IReadOnlyList<Diagnostic> Told)
{
    /// <summary>Why it was left out; null where it was not.</summary>
    public string? NotStarted { get; init; }
}
