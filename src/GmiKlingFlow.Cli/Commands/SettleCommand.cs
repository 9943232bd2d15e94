using System.CommandLine;
using GmiKlingFlow.Cli.CommandLine;
using GmiKlingFlow.Cli.Flows;
using GmiKlingFlow.Cli.Hosting;
using GmiKlingFlow.Cli.Runs;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Runtime.State;

namespace GmiKlingFlow.Cli.Commands;

/// <summary><c>settle FLOW JOB</c>: decides by hand what became of a request, on the record.</summary>
internal sealed class SettleCommand : CliCommand
{
    public const string CommandName = "settle";
    public const string Summary = "Decides an unknown or stalled job by hand, on the record.";

    private readonly Argument<string> flow = new("flow") { HelpName = "FLOW", Description = "The flow whose job is settled." };

    private readonly Argument<string> job = new("job") { HelpName = "JOB", Description = "The id of an unknown or stalled job." };

    private readonly CheckedOption adopt = CheckedOption.Text(
        "--adopt", "REQUEST_ID", "Uses this request of the service as the job's own, after checking that it is.");

    private readonly Option<bool> abandon = new("--abandon") { Description = "Gives the request up: a later run sends it again, and it may be paid twice." };

    private readonly Option<bool> yes = new("--yes") { Description = "Abandons without asking." };

    private readonly CheckedOption flowName = CheckedOption.Text("--flow", "NAME", "Which flow is meant, where the file holds several.");

    public SettleCommand(ProgramContext context, CommonOptions common)
        : base(CommandName, $"{Summary}\nTry run first: it looks lost requests up by itself.", context, common)
    {
        Arguments.Add(flow);
        Arguments.Add(job);
        foreach (var option in new Option[] { adopt, abandon, yes, flowName })
        {
            Options.Add(option);
        }
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("gkflow settle flow.yaml host-de --adopt 5b1e0f0a-7f0e-4a53-9c55-0d7f7a0c1d22", "this request is the job's: wait for it"),
        new("gkflow settle flow.yaml host-de --abandon", "send it again with the next run"),
    ];

    protected override IReadOnlyList<string> Formats => ["text", "json"];

    protected override async Task<int> RunAsync(ParseResult parse, Invocation invocation, CancellationToken cancellationToken)
    {
        var (given, jobId, requestId) = (parse.GetValue(flow) ?? "", parse.GetValue(job) ?? "", adopt.In(parse));
        if (requestId is null != parse.GetValue(abandon))
        {
            return invocation.Refuse(CommandLineDiagnostics.DecisionMissing());
        }

        var (place, problem) = StateOfFlow.Of(given, invocation);
        if (place is null)
        {
            return problem is null ? ExitCodes.WrongInput : invocation.Refuse(problem);
        }

        if (!StateStore.IsIn(place.Folder))
        {
            return invocation.Refuse(CommandLineDiagnostics.NothingRunYet(given, invocation.Context.ShownPath(place.Folder)));
        }

        switch (StateStore.Open(place.Folder, invocation.Context.Time))
        {
            case StateOpening.Unusable unusable:
                invocation.Tell(unusable.Failure);
                return ExitCodes.StateUnusable;
            case StateOpening.Opened opened:
                using (opened.Store)
                {
                    var (found, why) = Find(opened.Store, place.FlowName ?? flowName.In(parse), given, jobId, invocation);
                    return found is null
                        ? invocation.Refuse(why is null ? [] : [why])
                        : await new JobSettlement(opened.Store, found, invocation, given).DecideAsync(requestId, parse.GetValue(yes), cancellationToken);
                }

            case var other:
                throw new InvalidOperationException($"The state was opened as {other.GetType().Name}.");
        }
    }

    /// <summary>The job at the service that the command line speaks of.</summary>
    private static (StoredJob? Job, Diagnostic? Problem) Find(StateStore store, string? flowName, string given, string jobId, Invocation invocation)
    {
        var service = ServiceChoice.Of(invocation, simulate: false).Name;
        var known = store.ListJobs(flowName);
        var named = known.Where(j => j.JobId == jobId).ToList();
        var here = named.Where(j => j.Service == service).ToList();
        return (named.Count, here.Count) switch
        {
            (0, _) => (null, CommandLineDiagnostics.UnknownJob(jobId, given, NearestName.Of(jobId, known.Select(static j => j.JobId)))),
            (_, 0) when named.Find(static j => j.Service != ServiceName.Simulator) is { } elsewhere => (null, CommandLineDiagnostics.JobOfOtherService(jobId, elsewhere.Service)),
            (_, 0) => (null, CommandLineDiagnostics.JobIsSimulated(jobId)),
            (_, 1) => (here[0], null),
            _ => (null, CommandLineDiagnostics.JobOfSeveralFlows(jobId, string.Join(", ", here.Select(static j => j.FlowName)))),
        };
    }
}
