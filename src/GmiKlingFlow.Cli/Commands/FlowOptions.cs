using System.CommandLine;
using GmiKlingFlow.Core.Planning;

namespace GmiKlingFlow.Cli.Commands;

/// <summary>The options of commands that read flows and choose among their jobs.</summary>
internal sealed class FlowOptions
{
    public CheckedOption AllowPath { get; } = CheckedOption.Repeated(
        "--allow-path", "DIR", "Lets the flow use files below this folder too. Repeatable.");

    public CheckedOption Select { get; } = CheckedOption.Repeated(
        "--select", "GLOB", "Only jobs whose id fits, as in \"host-*\"; \"locale=de*\" looks at a label. Repeatable.");

    public CheckedOption Shard { get; } = CheckedOption.Text(
        "--shard",
        "I/N",
        "Only the I-th of N parts, stable by the jobs' keys.",
        static value => Core.Planning.Shard.TryParse(value) is null ? CommandLineDiagnostics.NotAShard(value) : null);

    public CheckedOption MaxJobs { get; } = CheckedOption.Count("--max-jobs", "N", "At most N jobs that do something.", 1, 1_000_000);

    public Option<bool> OnlyFailed { get; } = new("--only-failed") { Description = "Only jobs that failed in the last run." };

    public Option<bool> InlineAudio { get; } = new("--inline-audio") { Description = "Sends local audio inside the requests instead of uploading it." };

    public void AddSourcesTo(Command command) => command.Options.Add(AllowPath);

    public void AddSelectionTo(Command command)
    {
        foreach (var option in new Option[] { Select, Shard, OnlyFailed, MaxJobs, InlineAudio })
        {
            command.Options.Add(option);
        }
    }

    /// <param name="failedJobs">The ids for <c>--only-failed</c>; asked only when that is given.</param>
    public JobSelection Selection(ParseResult parse, Func<IReadOnlySet<string>> failedJobs) => new()
    {
        Select = Select.AllIn(parse),
        Shard = Core.Planning.Shard.TryParse(Shard.In(parse)),
        OnlyJobs = parse.GetValue(OnlyFailed) ? failedJobs() : null,
        MaxJobs = MaxJobs.In(parse) is { } text ? CommandLineValues.Count(text) : null,
    };
}
