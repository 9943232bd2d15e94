using System.CommandLine;
using GmiKlingFlow.Cli.CommandLine;
using GmiKlingFlow.Cli.Hosting;
using GmiKlingFlow.Cli.Output;
using GmiKlingFlow.Cli.Output.Plans;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Planning;
using GmiKlingFlow.Core.Planning.Comparing;

namespace GmiKlingFlow.Cli.Flows;

/// <summary>Plans one flow: asks its state, compares, shows, saves.</summary>
internal sealed class FlowPlan(FlowPlanning planning, PlanDisplay display, PlanAgainst against, PlanSaving saving, ParseResult parse, Invocation invocation)
{
    private readonly List<Diagnostic> told = [];

    /// <summary>A label, or <c>video</c>, that jobs are shown together by; null for the flow's order.</summary>
    public string? GroupBy { get; init; }

    /// <summary>True: the exit code says whether a run would do something.</summary>
    public bool DetailedExitCode { get; init; }

    /// <summary>What was told of the plans so far, in the order of the flows.</summary>
    public IReadOnlyList<Diagnostic> Told => told;

    /// <returns>The exit code; null when the command line asks for what this plan has not, and nothing more may be shown.</returns>
    public async Task<int?> RunAsync(PlannableFlow flow, CancellationToken cancellationToken)
    {
        using var state = planning.OpenForReading(flow);
        if (state.Failure is not null)
        {
            return invocation.TellUnusable(state);
        }

        var (plan, origin) = (planning.Plan(flow, state), planning.Origin(flow, state));
        var signedUrls = planning.SignedUrls(plan, flow.Flow.Run.Deadline);
        IReadOnlyList<Diagnostic> problems = [.. plan.Diagnostics, .. signedUrls.Sorted()];
        invocation.Tell(problems);
        told.AddRange(problems);
        var (comparison, incomparable) = await against.CompareAsync(plan, origin, state, parse, invocation, cancellationToken);
        if ((UnknownGroup(plan) ?? incomparable) is { } wrong)
        {
            invocation.Refuse(wrong);
            return null;
        }

        display.Show(plan, comparison);
        StepSummary.Add(invocation.Context, () => display.Markdown(plan, comparison));
        if (ShardLine.Of(plan) is { } shard)
        {
            invocation.Terminal.Say(shard);
        }

        var saved = saving.Save(plan, origin, flow.Diagnostics.HasErrors, parse, invocation);
        return ExitCodes.Worse(saved, ExitCode(plan, flow.Diagnostics, signedUrls, comparison));
    }

    private int ExitCode(Plan plan, DiagnosticBag problems, DiagnosticBag signedUrls, PlanComparison? comparison) =>
        problems.HasErrors ? FaceRefusal.ExitCode(problems)
        : signedUrls.HasErrors ? ExitCodes.WrongInput
        : against.IsCheck(parse) && comparison is { Jobs.Count: > 0 } ? ExitCodes.SomethingToDo
        : DetailedExitCode && plan.Jobs.Any(static job => job.Action is not (JobAction.Reuse or JobAction.Skip)) ? ExitCodes.SomethingToDo
        : ExitCodes.Done;

    private Diagnostic? UnknownGroup(Plan plan) =>
        invocation.Format == "text" && GroupBy is { } by && JobGroup.Names(plan) is var names && !names.Contains(by, StringComparer.Ordinal)
            ? CommandLineDiagnostics.UnknownGroup(by, plan.Flow.Name, NearestName.Of(by, names), string.Join(", ", names))
            : null;
}
