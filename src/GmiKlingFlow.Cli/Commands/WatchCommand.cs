using System.CommandLine;
using System.Globalization;
using GmiKlingFlow.Cli.CommandLine;
using GmiKlingFlow.Cli.Flows;
using GmiKlingFlow.Cli.Hosting;
using GmiKlingFlow.Cli.Output;
using GmiKlingFlow.Cli.Output.Plans;
using GmiKlingFlow.Cli.Runs;
using GmiKlingFlow.Cli.Watching;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Planning;
using GmiKlingFlow.Core.Planning.Comparing;

namespace GmiKlingFlow.Cli.Commands;

/// <summary><c>watch FLOW...</c>: checks and plans on each save. Never spends, never asks the network.</summary>
internal sealed class WatchCommand : CliCommand
{
    public const string CommandName = "watch";
    public const string Summary = "Checks and plans flows on each save of them, their includes, subtitles, media or var files, until Ctrl-C.";

    private readonly Argument<string[]> flows = FlowsArgument("The flows to watch.");
    private readonly FlowOptions options = new();
    private readonly Option<bool> simulate = new("--simulate") { Description = "Plans what run --simulate would do." };

    public WatchCommand(ProgramContext context, CommonOptions common)
        : base(
            CommandName,
            $"{Summary}\nSends nothing, and asks nobody on the network.",
            context,
            common)
    {
        Arguments.Add(flows);
        Options.Add(options.AllowPath);
        AddWarningSwitches();
        options.AddSelectionTo(this);
        Options.Add(simulate);
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("gkflow watch flow.yaml", "beside your editor: problems, plan and cost after each save"),
        new("gkflow watch flows/*.yaml --select \"locale=de\"", "some jobs of several flows"),
        new("gkflow watch flow.yaml --no-progress", "line after line instead of a page that redraws itself"),
    ];

    protected override async Task<int> RunAsync(ParseResult parse, Invocation invocation, CancellationToken cancellationToken)
    {
        // Whoever has no working file events sets this for dotnet watch too.
        var polls = invocation.Context.Environment("DOTNET_USE_POLLING_FILE_WATCHER") is "1" or "true";
        var (time, terminal) = (invocation.Context.Time, invocation.Terminal);
        var (screen, saves, known) = (new WatchScreen(terminal, time), new SaveWatch(!polls, time), new KnownContents());
        var before = new Dictionary<string, Plan>(StringComparer.Ordinal);
        using var watch = invocation.Context.Stop.Watch(static () => { }, static () => { });
        try
        {
            while (true)
            {
                var (files, size) = (new TouchedFiles(known, time), terminal.Window());
                await LookAsync(files, screen, before, parse, invocation, watch.Drain);
                await saves.NextAsync(files, () => screen.Redraws && terminal.Window() != size, watch.Drain);
            }
        }
        catch (OperationCanceledException) when (watch.Drain.IsCancellationRequested)
        {
            // Nothing is cut off by it: a watch has no other end.
            return ExitCodes.Done;
        }
    }

    private async Task LookAsync(TouchedFiles files, WatchScreen screen, Dictionary<string, Plan> before, ParseResult parse, Invocation invocation, CancellationToken cancellationToken)
    {
        using var problems = new StringWriter(CultureInfo.InvariantCulture);
        using var plans = new StringWriter(CultureInfo.InvariantCulture);
        var paths = parse.GetValue(flows) ?? [];
        var look = invocation with { Terminal = Captured(problems, screen.Redraws, invocation.Terminal) };
        var planning = new FlowPlanning(look, parse, options, ServiceChoice.Of(invocation, parse.GetValue(simulate))) { Files = files };
        foreach (var flow in await planning.ReadAsync(paths, cancellationToken) ?? [])
        {
            using var state = planning.OpenForReading(flow);
            if (state.Failure is not null)
            {
                look.TellUnusable(state);
                continue;
            }

            var plan = planning.Plan(flow, state);
            look.Tell([.. plan.Diagnostics.Where(static problem => problem.Severity == Severity.Error), .. plan.Diagnostics.Where(static problem => problem.Severity != Severity.Error)]);
            Write(plan, before, paths.Length > 1, screen.Redraws, invocation.Terminal, plans);
        }

        screen.Show($"Watching {string.Join(", ", paths)}", problems.ToString(), plans.ToString());
    }

    private static void Write(Plan plan, Dictionary<string, Plan> before, bool isOneOfSeveral, bool redraws, Terminal terminal, TextWriter output)
    {
        var view = new PlanView { Width = redraws ? terminal.Window().Columns - 1 : int.MaxValue / 2, Colour = terminal.Traits.ColourOnOutput, Breaks = redraws };
        var change = before.TryGetValue(plan.Flow.Name, out var last) ? PlanComparison.Of(plan, PlanBase.Of(last, ""), static _ => null, JobSelection.All) : null;
        if (plan.Diagnostics.Any(static problem => problem.Severity == Severity.Error))
        {
            // What is wrong hides what changed, and is not new when it comes back.
            change = null;
        }
        else
        {
            before[plan.Flow.Name] = plan;
        }

        if (isOneOfSeveral)
        {
            output.Write($"\n{new Ansi(view.Colour).Bold(Printable.Line(plan.Flow.File))}\n");
        }

        if (redraws)
        {
            PlanBrief.Write(plan, change is { Jobs.Count: > 0 } ? change : null, view, output);
            return;
        }

        // A log has the plan before: what is new is enough.
        if (change is not null)
        {
            output.Write($"Since the plan before: {change.Summary()}\n");
            PlanBrief.WriteChange(change, view, output);
        }

        output.Write($"{PlanVerdict.Of(plan)}\n");
    }

    // Problems are part of the page, wherever standard error leads.
    private static Terminal Captured(TextWriter problems, bool redraws, Terminal terminal)
    {
        var traits = terminal.Traits with { ErrorIsTerminal = redraws, Plain = !terminal.Traits.ColourOnOutput };
        return new Terminal(TextReader.Null, TextWriter.Null, problems, traits) { Window = () => terminal.Window() is var size ? size with { Columns = size.Columns - 1 } : size };
    }
}
