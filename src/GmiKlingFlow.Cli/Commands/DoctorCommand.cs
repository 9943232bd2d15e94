using System.CommandLine;
using GmiKlingFlow.Cli.Checkups;
using GmiKlingFlow.Cli.CommandLine;
using GmiKlingFlow.Cli.Flows;
using GmiKlingFlow.Cli.Hosting;
using GmiKlingFlow.Cli.Output.Checkups;
using GmiKlingFlow.Cli.Runs;
using GmiKlingFlow.Core.Rules;

namespace GmiKlingFlow.Cli.Commands;

/// <summary><c>doctor [FLOW]</c>: whether a run could work from here, told before anything is spent.</summary>
internal sealed class DoctorCommand : CliCommand
{
    public const string CommandName = "doctor";
    public const string Summary = "Checks key, service, clock, prices, ffmpeg, disk and state, with a way out for each. Spends nothing: it only asks.";

    private readonly Argument<string> flow = new("flow")
    {
        HelpName = "FLOW",
        Arity = ArgumentArity.ZeroOrOne,
        Description = "The flow whose state and output folder are looked at. Default: flow.yaml here, else this folder.",
    };

    private readonly Option<bool> offline = new("--offline") { Description = "Asks nobody: key and service are not tried." };

    public DoctorCommand(ProgramContext context, CommonOptions common)
        : base(CommandName, Summary, context, common)
    {
        Arguments.Add(flow);
        Options.Add(offline);
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("gkflow doctor", "looks at everything a run in this folder would need"),
        new("gkflow doctor flow.yaml --offline", "without a word to the service"),
        new("gkflow doctor flow.yaml --format json", "for a program, as a CI job's first step"),
    ];

    protected override IReadOnlyList<string> Formats => ["text", "json"];

    protected override async Task<int> RunAsync(ParseResult parse, Invocation invocation, CancellationToken cancellationToken)
    {
        var given = parse.GetValue(flow);
        if (given is not null && !File.Exists(invocation.Context.FullPath(given)))
        {
            return invocation.Refuse(CommandLineDiagnostics.FlowNotReadable(given, "there is no such file"));
        }

        var file = invocation.Context.FullPath(given ?? StateOfFlow.UsualFlow);
        var name = File.Exists(file) ? FlowName.In(file).Name : null;
        var beside = Path.GetDirectoryName(file) ?? invocation.Context.WorkingDirectory;
        var stateFolder = invocation.StateFolder ?? Path.Combine(beside, ".gkflow");
        var outFolder = invocation.OutputFolder ?? (name is null ? Path.Combine(beside, "out") : Path.Combine(beside, "out", name));
        var service = ServiceChoice.Of(invocation, simulate: false);
        var status = CommandText.Of(StatusCommand.CommandName, given is null ? [] : [given], invocation.StateFolder is null ? [] : ["--state", invocation.Context.ShownPath(stateFolder)]);

        var state = new StateCheck(stateFolder, given is null ? null : name, status, service, invocation);
        List<Finding> ofState = [.. state.Look()];
        var ofService = await new ServiceCheck(service, state.Prices, invocation).LookAsync(asks: !parse.GetValue(offline), cancellationToken);
        IReadOnlyList<Finding> findings =
        [
            Finding.Well("gkflow", $"version {GkflowCommand.Version}, rules {KlingLimits.Current.Version}"),
            .. ofService,
            await FfmpegCheck.LookAsync(invocation, cancellationToken),
            DiskCheck.Look("out", outFolder, invocation.Context.ShownPath(outFolder)),
            DiskCheck.Look("state", stateFolder, invocation.Context.ShownPath(stateFolder)),
            .. ofState,
        ];
        if (invocation.Format == "json")
        {
            FindingsJson.Write(invocation.Terminal, findings);
        }
        else
        {
            new FindingsText(invocation.Terminal).Write(findings);
        }

        return findings.Select(static finding => finding.ExitCode).Aggregate(ExitCodes.Done, ExitCodes.Worse);
    }
}
