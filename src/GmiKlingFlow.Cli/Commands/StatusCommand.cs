using System.CommandLine;
using GmiKlingFlow.Cli.CommandLine;
using GmiKlingFlow.Cli.Flows;
using GmiKlingFlow.Cli.Hosting;
using GmiKlingFlow.Cli.Output;
using GmiKlingFlow.Cli.Output.States;
using GmiKlingFlow.Cli.Runs;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Runtime.State;

namespace GmiKlingFlow.Cli.Commands;

/// <summary><c>status [FLOW]</c>: where each job stands and why, from the state alone; asks nobody, changes nothing.</summary>
internal sealed class StatusCommand : CliCommand
{
    public const string CommandName = "status";
    public const string Summary = "Shows where each job stands and why, from the state alone.";

    private readonly Argument<string> flow = new("flow")
    {
        HelpName = "FLOW",
        Arity = ArgumentArity.ZeroOrOne,
        Description = "The flow whose state is shown. Default: flow.yaml here; with --state every flow of that state.",
    };

    private readonly CheckedOption job = CheckedOption.Text("--job", "ID", "Tells one job's whole story. Default: all jobs, a line each.");

    private readonly Option<bool> follow = new("--follow") { Description = "Goes on with a line for each change, until the run at work has ended." };

    public StatusCommand(ProgramContext context, CommonOptions common)
        : base(CommandName, Summary, context, common)
    {
        Arguments.Add(flow);
        Options.Add(job);
        Options.Add(follow);
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("gkflow status flow.yaml", "shows each job's state"),
        new("gkflow status flow.yaml --job host-de", "tells what happened to one job"),
        new("gkflow status flow.yaml --follow", "beside a run in another window: what happens, as it happens"),
        new("gkflow status flow.yaml --format json", "the same for a program"),
    ];

    protected override IReadOnlyList<string> Formats => ["text", "json"];

    protected override Task<int> RunAsync(ParseResult parse, Invocation invocation, CancellationToken cancellationToken) =>
        ShowAsync(parse.GetValue(flow), job.In(parse), parse.GetValue(follow), invocation);

    private static async Task<int> ShowAsync(string? given, string? jobId, bool follows, Invocation invocation)
    {
        var (place, problem) = StateOfFlow.Of(given, invocation);
        if (place is null)
        {
            return problem is null ? ExitCodes.WrongInput : invocation.Refuse(problem);
        }

        switch (StateStore.OpenForReading(place.Folder))
        {
            case StateOpening.Unusable unusable:
                invocation.Tell(unusable.Failure);
                return ExitCodes.StateUnusable;
            case StateOpening.Opened opened:
                using (opened.Store)
                {
                    if (StateStore.CutOff(place.Folder) is { } run)
                    {
                        invocation.Terminal.Say($"No run is at work here: the last one ({run}) was cut off. Run again: it continues where that stood.");
                    }

                    // Taken before the table is read: what happens meanwhile is told twice rather than not at all.
                    var following = follows ? new StatusFollow(opened.Store, place, jobId, invocation) : null;
                    var exitCode = follows && invocation.Format == "json" ? ExitCodes.Done : Show(opened.Store, place.FlowName, jobId, given ?? StateOfFlow.UsualFlow, invocation);
                    return following is null || exitCode != ExitCodes.Done ? exitCode : await following.RunAsync();
                }

            default:
                invocation.Terminal.Say($"There is no state in {invocation.Context.ShownPath(place.Folder)} yet: nothing was run.");
                if (invocation.Format == "json")
                {
                    StateJson.Write(invocation.Terminal, []);
                }

                return ExitCodes.Done;
        }
    }

    private static int Show(StateStore store, string? flowName, string? jobId, string given, Invocation invocation)
    {
        var jobs = store.ListJobs(flowName);
        var chosen = jobId is null ? jobs : [.. jobs.Where(j => j.JobId == jobId)];
        if (jobId is not null && chosen.Count == 0)
        {
            return invocation.Refuse(CommandLineDiagnostics.UnknownJob(jobId, given, NearestName.Of(jobId, jobs.Select(static j => j.JobId))));
        }

        if (jobs.Count == 0)
        {
            var others = store.ListJobs(null).Select(static j => Printable.Line(j.FlowName)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
            invocation.Terminal.Say(flowName is null || others.Count == 0
                ? "Nothing was run with this state yet."
                : $"\"{Printable.Line(flowName)}\" was never run with this state. It knows: {string.Join(", ", others)}.");
        }

        var stories = chosen
            .Select(j => new JobStory(j, store.ListRequests(j), jobId is null ? [] : store.Story(j)))
            .ToList();
        if (invocation.Format == "json")
        {
            StateJson.Write(invocation.Terminal, stories, withStory: jobId is not null);
        }
        else if (jobId is null)
        {
            StateText.WriteTable(invocation.Terminal, stories, Settle);
        }
        else
        {
            StateText.WriteStories(invocation.Terminal, stories, Settle);
        }

        return ExitCodes.Done;

        string? Settle(StoredJob job) => new SettleLine(invocation).Of(given, job.JobId, job.Service, flowName is null ? job.FlowName : null);
    }
}
