using GmiKlingFlow.Cli.Commands;

namespace GmiKlingFlow.Cli.CommandLine;

/// <param name="Commands">The commands that read it; null: all.</param>
internal sealed record EnvironmentVariable(string Name, string Means, string[]? Commands = null);

/// <summary>Every environment variable that the program reads by itself; a flow names more under <c>env:</c>.</summary>
internal static class EnvironmentVariables
{
    private static readonly string[] Asking = [RunCommand.CommandName, IdentifyCommand.CommandName, SettleCommand.CommandName, DoctorCommand.CommandName];

    public static IReadOnlyList<EnvironmentVariable> All { get; } =
    [
        new("GMI_API_KEY", "The key of GMI Cloud. Goes to the queue's host and nowhere else.", Asking),
        new("GMI_ORG_ID", "The organisation, where the key has several.", Asking),
        new("GMI_BASE_URL", "The queue's full address, ending in /requestqueue/apikey; --base-url wins.", [.. Asking, ValidateCommand.CommandName, PlanCommand.CommandName, PreviewCommand.CommandName]),
        new("GKFLOW_FFMPEG", "The ffmpeg program for previews.", [PreviewCommand.CommandName, DoctorCommand.CommandName]),
        new("GITHUB_STEP_SUMMARY", "A file of GitHub Actions that gets a summary of plan or results.", [ValidateCommand.CommandName, PlanCommand.CommandName, RunCommand.CommandName, MergeCommand.CommandName]),
        new("GITHUB_WORKSPACE", "Annotations and SARIF name files relative to it.", [ValidateCommand.CommandName, PlanCommand.CommandName, RunCommand.CommandName]),
        new("OTEL_*", "Where the usual variables of OpenTelemetry name a collector, it is told what a run does.", [RunCommand.CommandName, IdentifyCommand.CommandName]),
        new("NO_COLOR", "Set: no colour, as --no-color."),
        new("CI", "Set: nobody is asked, and nothing redraws itself."),
        new("TERM", "dumb: no colour, and nothing redraws itself."),
    ];

    public static IEnumerable<EnvironmentVariable> Of(string command) => All.Where(variable => variable.Commands is not { } commands || commands.Contains(command));
}
