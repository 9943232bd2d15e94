using System.CommandLine;
using GmiKlingFlow.Cli.Hosting;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning;
using GmiKlingFlow.Core.Rules;
using GmiKlingFlow.Core.Timing;

namespace GmiKlingFlow.Cli.Commands;

/// <summary><c>run FLOW...</c>: executes the plan, downloads the videos, writes the results.</summary>
internal sealed class RunCommand : CliCommand
{
    public const string CommandName = "run";

    private readonly Argument<string[]> flows = FlowsArgument("The flows to run, one after the other; or one plan saved by plan -o.");
    private readonly FlowOptions options = new();

    private readonly Option<bool> simulate = new("--simulate") { Description = "Runs against a simulator inside this program: no key, no network, no cost." };

    private readonly Option<bool> yes = new("--yes") { Description = "Spends without asking." };

    private readonly Option<bool> fresh = new("--fresh") { Description = "Forgets earlier runs and sends everything again." };

    private readonly Option<bool> updateLock = new("--update-lock") { Description = "Accepts the faces that identify finds, and writes them to the faces lock." };

    private readonly CheckedOption concurrency = CheckedOption.Count("--concurrency", "N", "Requests in flight at once. Default: the flow's, else 4.", 1, 10_000);

    private readonly CheckedOption deadline = CheckedOption.Text(
        "--deadline",
        "TIME",
        "How long one job may take, as in 30m. Default: the flow's, else 30m.",
        static value => IsDeadline(value) ? null : CommandLineDiagnostics.NotADuration("--deadline", value));

    private readonly CheckedOption budget = CheckedOption.Text(
        "--budget-usd",
        "AMOUNT",
        "Refuses to start above this estimate, and stops submitting when it is reached. Default: the flow's.",
        static value => CommandLineValues.Money(value) is null ? CommandLineDiagnostics.NotAnAmount("--budget-usd", value) : null);

    private readonly CommonOptions common;

    public RunCommand(ProgramContext context, CommonOptions common)
        : base(CommandName, "Executes the plan: sends the requests, downloads the videos, writes the results.\nRun it again at any time: it goes on from where it was, and nothing is paid for twice.", context, common)
    {
        this.common = common;
        Arguments.Add(flows);
        foreach (var option in new Option[] { simulate, yes, concurrency, deadline, budget, fresh, updateLock })
        {
            Options.Add(option);
        }

        options.AddSourcesTo(this);
        AddWarningSwitches();
        options.AddSelectionTo(this);
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("gkflow run flow.yaml --simulate", "tries the flow here, without key and cost"),
        new("gkflow run flow.yaml", "shows the plan, asks, then sends it to GMI"),
        new("gkflow run flow.yaml --yes --budget-usd 5", "for scripts: no question, but never more than $5"),
        new("gkflow run plan.json", "exactly what gkflow plan -o plan.json showed, once"),
        new("gkflow run flow.yaml --format json", "one event per line on standard output"),
    ];

    protected override IReadOnlyList<string> Formats => ["text", "json"];

    protected override async Task<int> RunAsync(ParseResult parse, Invocation invocation, CancellationToken cancellationToken)
    {
        var paths = parse.GetValue(flows) ?? [];
        if (paths.FirstOrDefault(path => SavedPlan.IsPlan(invocation.Context.FullPath(path))) is { } planFile)
        {
            return await RunPlanAsync(planFile, paths.Length, parse, invocation, cancellationToken);
        }

        var service = ServiceChoice.Of(invocation, parse.GetValue(simulate));
        var planning = new FlowPlanning(invocation, parse, options, service);
        if (await planning.ReadAsync(paths, cancellationToken) is not { } readFlows)
        {
            return ExitCodes.WrongInput;
        }

        if (MayNotStart(readFlows, planning, parse.GetValue(updateLock), invocation) is { } refused)
        {
            return refused;
        }

        var run = new FlowRun(planning, new ServiceSession(service, parse.GetValue(yes), invocation), Given(parse), invocation);
        var exitCode = ExitCodes.Done;
        foreach (var flow in readFlows)
        {
            exitCode = ExitCodes.Worse(exitCode, await run.RunAsync(flow, saved: null, cancellationToken));
            if (exitCode == ExitCodes.Interrupted)
            {
                break;
            }
        }

        return exitCode;
    }

