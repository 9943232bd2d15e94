using System.Globalization;
using GmiKlingFlow.Cli.CommandLine;
using GmiKlingFlow.Cli.Flows;
using GmiKlingFlow.Cli.Hosting;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning;
using GmiKlingFlow.Core.Planning.Prices;
using GmiKlingFlow.Runtime.Execution;
using GmiKlingFlow.Runtime.Faces;

namespace GmiKlingFlow.Cli.Runs;

/// <summary>Finds the faces in one flow's videos and writes them down for review.</summary>
internal sealed class FlowIdentify(FlowPlanning planning, ServiceSession session, Invocation invocation)
{
    /// <returns>The exit code, and what was found when it came to that.</returns>
    public async Task<(int ExitCode, IdentifyReport? Report)> RunAsync(PlannableFlow flow, CancellationToken cancellationToken)
    {
        using var state = planning.Open(flow);
        if (state.Store is not { } store)
        {
            return (invocation.TellUnusable(state), null);
        }

        // Planned without what is known: a flow that names the wrong face is mended by looking at the faces.
        var plan = planning.Plan(flow, state, fresh: true, anyFaces: true);
        if (flow.Diagnostics.HasErrors)
        {
            invocation.Tell(plan.Diagnostics);
            return NothingSent(ExitCodes.WrongInput);
        }

        var faces = new FlowLock(flow, session, invocation);
        if (faces.Problem() is { } notWritable)
        {
            invocation.Tell(notWritable);
            return NothingSent(ExitCodes.StateUnusable);
        }

        var requests = Requests(plan, planning.Known(flow, state));
        if (!session.HasKey(requests > 0, out var queue))
        {
            return (ExitCodes.WrongInput, null);
        }

        await using var parts = await session.StartAsync(flow, queue, cancellationToken);
        var before = planning.Prices(state);
        var prices = requests > 0 ? await session.PricesAsync(store, parts, cancellationToken) : before;
        plan = prices == before ? plan : planning.Plan(flow, state, fresh: true, anyFaces: true);
        var usd = requests * prices.IdentifyUsd;
        if (BudgetCheck.Refuse(usd, flow.Flow.Run.BudgetUsd) is { } overBudget)
        {
            invocation.Tell([overBudget]);
            return NothingSent(ExitCodes.RefusedBeforeSpending);
        }

        invocation.Terminal.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"{flow.Flow.Name}: {requests} {(requests == 1 ? "video" : "videos")} to identify · est. {Money.Text(usd)}{(usd > 0 ? $" · prices: {prices.Source}" : "")}"));
        if (session.Asks(requests) && !session.Confirm(usd))
        {
            return NothingSent(ExitCodes.RefusedBeforeSpending);
        }

        var options = session.Options(flow, flow.Flow.Run, parts);
        var identifier = new Identifier(store, parts.Queue, parts.Downloader, invocation.Context.Time, parts.Jitter);
        var report = await session.WatchAsync(flow.Flow, asJson: false, (events, drain) => identifier.RunAsync(plan, options, events, drain));
        if (report.Reason is { } reason)
        {
            invocation.Tell(reason);
        }

        var exitCode = ExitCode(report);
        if (report.Videos.Any(static video => video.Faces is not null)
            && await faces.WriteAsync(new FacesLockKeeper(parts.Pictures, invocation.Context.Time), report.Videos, cancellationToken) is { } notWritten)
        {
            invocation.Tell(notWritten);
            exitCode = ExitCodes.Worse(exitCode, ExitCodes.StateUnusable);
        }

        faces.Tell();
        return (exitCode, report);
    }

    /// <summary>How many videos have no session that is good now.</summary>
    private static int Requests(Plan plan, IKnownWork known) => plan.Jobs
        .Where(static job => job.Steps.Any(static step => step.Model == ModelNames.IdentifyFace))
        .Select(static job => job.VideoKey)
        .Distinct(StringComparer.Ordinal)
        .Count(videoKey => known.Session(videoKey) is null);

    private static int ExitCode(IdentifyReport report) => report.End switch
    {
        RunEnd.Completed => report.Videos.All(static video => video.Faces is not null) ? ExitCodes.Done : ExitCodes.JobFailed,
        RunEnd.BudgetReached => ExitCodes.RefusedBeforeSpending,
        RunEnd.ServiceRefused => ExitCodes.ServiceUnusable,
        RunEnd.Interrupted => ExitCodes.Interrupted,
        _ => ExitCodes.StateUnusable,
    };

    private (int ExitCode, IdentifyReport? Report) NothingSent(int exitCode)
    {
        invocation.Terminal.Say("Nothing was sent.");
        return (exitCode, null);
    }
}
