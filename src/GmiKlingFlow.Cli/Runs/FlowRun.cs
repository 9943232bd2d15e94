using System.Globalization;
using GmiKlingFlow.Cli.CommandLine;
using GmiKlingFlow.Cli.Commands;
using GmiKlingFlow.Cli.Flows;
using GmiKlingFlow.Cli.Hosting;
using GmiKlingFlow.Cli.Output.Plans;
using GmiKlingFlow.Cli.Output.Runs;
using GmiKlingFlow.Core.Planning;
using GmiKlingFlow.Core.Planning.Prices;
using GmiKlingFlow.Core.Planning.Saving;
using GmiKlingFlow.Core.Planning.Shards;
using GmiKlingFlow.Runtime.Execution;
using GmiKlingFlow.Runtime.Faces;
using GmiKlingFlow.Runtime.Results;
using GmiKlingFlow.Runtime.State;

namespace GmiKlingFlow.Cli.Runs;

/// <summary>Runs one flow: takes its state, plans, asks, executes, tells.</summary>
internal sealed class FlowRun(FlowPlanning planning, ServiceSession session, RunSettingsGiven given, Invocation invocation)
{
    private readonly List<FlowOutcome> outcomes = [];
    private RunReport? executed;
    private int failed;

    /// <summary>What the flows came to that were run so far.</summary>
    public IReadOnlyList<FlowOutcome> Outcomes => outcomes;

    /// <param name="saved">The plan to be carried out; null to plan now.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(PlannableFlow flow, SavedPlan? saved, CancellationToken cancellationToken)
    {
        if (failed >= given.MaxFailures)
        {
            var reason = string.Create(CultureInfo.InvariantCulture, $"Not started: {failed} {(failed == 1 ? "job" : "jobs")} failed before.");
            invocation.Terminal.Say($"{flow.Flow.Name}: {reason}");
            outcomes.Add(new FlowOutcome(flow.Flow, null, []) { NotStarted = reason });
            return ExitCodes.JobFailed;
        }

        var told = invocation.Told.Count;
        executed = null;
        var exitCode = await ExecuteAsync(flow, saved, cancellationToken);
        failed += executed?.Results.Summary.Failed ?? 0;
        outcomes.Add(new FlowOutcome(flow.Flow, executed, [.. invocation.Told.Skip(told)]));
        return exitCode;
    }

    private async Task<int> ExecuteAsync(PlannableFlow flow, SavedPlan? saved, CancellationToken cancellationToken)
    {
        using var state = planning.Open(flow);
        if (state.Store is not { } store)
        {
            return invocation.TellUnusable(state);
        }

        if (saved is not null && store.IsPlanUsed(saved.Sha256))
        {
            invocation.Terminal.Say("This plan was run before: what is left of it is finished, nothing is sent again.");
        }

        var (plan, changes) = Planned(flow, state, store, saved);
        var settings = given.Over(flow.Flow.Run);
        var signedUrls = planning.SignedUrls(plan, settings.Deadline);
        invocation.Tell([.. plan.Diagnostics, .. signedUrls.Sorted()]);
        if (changes.Count > 0)
        {
            invocation.Tell([PlanDiagnostics.PlanStale(invocation.Context.ShownPath(saved?.File ?? ""), string.Join("; ", changes))]);
            return NothingSent(ExitCodes.RefusedBeforeSpending);
        }

        if (flow.Diagnostics.HasErrors || signedUrls.HasErrors)
        {
            return NothingSent(signedUrls.HasErrors ? ExitCodes.WrongInput : FaceRefusal.ExitCode(flow.Diagnostics));
        }

        var faces = new FlowLock(flow, session, invocation);
        if (given.UpdateLock && faces.Problem() is { } notWritable)
        {
            invocation.Tell(notWritable);
            return NothingSent(ExitCodes.StateUnusable);
        }

        var hasWork = plan.Jobs.Any(static job => job.Action is not (JobAction.Reuse or JobAction.Skip));
        if (!session.HasKey(hasWork, out var queue))
        {
            return ExitCodes.WrongInput;
        }

        await using var parts = await session.StartAsync(flow, queue, cancellationToken);
        plan = hasWork ? await PricedAsync(plan, flow, state, store, saved, parts, cancellationToken) : plan;
        if (BudgetCheck.Refuse(plan, settings.BudgetUsd) is { } overBudget)
        {
            invocation.Tell([overBudget]);
            return NothingSent(ExitCodes.RefusedBeforeSpending);
        }

        if (ShardLine.Of(plan) is { } shard)
        {
            invocation.Terminal.Say(shard);
        }

        // The estimate speaks of this run: what the command line overrides counts.
        if (!Agreed(plan with { Flow = plan.Flow with { Run = settings } }))
        {
            return NothingSent(ExitCodes.RefusedBeforeSpending);
        }

        var options = session.Options(flow, settings, parts) with { Fresh = given.Fresh, MaxFailures = given.MaxFailures, FailuresBefore = failed, SavedPlanSha256 = saved?.Sha256, SettleCommand = job => Settle(flow.Flow, job) };
        if (given.UpdateLock)
        {
            var keeper = new FacesLockKeeper(parts.Pictures, invocation.Context.Time);
            options = options with { AcceptFaces = (videos, stop) => faces.WriteAsync(keeper, videos, stop) };
        }

        var runner = new Runner(store, parts.Queue, parts.Downloader, invocation.Context.Time, parts.Jitter);
        var live = new LiveRun(plan with { Flow = plan.Flow with { Run = settings } }, plan.Summary.Requests.Keys.ToDictionary(static model => model, model => store.UsualDuration(session.ServiceName, model)));
        var report = await session.WatchAsync(flow.Flow, invocation.Format == "json", (events, drain) => runner.RunAsync(plan, options, events, drain), live);
        executed = report;
        faces.Tell();
        var summary = new RunSummaryText(invocation.Context, invocation.Terminal, job => Settle(flow.Flow, job.Id));
        if (invocation.Format == "github")
        {
            summary.Say(report);
        }
        else if (invocation.Format == "text")
        {
            summary.Write(report);
        }

        return ExitCode(report.End, report.Results.Summary);
    }

