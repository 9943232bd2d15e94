using System.CommandLine;
using GmiKlingFlow.Cli.Runs;
using GmiKlingFlow.Core.Planning.Saving;
using GmiKlingFlow.Core.Planning.Shards;

namespace GmiKlingFlow.Cli.CommandLine;

/// <summary>The options of commands that read flows and choose among their jobs.</summary>
internal sealed class FlowOptions
{
    public CheckedOption AllowPath { get; } = CheckedOption.Repeated(
        "--allow-path", "DIR", "Lets the flow use files below this folder too. Repeatable. Default: only below the flow's folder and the working directory.");

    public CheckedOption Select { get; } = CheckedOption.Repeated(
        "--select", "GLOB", "Only jobs whose id fits, as in \"host-*\"; \"locale=de*\" looks at a label, \"video=host*\" at the video. Repeatable. Default: all jobs.");

    public CheckedOption Shard { get; } = CheckedOption.Text(
        "--shard",
        "I/N",
        "Only the I-th of N parts, of about equal time; added jobs move few others. Default: all jobs.",
        static value => Core.Planning.Shards.Shard.TryParse(value) is null ? CommandLineDiagnostics.NotAShard(value) : null);

    public CheckedOption MaxJobs { get; } = CheckedOption.Count("--max-jobs", "N", "At most N jobs that do something. Default: all of them.", 1, 1_000_000);

    public Option<bool> OnlyFailed { get; } = new("--only-failed") { Description = "Only jobs that failed in the last run." };

    public Option<bool> InlineAudio { get; } = new("--inline-audio") { Description = "Sends local audio inside the requests instead of uploading it." };

    public Option<bool> Online { get; } = new("--online") { Description = "Looks at media that are URLs too: a few small requests to their hosts, without your key." };

    public CheckedOption MultiFace { get; } = CheckedOption.Choice(
        "--multi-face", "Several faces of one job in one request, or a pass for each. Default: the flow's, else together.", "together", "chain");

    /// <summary>What a saved plan decides by itself.</summary>
    public IEnumerable<Option> All => [AllowPath, Online, Select, Shard, MaxJobs, OnlyFailed, InlineAudio, MultiFace];

    public void AddSourcesTo(Command command)
    {
        command.Options.Add(AllowPath);
        command.Options.Add(Online);
    }

    /// <summary>For a command that works on videos, not on jobs.</summary>
    public void AddSelectTo(Command command) => command.Options.Add(Select);

    public void AddSelectionTo(Command command)
    {
        foreach (var option in new Option[] { Select, Shard, OnlyFailed, MaxJobs, InlineAudio, MultiFace })
        {
            command.Options.Add(option);
        }
    }

    /// <summary>All of these options and the common ones that decide a plan, as given.</summary>
    public PlanOrigin Origin(ParseResult parse, Invocation invocation, ServiceChoice service) => new()
    {
        Vars = [.. invocation.Vars.Select(static v => $"{v.Name}={v.Value}")],
        VarFiles = [.. invocation.VarFiles.Select(invocation.Context.ShownPath)],
        AllowPaths = AllowPath.AllIn(parse),
        Online = parse.GetValue(Online),
        Select = Select.AllIn(parse),
        Shard = Core.Planning.Shards.Shard.TryParse(Shard.In(parse)),
        MaxJobs = MaxJobs.In(parse) is { } text ? CommandLineValues.Count(text) : null,
        InlineAudio = parse.GetValue(InlineAudio),
        MultiFace = PlanOrigin.ParseMultiFace(MultiFace.In(parse)),
        Out = invocation.OutputFolder is { } output ? invocation.Context.ShownPath(output) : null,
        State = invocation.StateFolder is { } state ? invocation.Context.ShownPath(state) : null,
        Service = service.Name,
        WorkingDirectory = invocation.Context.WorkingDirectory,
    };
}
