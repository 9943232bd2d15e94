using System.CommandLine;
using System.Globalization;
using GmiKlingFlow.Cli.CommandLine;
using GmiKlingFlow.Cli.Flows;
using GmiKlingFlow.Cli.Hosting;
using GmiKlingFlow.Cli.Output;
using GmiKlingFlow.Cli.Output.Plans;
using GmiKlingFlow.Cli.Runs;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Planning;
using GmiKlingFlow.Core.Planning.Comparing;
using GmiKlingFlow.Core.Planning.Saving;

namespace GmiKlingFlow.Cli.Commands;

/// <summary><c>plan FLOW...</c>: every request, fully decided, before anything is sent. Needs no key.</summary>
internal sealed class PlanCommand : CliCommand
{
    public const string CommandName = "plan";

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

    private readonly CheckedOption save = CheckedOption.Text("-o", "FILE", "Saves the plan; gkflow run FILE then executes exactly that, once.");

    public PlanCommand(ProgramContext context, CommonOptions common)
        : base(CommandName, "Shows every request a run would send, what it would cost, and why. Sends nothing.", context, common)
    {
        Arguments.Add(flows);
        options.AddSourcesTo(this);
        AddWarningSwitches();
        options.AddSelectionTo(this);
        Options.Add(all);
        Options.Add(groupBy);
        Options.Add(detailedExitCode);
        Options.Add(simulate);
        Options.Add(save);
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
        if (report.Problem(parse, invocation) is { } unwritable)
        {
            return invocation.Refuse(unwritable);
        }

        var planning = new FlowPlanning(invocation, parse, options, ServiceChoice.Of(invocation, parse.GetValue(simulate)));
        if (await planning.ReadAsync(parse.GetValue(flows) ?? [], cancellationToken) is not { } readFlows)
        {
            report.Write(parse, invocation, planning.Problems);
            return ExitCodes.WrongInput;
        }

        if (against.Problem(parse, readFlows.Count) is { } unclear)
        {
            return invocation.Refuse(unclear);
        }

        if (save.In(parse) is { } target && MayNotSave(target, readFlows, invocation) is { } problem)
        {
            return invocation.Refuse(problem);
        }

        // One flow is one document, and several are one as well: a list.
        var isList = invocation.Format == "json" && readFlows.Count > 1;
        var (exitCode, shown, told) = (ExitCodes.Done, 0, new List<Diagnostic>());
        invocation.Terminal.Data.Write(isList ? "[\n" : "");
        foreach (var flow in readFlows)
        {
            using var state = planning.OpenForReading(flow);
            if (state.Failure is not null)
            {
                exitCode = ExitCodes.Worse(exitCode, invocation.TellUnusable(state));
                continue;
            }

            var plan = planning.Plan(flow, state);
            var signedUrls = planning.SignedUrls(plan, flow.Flow.Run.Deadline);
            IReadOnlyList<Diagnostic> problems = [.. plan.Diagnostics, .. signedUrls.Sorted()];
            invocation.Tell(problems);
            told.AddRange(problems);
            invocation.Terminal.Data.Write(isList && shown++ > 0 ? ",\n" : "");
            if (invocation.Format == "text" && groupBy.In(parse) is { } by && JobGroup.Names(plan) is var names && !names.Contains(by, StringComparer.Ordinal))
            {
                return invocation.Refuse(CommandLineDiagnostics.UnknownGroup(by, plan.Flow.Name, NearestName.Of(by, names), string.Join(", ", names)));
            }

            var (comparison, incomparable) = await against.CompareAsync(plan, planning.Origin(flow, state), state, parse, invocation, cancellationToken);
            if (incomparable is not null)
            {
                return invocation.Refuse(incomparable);
            }

            Show(plan, comparison, parse, invocation);
            StepSummary.Add(invocation.Context, () => Markdown(plan, comparison, parse));
            if (ShardLine.Of(plan) is { } shard)
            {
                invocation.Terminal.Say(shard);
            }

            exitCode = ExitCodes.Worse(exitCode, Save(plan, planning.Origin(flow, state), flow, parse, invocation));
            exitCode = ExitCodes.Worse(exitCode, flow.Diagnostics.HasErrors ? FaceRefusal.ExitCode(flow.Diagnostics)
                : signedUrls.HasErrors ? ExitCodes.WrongInput
                : against.IsCheck(parse) && comparison is { Jobs.Count: > 0 } ? ExitCodes.SomethingToDo
                : parse.GetValue(detailedExitCode) && DoesSomething(plan) ? ExitCodes.SomethingToDo
                : ExitCodes.Done);
        }

        invocation.Terminal.Data.Write(isList ? "]\n" : "");
        report.Write(parse, invocation, told, isPlanTold: true);
        return exitCode;
    }