    /// <summary>The same plan by the prices of today: budget and question go by them.</summary>
    private async Task<Plan> PricedAsync(
        Plan plan, PlannableFlow flow, OpenedState state, StateStore store, SavedPlan? saved, ServiceParts parts, CancellationToken cancellationToken)
    {
        var before = planning.Prices(state);
        var priced = await session.PricesAsync(store, parts, cancellationToken) == before ? plan : Planned(flow, state, store, saved).Plan;
        if (saved is not null && priced.Summary.EstimatedUsd > saved.EstimatedUsd)
        {
            invocation.Terminal.Say($"This plan was saved with an estimate of {Money.Text(saved.EstimatedUsd)}; by the prices of now it is {Money.Text(priced.Summary.EstimatedUsd)}.");
        }

        return priced;
    }

    /// <returns>What to do, and what of a saved plan does not hold any more.</returns>
    private (Plan Plan, IReadOnlyList<string> Changes) Planned(PlannableFlow flow, OpenedState state, StateStore store, SavedPlan? saved)
    {
        if (saved is null)
        {
            return (planning.Plan(flow, state, given.Fresh, anyFaces: given.UpdateLock), []);
        }

        if (!store.IsPlanUsed(saved.Sha256))
        {
            var same = planning.Plan(flow, state);
            return (same, saved.Differences(same));
        }

        // Its own run has changed the state since: only the flow must be what it was, and only what is left is done.
        var selection = new JobSelection { Shard = saved.Origin.Shard, OnlyJobs = saved.JobIds(), OnlyJobsReason = "not part of the plan" };
        var now = planning.Plan(flow, state, selection: selection);
        return (saved.Remaining(now, store.SpentBy(saved.Sha256)), saved.FlowDifferences(now));
    }

    /// <summary>The exit code that tells a run's end best (product 8).</summary>
    public static int ExitCode(RunEnd end, ResultsSummary summary)
    {
        var jobs = summary.Failed > 0 ? ExitCodes.JobFailed
            : summary.Stalled + summary.Unknown > 0 ? ExitCodes.NotSettled
            : ExitCodes.Done;
        return end switch
        {
            RunEnd.Completed or RunEnd.FailureLimit => jobs,
            RunEnd.BudgetReached or RunEnd.FacesDiffer => ExitCodes.Worse(jobs, ExitCodes.RefusedBeforeSpending),
            RunEnd.ServiceRefused => ExitCodes.ServiceUnusable,
            RunEnd.Interrupted => ExitCodes.Interrupted,
            _ => ExitCodes.StateUnusable,
        };
    }

    /// <summary>On a terminal shows the plan and asks before it spends (product 6); elsewhere tells the plan in one line.</summary>
    private bool Agreed(Plan plan)
    {
        var terminal = invocation.Terminal;
        if (!session.Asks(plan.Summary.Requests.Values.Sum()))
        {
            terminal.Say(PlanVerdict.Of(plan));
            foreach (var line in PlanVerdict.PriceLines(plan))
            {
                terminal.Say(line);
            }

            return true;
        }

        var view = new PlanView { Width = terminal.Traits.Width, Colour = terminal.Traits.ColourOnError, Breaks = terminal.Traits.ErrorIsTerminal, Now = invocation.Context.Time.GetUtcNow() };
        PlanTextRenderer.Render(plan, view, terminal.Talk);
        return session.Confirm(plan.Summary.EstimatedUsd);
    }

    private string? Settle(Core.Model.Flow flow, string job) => new SettleLine(invocation).Of(
        flow.File, job, session.ServiceName, FlowName.In(flow.FullPath).Name is null ? flow.Name : null);

    private int NothingSent(int exitCode)
    {
        invocation.Terminal.Say("Nothing was sent.");
        return exitCode;
    }
}
