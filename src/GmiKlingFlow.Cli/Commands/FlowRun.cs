using GmiKlingFlow.Cli.Hosting;
using GmiKlingFlow.Cli.Output.Plans;
using GmiKlingFlow.Cli.Output.Runs;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning;
using GmiKlingFlow.Runtime.Execution;
using GmiKlingFlow.Runtime.Queue;
using GmiKlingFlow.Runtime.Results;
using GmiKlingFlow.Runtime.State;

namespace GmiKlingFlow.Cli.Commands;

/// <summary>Runs one flow: takes its state, plans, asks, executes, tells.</summary>
internal sealed class FlowRun(FlowPlanning planning, ServiceChoice service, RunSettingsGiven given, Invocation invocation)
{
    // A simulation's requests are done in about a second: the flow's waits are meant for a service that takes minutes.
    private static readonly TimeSpan SimulatedPollMin = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan SimulatedPollMax = TimeSpan.FromMilliseconds(500);

    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(PlannableFlow flow, CancellationToken cancellationToken)
    {
        using var state = planning.Open(flow);
        if (state.Store is not { } store)
        {
            return Refused(state);
        }

        var plan = planning.Plan(flow, state, given.Fresh);
        invocation.Tell(plan.Diagnostics);
        if (flow.Diagnostics.HasErrors)
        {
            invocation.Terminal.Say("Nothing was sent.");
            return ExitCodes.WrongInput;
        }

        var settings = given.Over(flow.Flow.Run);
        if (BudgetCheck.Refuse(plan, settings.BudgetUsd) is { } overBudget)
        {
            invocation.Tell([overBudget]);
            return ExitCodes.RefusedBeforeSpending;
        }

        QueueOptions? queue = null;
        if (!service.IsSimulator && HasWork(plan) && !TryQueue(out queue))
        {
            return ExitCodes.WrongInput;
        }

        if (!Agreed(plan))
        {
            invocation.Terminal.Say("Nothing was sent.");
            return ExitCodes.RefusedBeforeSpending;
        }

        await using var parts = service.IsSimulator
            ? await ServiceParts.ForSimulationAsync(FolderOf(flow.Flow), LocalMedia(flow.Flow), invocation.Terminal, invocation.LogLevel, invocation.Context.Time, cancellationToken)
            : ServiceParts.ForService(queue, invocation.Terminal, invocation.LogLevel, invocation.Context.Time);
        SaySimulated(parts);
        var report = await ExecuteAsync(plan, flow, store, settings, parts);
        if (invocation.Format == "text")
        {
            new RunSummaryText(invocation.Context, invocation.Terminal).Write(report);
        }

        return ExitCode(report);
    }

    /// <summary>The exit code that tells a run's end best (product 8).</summary>
    public static int ExitCode(RunReport report)
    {
        var summary = report.Results.Summary;
        var jobs = summary.Failed > 0 ? ExitCodes.JobFailed
            : summary.Stalled + summary.Unknown > 0 ? ExitCodes.NotSettled
            : ExitCodes.Done;
        return report.End switch
        {
            RunEnd.Completed => jobs,
            RunEnd.BudgetReached => ExitCodes.Worse(jobs, ExitCodes.RefusedBeforeSpending),
            RunEnd.ServiceRefused => ExitCodes.ServiceUnusable,
            RunEnd.Interrupted => ExitCodes.Interrupted,
            _ => ExitCodes.StateUnusable,
        };
    }

    private async Task<RunReport> ExecuteAsync(Plan plan, PlannableFlow flow, StateStore store, RunSettings settings, ServiceParts parts)
    {
        var (terminal, time) = (invocation.Terminal, invocation.Context.Time);
        var options = new RunOptions
        {
            OutputFolder = flow.Folders.Output,
            Service = service.Name,
            Host = parts.HostName,
            ToolVersion = GkflowCommand.Version,
            Fresh = given.Fresh,
        }.With(settings);
        if (service.IsSimulator)
        {
            options = options with { PollMin = SimulatedPollMin, PollMax = SimulatedPollMax };
        }

        await using var live = invocation.Format == "text" && terminal.Traits.CanRedraw ? new LiveProgress(terminal, time) : null;
        IRunEvents events = live ?? (IRunEvents)(invocation.Format == "json" ? new RunEventJson(terminal, flow.Flow.Name, time) : new RunLog(terminal, time));
        using var watch = invocation.Context.Stop.Watch(() =>
        {
            // The live display says it in its own last line.
            if (live is null)
            {
                terminal.Say("Stopping: nothing new is sent, answers under way are recorded. Once more stops at once.");
            }
        });
        return await new Runner(store, parts.Queue, parts.Downloader, time, parts.Jitter).RunAsync(plan, options, events, watch.Drain);
    }

    private int Refused(OpenedState state)
    {
        if (state.Failure is { } failure)
        {
            invocation.Tell(failure);
        }

        return ExitCodes.StateUnusable;
    }

    private bool TryQueue(out QueueOptions? queue)
    {
        (queue, var missing, var problem) = service.Queue(invocation.Context.Environment);
        if (missing is not null)
        {
            invocation.Tell([missing]);
        }

        if (problem is not null)
        {
            invocation.Tell(problem);
        }

        return missing is null && problem is null;
    }

    /// <summary>On a terminal shows the plan and asks before it spends (product 6); elsewhere tells the plan in one line.</summary>
    private bool Agreed(Plan plan)
    {
        var terminal = invocation.Terminal;
        var asks = terminal.Traits.CanAsk && !given.Yes && !service.IsSimulator && plan.Summary.Requests.Values.Sum() > 0;
        if (!asks)
        {
            terminal.Say(PlanVerdict.Of(plan));
            return true;
        }

        var view = new PlanView { Width = terminal.Traits.Width, Colour = terminal.Traits.ColourOnError, Now = invocation.Context.Time.GetUtcNow() };
        PlanTextRenderer.Render(plan, view, terminal.Talk);
        return terminal.Confirm($"Send this to {service.BaseUrl?.Host} and spend about {Money.Text(plan.Summary.EstimatedUsd)}?");
    }

    private void SaySimulated(ServiceParts parts)
    {
        if (parts.Simulator is { } simulator)
        {
            invocation.Terminal.Say(simulator.Renders
                ? "Simulated: nothing is sent to GMI, nothing costs money. ffmpeg mixes the sound; lips don't move."
                : "Simulated: nothing is sent to GMI, nothing costs money. Without ffmpeg the results are the source videos.");
        }
    }

    private static bool HasWork(Plan plan) => plan.Jobs.Any(static job => job.Action is not (JobAction.Reuse or JobAction.Skip));

    private static string FolderOf(Flow flow) => Path.GetDirectoryName(flow.FullPath) ?? flow.FullPath;

    private static string[] LocalMedia(Flow flow) =>
    [
        .. flow.Videos.Values.Select(static v => v.Source).Concat(flow.Audio.Values.Select(static a => a.Source))
            .OfType<MediaSource.LocalFile>()
            .Select(static file => file.FullPath),
    ];
}
