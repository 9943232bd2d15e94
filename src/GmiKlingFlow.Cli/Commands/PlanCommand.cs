using System.CommandLine;
using GmiKlingFlow.Cli.CommandLine;
using GmiKlingFlow.Cli.Flows;
using GmiKlingFlow.Cli.Hosting;
using GmiKlingFlow.Cli.Output.Plans;
using GmiKlingFlow.Cli.Runs;
using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Cli.Commands;

/// <summary><c>plan FLOW...</c>: every request, fully decided, before anything is sent. Needs no key.</summary>
internal sealed class PlanCommand : CliCommand
{
    public const string CommandName = "plan";
    public const string Summary = "Shows every request a run would send, what it would cost, and why. Sends nothing.";

    private readonly Argument<string[]> flows = FlowsArgument("The flows to plan.");
    private readonly FlowOptions options = new();
    private readonly DiagnosticReport report = new();
    private readonly PlanAgainst against = new();

    private readonly Option<bool> all = new("--all") { Description = "Lists reused jobs and those not selected too." };

    private readonly CheckedOption groupBy = CheckedOption.Text(
        "--group-by", "video|LABEL", "Shows jobs with the same video, or the same value of a label, together, with their cost. For text.");

    private readonly Option<bool> detailedExitCode = new("--detailed-exitcode")
    {
        Description = "Exits with 10 when a run would do something, with 0 when there is nothing to do.",
    };

    private readonly Option<bool> simulate = new("--simulate") { Description = "Plans what run --simulate would do." };

    private readonly PlanSaving saving = new();

    public PlanCommand(ProgramContext context, CommonOptions common)
        : base(CommandName, Summary, context, common)
    {
        Arguments.Add(flows);
        options.AddSourcesTo(this);
        AddWarningSwitches();
        options.AddSelectionTo(this);
        Options.Add(all);
        Options.Add(groupBy);
        Options.Add(detailedExitCode);
        Options.Add(simulate);
        saving.AddTo(this);
        against.AddTo(this);
        report.AddTo(this);
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("gkflow plan flow.yaml", "shows what would be sent"),
        new("gkflow plan flow.yaml --select \"host-*\"", "looks at some jobs only"),
        new("gkflow plan flow.yaml --group-by locale", "by a label, with what each of its values costs"),
        new("gkflow plan flow.yaml --against main:", "what the change since main adds, changes, removes and costs"),
        new("gkflow plan flow.yaml --check plan.json", "exits with 10 when the flow plans something else than plan.json"),
        new("gkflow plan flow.yaml -o plan.json", "saves it, for gkflow run plan.json"),
        new("gkflow plan flow.yaml --format markdown", "for a pull request"),
        new("gkflow plan flow.yaml --format json", "all of it, payloads byte for byte"),
    ];

    protected override IReadOnlyList<string> Formats => ["text", "json", "markdown", .. DiagnosticReport.Formats];

    protected override async Task<int> RunAsync(ParseResult parse, Invocation invocation, CancellationToken cancellationToken)
    {
        var files = new FilesAskedFor(invocation, ("-o", saving.File(parse)), ("--sarif", report.File(parse)));
        if ((files.Twice() ?? report.Problem(parse, invocation)) is { } unwritable)
        {
            return invocation.Refuse(unwritable);
        }

        var planning = new FlowPlanning(invocation, parse, options, ServiceChoice.Of(invocation, parse.GetValue(simulate)));
        if (await planning.ReadAsync(parse.GetValue(flows) ?? [], cancellationToken) is not { } readFlows)
        {
            report.Write(parse, invocation, planning.Problems);
            return ExitCodes.WrongInput;
        }

        if ((against.Problem(parse, readFlows.Count) ?? saving.Problem(parse, readFlows.Count, invocation) ?? files.OfTheFlows(readFlows)) is { } unclear)
        {
            return invocation.Refuse(unclear);
        }

        // One flow is one document, and several are one as well: a list.
        var display = new PlanDisplay(invocation.Terminal, invocation.Format, View(parse, invocation), against.IsCheck(parse), asList: invocation.Format == "json" && readFlows.Count > 1);
        var step = new FlowPlan(planning, display, against, saving, parse, invocation) { GroupBy = groupBy.In(parse), DetailedExitCode = parse.GetValue(detailedExitCode) };
        var exitCode = ExitCodes.Done;
        display.Begin();
        foreach (var flow in readFlows)
        {
            if (await step.RunAsync(flow, cancellationToken) is not { } code)
            {
                return ExitCodes.WrongInput;
            }

            exitCode = ExitCodes.Worse(exitCode, code);
        }

        display.End();
        report.Write(parse, invocation, step.Told, isPlanTold: true);
        return exitCode;
    }

    private PlanView View(ParseResult parse, Invocation invocation)
    {
        var (traits, time) = (invocation.Terminal.Traits, invocation.Context.Time);
        return new PlanView
        {
            Width = traits.Width,
            Colour = traits.ColourOnOutput,
            ShowAll = parse.GetValue(all),
            Breaks = traits.OutputIsTerminal,
            GroupBy = groupBy.In(parse),
            Now = traits.OutputIsTerminal ? time.GetUtcNow() : null,
        };
    }
}
