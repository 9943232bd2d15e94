using GmiKlingFlow.Cli.CommandLine;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Manifests;
using GmiKlingFlow.Core.Manifests.Locks;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning;
using GmiKlingFlow.Runtime.Results;

namespace GmiKlingFlow.Cli.Flows;

/// <summary>The files that options such as <c>--junit FILE</c> ask for, held against each other and against what a flow reads and its run writes: none may take another's place, also where it is made only later.</summary>
internal sealed class FilesAskedFor
{
    private readonly DiskFlowFiles files = new();
    private readonly List<(string Option, string Given, string Path)> asked = [];

    /// <param name="wanted">Each option with its file as given; null where it is not given.</param>
    public FilesAskedFor(Invocation invocation, params ReadOnlySpan<(string Option, string? Given)> wanted)
    {
        foreach (var (option, given) in wanted)
        {
            if (given is not null)
            {
                asked.Add((option, given, Real(invocation.Context.FullPath(given))));
            }
        }
    }

    /// <returns>Two options that would write to one place; null where none do.</returns>
    public Diagnostic? Twice()
    {
        foreach (var (index, second) in asked.Index())
        {
            if (asked.Take(index).FirstOrDefault(first => InEachOthersWay(first.Path, second.Path)) is { Option: not null } first)
            {
                return CommandLineDiagnostics.FileAskedForTwice(first.Option, second.Option, second.Given);
            }
        }

        return null;
    }

    /// <returns>An option whose file is one that these flows read or their runs write; null where there is none.</returns>
    public Diagnostic? OfTheFlows(IEnumerable<PlannableFlow> flows) => OfTheFlows(flows.Select(static flow => (flow.Flow, flow.Folders)));

    public Diagnostic? OfTheFlows(IEnumerable<(Flow Flow, FlowFolders Folders)> flows)
    {
        foreach (var (path, what) in asked.Count == 0 ? [] : flows.SelectMany(flow => Taken(flow.Flow, flow.Folders)))
        {
            if (asked.Find(file => InEachOthersWay(file.Path, path)) is { Option: not null } file)
            {
                return CommandLineDiagnostics.FileOfTheFlow(file.Option, file.Given, what);
            }
        }

        return null;
    }

    private IEnumerable<(string Path, string What)> Taken(Flow flow, FlowFolders folders)
    {
        var (name, output, state) = (flow.Name, Real(folders.Output), Real(folders.State));
        yield return (flow.FullPath, "the flow itself");
        foreach (var source in flow.Videos.Values.Select(static video => video.Source).Concat(flow.Audio.Values.Select(static track => track.Source)).OfType<MediaSource.LocalFile>())
        {
            yield return (source.FullPath, $"a source of \"{name}\"");
        }

        foreach (var input in flow.Inputs)
        {
            yield return (Real(input.FullPath), $"read for \"{name}\"");
        }

        yield return (Real(FacesLockFiles.LockOf(flow.FullPath)), $"the faces lock of \"{name}\"");
        foreach (var file in StateFiles.Names)
        {
            yield return (Path.Join(state, file), "the state, which knows what is paid for");
        }

        yield return (Path.Join(output, ResultsWriter.JsonName), $"the results of \"{name}\"");
        yield return (Path.Join(output, ResultsWriter.YamlName), $"the results of \"{name}\"");
        foreach (var job in flow.Jobs)
        {
            yield return (Path.GetFullPath(job.Output, output), $"the video of job \"{job.Id}\"");
        }
    }

    // The same file, or a file where the other needs a folder. Without case, as some file systems have it.
    private static bool InEachOthersWay(string one, string other)
    {
        var (shorter, longer) = one.Length <= other.Length ? (one, other) : (other, one);
        return longer.StartsWith(shorter, StringComparison.OrdinalIgnoreCase)
            && (longer.Length == shorter.Length || longer[shorter.Length] == Path.DirectorySeparatorChar || Path.EndsInDirectorySeparator(shorter));
    }

    // A path that can't be followed has its own failure when it is written to.
    private string Real(string path) => files.Resolve(path) switch
    {
        PathReading.Directory directory => directory.FullPath,
        PathReading.File file => file.FullPath,
        PathReading.Missing missing => missing.FullPath,
        _ => path,
    };
}