    private static Diagnostic? MayNotSave(string target, IReadOnlyList<PlannableFlow> flows, Invocation invocation) =>
        flows.Count > 1 ? CommandLineDiagnostics.OnePlanForOneFlow(flows.Count) : PlanFile.Problem(invocation.Context.FullPath(target), target);

    private int Save(Plan plan, PlanOrigin origin, PlannableFlow flow, ParseResult parse, Invocation invocation)
    {
        if (save.In(parse) is not { } target)
        {
            return ExitCodes.Done;
        }

        if (flow.Diagnostics.HasErrors)
        {
            invocation.Terminal.Say($"{target} was not written: what has errors can't be run.");
            return ExitCodes.Done;
        }

        try
        {
            PlanFile.Write(invocation.Context.FullPath(target), plan, origin);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            invocation.Tell([CommandLineDiagnostics.PlanNotWritten(target, Printable.Line(e.Message).TrimEnd('.'))]);
            return ExitCodes.StateUnusable;
        }

        invocation.Terminal.Say($"Saved as {target}; {CommandText.Of(RunCommand.CommandName, [target], [])} executes exactly this.");
        return ExitCodes.Done;
    }

    private void Show(Plan plan, PlanComparison? comparison, ParseResult parse, Invocation invocation)
    {
        var terminal = invocation.Terminal;
        var view = new PlanView
        {
            Width = terminal.Traits.Width,
            Colour = terminal.Traits.ColourOnOutput,
            ShowAll = parse.GetValue(all),
            Breaks = terminal.Traits.OutputIsTerminal,
            GroupBy = groupBy.In(parse),
            Now = terminal.Traits.OutputIsTerminal ? invocation.Context.Time.GetUtcNow() : null,
        };
        switch (invocation.Format)
        {
            case "json":
                terminal.WriteData(stream => PlanJson.Write(stream, plan, against: comparison));
                break;
            case "markdown":
                PlanMarkdownRenderer.Render(plan, view, terminal.Data, Change(comparison, parse));
                break;
            case "github" or "sarif":
                terminal.Say(PlanVerdict.Of(plan));
                if (comparison is not null)
                {
                    terminal.Say(PlanComparisonText.Summary(comparison, against.IsCheck(parse)));
                }

                break;
            default:
                ShowText(plan, comparison, view, parse, terminal);
                break;
        }
    }

    private string Markdown(Plan plan, PlanComparison? comparison, ParseResult parse)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        text.Write($"### {MarkdownText.Of(plan.Flow.Name)}\n\n");
        PlanMarkdownRenderer.Render(plan, new PlanView(), text, Change(comparison, parse));
        return text.ToString();
    }

    private PlanComparisonMarkdown? Change(PlanComparison? comparison, ParseResult parse) =>
        comparison is null ? null : new PlanComparisonMarkdown(comparison, against.IsCheck(parse));

    private void ShowText(Plan plan, PlanComparison? comparison, PlanView view, ParseResult parse, Terminal terminal)
    {
        if (comparison is null)
        {
            PlanTextRenderer.Render(plan, view, terminal.Data);
        }
        else
        {
            new PlanComparisonText(comparison, against.IsCheck(parse), view, terminal.Data).Write(plan);
        }
    }

    private static bool DoesSomething(Plan plan) =>
        plan.Jobs.Any(static job => job.Action is not (JobAction.Reuse or JobAction.Skip));
}
