using System.CommandLine;
using GmiKlingFlow.Cli.CommandLine;
using GmiKlingFlow.Cli.Commands;
using GmiKlingFlow.Cli.Flows;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Manifests;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Runtime.State;

namespace GmiKlingFlow.Cli.Completion;

/// <summary>The values that an argument or option could have here, told by the name that its help gives them: files, jobs of the flow or state, fixed words.</summary>
/// <param name="parse">The command line up to the word that is typed.</param>
internal sealed class CompletionValues(ParseResult parse, Command command, Invocation invocation)
{
    private const int MostEntries = 10_000;

    public IEnumerable<string> Of(Symbol symbol, string begun) => symbol switch
    {
        Argument { HelpName: "FLOW" } => Files(begun, static name => IsFlow(name) || IsPlan(name), static name => IsFlow(name))
            .Where(name => command.Name == RunCommand.CommandName || !IsPlan(name)),
        Argument { HelpName: "RESULTS" } => Files(begun, static name => IsResults(name) || IsPlan(name), static _ => true)
            .Where(name => command.Name == ReportCommand.CommandName || !IsPlan(name)),
        Argument { HelpName: "JOB" } => Stored().Where(static job => job.Status is "unknown" or "stalled").Select(static job => job.JobId),
        Option { Name: "--job" } => Stored().Select(static job => job.JobId),
        Option { Name: "--flow" } => Stored().Select(static job => job.FlowName),
        Option { Name: "--select" } => Selectable(),
        Option { Name: "--format" } => command is CliCommand { KnownFormats: var formats } ? formats : [],
        Option option => option.CompletionSources.SelectMany(source => source(parse.GetCompletionContext())).Select(static item => item.Label),
        Argument argument => argument.CompletionSources.SelectMany(source => source(parse.GetCompletionContext())).Select(static item => item.Label),
        _ => [],
    };

    private static bool IsFlow(string name) =>
        (name.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".yml", StringComparison.OrdinalIgnoreCase))
        && !name.EndsWith(".faces.lock.yaml", StringComparison.OrdinalIgnoreCase)
        && !Path.GetFileName(name).StartsWith("results.", StringComparison.OrdinalIgnoreCase);

    private static bool IsPlan(string name) => IsJson(name) && Path.GetFileName(name).Contains("plan", StringComparison.OrdinalIgnoreCase);

    private static bool IsResults(string name) => IsJson(name) && Path.GetFileName(name).Contains("results", StringComparison.OrdinalIgnoreCase);

    private static bool IsJson(string name) => name.EndsWith(".json", StringComparison.OrdinalIgnoreCase);

    /// <summary>Files and, with a slash, the folders on the way to more of them.</summary>
    private List<string> Files(string begun, Func<string, bool> isWanted, Func<string, bool> isUsual)
    {
        var cut = begun.LastIndexOfAny(['/', Path.DirectorySeparatorChar]) + 1;
        var (folder, start) = (begun[..cut], begun[cut..]);
        var entries = new DirectoryInfo(invocation.Context.FullPath(folder.Length == 0 ? "." : folder)).EnumerateFileSystemInfos().Take(MostEntries)
            .Where(entry => entry.Name.StartsWith(start, StringComparison.Ordinal) && (start.Length > 0 || entry.Name[0] != '.'))
            .OrderBy(static entry => entry.Name, StringComparer.Ordinal).ToList();
        return
        [
            .. entries.Where(entry => entry is FileInfo && isWanted(entry.Name)).OrderBy(entry => isUsual(entry.Name) ? 0 : 1).Select(entry => folder + entry.Name),
            .. entries.Where(static entry => entry is DirectoryInfo).Select(entry => $"{folder}{entry.Name}/"),
        ];
    }

    private IReadOnlyList<StoredJob> Stored()
    {
        var (place, _) = StateOfFlow.Of(FlowFiles().FirstOrDefault(), invocation);
        if (place is null || StateStore.OpenForReading(place.Folder) is not StateOpening.Opened opened)
        {
            return [];
        }

        using (opened.Store)
        {
            return opened.Store.ListJobs(place.FlowName);
        }
    }

    /// <summary>The flows' ids, then what labels and videos select by; where no flow can be read, the ids of the state.</summary>
    private IEnumerable<string> Selectable()
    {
        var inputs = FlowReader.InputsOf(invocation, []);
        var given = FlowFiles();
        var jobs = (given.Count == 0 ? [StateOfFlow.UsualFlow] : given)
            .Where(file => new FileInfo(invocation.Context.FullPath(file)) is { Exists: true, Length: > 0 })
            .SelectMany(file => new FlowLoader(new DiskFlowFiles(hashes: false)).Load(file, inputs, new DiagnosticBag()))
            .SelectMany(static flow => flow.Jobs).ToList();
        return jobs.Count == 0
            ? Stored().Select(static job => job.JobId)
            : jobs.Select(static job => job.Id).Concat(jobs.SelectMany(static job => job.Labels.Select(static label => $"{label.Key}={label.Value}")));
    }

    private List<string> FlowFiles() =>
    [
        .. command.Arguments.Where(static argument => argument.HelpName == "FLOW").Take(1)
            .SelectMany(argument => parse.GetResult(argument)?.Tokens.Select(static token => token.Value) ?? []),
    ];
}