    // A bare number would be milliseconds, as in the API's fields: whoever writes 30 means something else, and pays for requests nobody waits for.
    private static bool IsDeadline(string text) =>
        DurationText.TryParse(text, out var time) && time >= TimeSpan.FromSeconds(1) && (text.Contains(':') || !text.All(static c => char.IsAsciiDigit(c) || c == '.'));

    /// <summary>Carries a saved plan out: what decides a plan was decided when it was made.</summary>
    private async Task<int> RunPlanAsync(string planFile, int files, ParseResult parse, Invocation invocation, CancellationToken cancellationToken)
    {
        var decided = options.All.Concat([fresh, updateLock, common.Var, common.VarFile, common.Out, common.State])
            .Where(option => parse.GetResult(option) is { Implicit: false })
            .Select(option => CommandLineDiagnostics.DecidedByPlan(option.Name))
            .ToList();
        if (files > 1)
        {
            decided.Add(CommandLineDiagnostics.PlanRunsAlone(planFile));
        }

        if (decided.Count > 0)
        {
            return invocation.Refuse([.. decided]);
        }

        var (input, exitCode) = await SavedPlanInput.ReadAsync(planFile, parse.GetValue(simulate), invocation, cancellationToken);
        if (input is null)
        {
            return exitCode;
        }

        var session = new ServiceSession(input.Service, spendsWithoutAsking: true, input.Invocation);
        return await new FlowRun(input.Planning, session, Given(parse), input.Invocation).RunAsync(input.Flow, input.Saved, cancellationToken);
    }

    private RunSettingsGiven Given(ParseResult parse) => new(
        concurrency.In(parse) is { } count ? CommandLineValues.Count(count) : null,
        deadline.In(parse) is { } text && DurationText.TryParse(text, out var time) ? time : null,
        budget.In(parse) is { } amount ? CommandLineValues.Money(amount) : null,
        parse.GetValue(fresh),
        parse.GetValue(updateLock));

    /// <summary>Nothing of several flows starts while one of them is wrong.</summary>
    /// <returns>The exit code; null when they may.</returns>
    private static int? MayNotStart(IReadOnlyList<PlannableFlow> flows, FlowPlanning planning, bool anyFaces, Invocation invocation)
    {
        if (flows.Count > 1)
        {
            foreach (var flow in flows)
            {
                using var state = planning.OpenForReading(flow);
                planning.Plan(flow, state, anyFaces: anyFaces);
            }
        }

        var wrong = flows.Where(static flow => flow.Diagnostics.HasErrors).ToList();
        foreach (var flow in wrong)
        {
            invocation.Tell(flow.Diagnostics.Sorted());
        }

        if (wrong.Count == 0)
        {
            return null;
        }

        invocation.Terminal.Say("Nothing was sent.");
        return wrong.Select(static flow => FaceRefusal.ExitCode(flow.Diagnostics)).Aggregate(ExitCodes.Worse);
    }
}

/// <summary>What the command line says in place of a flow's <c>run:</c> section; null: as the flow says.</summary>
internal sealed record RunSettingsGiven(int? Concurrency, TimeSpan? Deadline, decimal? BudgetUsd, bool Fresh, bool UpdateLock)
{
    public RunSettings Over(RunSettings flow) => flow with
    {
        Concurrency = Concurrency ?? flow.Concurrency,
        Deadline = Deadline ?? flow.Deadline,
        BudgetUsd = BudgetUsd ?? flow.BudgetUsd,
    };
}
