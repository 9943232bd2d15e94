using System.CommandLine;
using GmiKlingFlow.Cli.CommandLine;
using GmiKlingFlow.Cli.Flows;
using GmiKlingFlow.Cli.Hosting;
using GmiKlingFlow.Cli.Output.Runs;
using GmiKlingFlow.Cli.Runs;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning;
using GmiKlingFlow.Core.Planning.Prices;
using GmiKlingFlow.Core.Planning.Saving;
using GmiKlingFlow.Core.Rules;
using GmiKlingFlow.Core.Timing;

namespace GmiKlingFlow.Cli.Commands;

/// <summary><c>run FLOW...</c>: executes the plan, downloads the videos, writes the results.</summary>
internal sealed class RunCommand : CliCommand
{
    public const string CommandName = "run";
    public const string Summary = "Executes the plan: sends the requests, downloads the videos, writes the results.";

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

    private readonly CheckedOption maxFailures = CheckedOption.Count("--max-failures", "N", "Sends nothing new once N jobs have failed; what was sent is followed to its end.", 1, 1_000_000);

    private readonly Option<bool> failFast = new("--fail-fast") { Description = "The same as --max-failures 1." };

    private readonly RunOutputs outputs = new();

    private readonly CommonOptions common;

    public RunCommand(ProgramContext context, CommonOptions common)
        : base(CommandName, $"{Summary}\nRun it again at any time: it goes on from where it was, and nothing is paid for twice.", context, common)
    {
        this.common = common;
        Arguments.Add(flows);
        foreach (var option in new Option[] { simulate, yes, concurrency, deadline, budget, maxFailures, failFast, fresh, updateLock })
        {
            Options.Add(option);
        }

        options.AddSourcesTo(this);
        AddWarningSwitches();
        options.AddSelectionTo(this);
        outputs.AddTo(this);
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("gkflow run flow.yaml --simulate", "tries the flow here, without key and cost"),
        new("gkflow run flow.yaml", "shows the plan, asks, then sends it to GMI"),
        new("gkflow run flow.yaml --yes --budget-usd 5", "for scripts: no question, but never more than $5"),
        new("gkflow run plan.json", "exactly what gkflow plan -o plan.json showed, once"),
        new("gkflow run flow.yaml --report run.html", "with a page of timeline, videos and failures to look at"),
        new("gkflow run flow.yaml --format json", "one event per line on standard output"),
        new("gkflow run flow.yaml --yes --shard 2/4 --junit run.xml", "in a pipeline: the second of four machines, with a test report"),
    ];

    protected override IReadOnlyList<string> Formats => ["text", "json", "github"];

    protected override async Task<int> RunAsync(ParseResult parse, Invocation invocation, CancellationToken cancellationToken)
    {
        if (outputs.Problem(parse, invocation) is { } unwritable)
        {
            return invocation.Refuse(unwritable);
        }

        var outcomes = new List<FlowOutcome>();
        return await RunAsync(parse, invocation, outcomes, cancellationToken) is { } exitCode
            ? ExitCodes.Worse(exitCode, outputs.Write(parse, invocation, outcomes))
            : ExitCodes.WrongInput;
    }

    /// <param name="outcomes">Is given what each flow came to.</param>
    /// <returns>The exit code; null where the files asked for are in the way of others, and nothing may be written.</returns>
    private async Task<int?> RunAsync(ParseResult parse, Invocation invocation, List<FlowOutcome> outcomes, CancellationToken cancellationToken)
    {
        var paths = parse.GetValue(flows) ?? [];
        if (paths.FirstOrDefault(path => SavedPlan.IsPlan(invocation.Context.FullPath(path))) is { } planFile)
        {
            return await RunPlanAsync(planFile, paths.Length, parse, invocation, outcomes, cancellationToken);
        }

        var service = ServiceChoice.Of(invocation, parse.GetValue(simulate));
        var planning = new FlowPlanning(invocation, parse, options, service);
        if (await planning.ReadAsync(paths, cancellationToken) is not { } readFlows)
        {
            return ExitCodes.WrongInput;
        }

        if (outputs.Files(parse, invocation).OfTheFlows(readFlows) is { } inTheWay)
        {
            invocation.Refuse(inTheWay);
            return null;
        }

        if (MayNotStart(readFlows, planning, parse.GetValue(updateLock), invocation) is { } refused)
        {
            outcomes.AddRange(readFlows.Select(static flow => new FlowOutcome(flow.Flow, null, flow.Diagnostics.Sorted())));
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

        outcomes.AddRange(run.Outcomes);
        return exitCode;
    }

    // A bare number would be milliseconds, as in the API's fields: whoever writes 30 means something else, and pays for requests nobody waits for.
    private static bool IsDeadline(string text) =>
        DurationText.TryParse(text, out var time) && time >= TimeSpan.FromSeconds(1) && (text.Contains(':') || !text.All(static c => char.IsAsciiDigit(c) || c == '.'));

    /// <summary>Carries a saved plan out: what decides a plan was decided when it was made.</summary>
    private async Task<int?> RunPlanAsync(string planFile, int files, ParseResult parse, Invocation invocation, List<FlowOutcome> outcomes, CancellationToken cancellationToken)
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

        if (outputs.Files(parse, invocation).OfTheFlows([input.Flow]) is { } inTheWay)
        {
            invocation.Refuse(inTheWay);
            return null;
        }

        var session = new ServiceSession(input.Service, spendsWithoutAsking: true, input.Invocation);
        var run = new FlowRun(input.Planning, session, Given(parse), input.Invocation);
        exitCode = await run.RunAsync(input.Flow, input.Saved, cancellationToken);
        outcomes.AddRange(run.Outcomes);
        return exitCode;
    }

    private RunSettingsGiven Given(ParseResult parse) => new(
        concurrency.In(parse) is { } count ? CommandLineValues.Count(count) : null,
        deadline.In(parse) is { } text && DurationText.TryParse(text, out var time) ? time : null,
        budget.In(parse) is { } amount ? CommandLineValues.Money(amount) : null,
        parse.GetValue(fresh),
        parse.GetValue(updateLock))
    {
        MaxFailures = parse.GetValue(failFast) ? 1 : maxFailures.In(parse) is { } most ? CommandLineValues.Count(most) : null,
    };

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
    /// <summary>After so many failed jobs nothing new is sent; null for no limit.</summary>
    public int? MaxFailures { get; init; }

    public RunSettings Over(RunSettings flow) => flow with
    {
        Concurrency = Concurrency ?? flow.Concurrency,
        Deadline = Deadline ?? flow.Deadline,
        BudgetUsd = BudgetUsd ?? flow.BudgetUsd,
    };
}
