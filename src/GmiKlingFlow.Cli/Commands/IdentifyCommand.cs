using System.CommandLine;
using GmiKlingFlow.Cli.CommandLine;
using GmiKlingFlow.Cli.Flows;
using GmiKlingFlow.Cli.Hosting;
using GmiKlingFlow.Cli.Output.Faces;
using GmiKlingFlow.Cli.Runs;

namespace GmiKlingFlow.Cli.Commands;

/// <summary><c>identify FLOW...</c>: only the first model, to see whom a flow's videos show before anything is synced.</summary>
internal sealed class IdentifyCommand : CliCommand
{
    public const string CommandName = "identify";
    public const string Summary = "Finds the faces in a flow's videos, sends nothing else, and writes FLOW.faces.lock.yaml beside the flow.";

    private readonly Argument<string[]> flows = FlowsArgument("The flows whose videos are looked at.");
    private readonly FlowOptions options = new();

    private readonly Option<bool> simulate = new("--simulate") { Description = "Asks a simulator inside this program: no key, no network, no cost." };

    private readonly Option<bool> yes = new("--yes") { Description = "Spends without asking." };

    public IdentifyCommand(ProgramContext context, CommonOptions common)
        : base(CommandName, $"{Summary}\nA run uses what was found for 24 hours, so identifying first costs nothing more.", context, common)
    {
        Arguments.Add(flows);
        Options.Add(simulate);
        Options.Add(yes);
        options.AddSourcesTo(this);
        AddWarningSwitches();
        options.AddSelectTo(this);
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("gkflow identify flow.yaml", "prints each video's faces, writes flow.faces.lock.yaml and pictures"),
        new("gkflow identify flow.yaml --select \"video=host*\"", "looks at some videos only; what is locked of the others stays"),
        new("gkflow identify flow.yaml --format json", "the same for a program"),
    ];

    protected override IReadOnlyList<string> Formats => ["text", "json"];

    protected override async Task<int> RunAsync(ParseResult parse, Invocation invocation, CancellationToken cancellationToken)
    {
        var service = ServiceChoice.Of(invocation, parse.GetValue(simulate));
        var planning = new FlowPlanning(invocation, parse, options, service);
        if (await planning.ReadAsync(parse.GetValue(flows) ?? [], cancellationToken) is not { } readFlows)
        {
            return ExitCodes.WrongInput;
        }

        var session = new ServiceSession(service, parse.GetValue(yes), invocation);
        var identify = new FlowIdentify(planning, session, invocation);
        var (exitCode, found) = (ExitCodes.Done, new List<IdentifiedFlow>());
        foreach (var flow in readFlows)
        {
            var (code, report) = await identify.RunAsync(flow, cancellationToken);
            exitCode = ExitCodes.Worse(exitCode, code);
            if (report is not null)
            {
                found.Add(new IdentifiedFlow(flow.Flow.Name, report.Videos));
            }
        }

        if (invocation.Format == "json")
        {
            FacesJson.Write(invocation.Terminal, found);
        }
        else
        {
            FacesText.Write(invocation.Terminal, found);
        }

        return exitCode;
    }
}
