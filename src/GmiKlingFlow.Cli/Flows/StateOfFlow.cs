using GmiKlingFlow.Cli.CommandLine;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Runtime.State;

namespace GmiKlingFlow.Cli.Flows;

/// <summary>Where the state of a flow on the command line lies, and which of its jobs are meant; works while the flow itself is broken.</summary>
/// <param name="FlowName">Null: all flows of the state are meant.</param>
/// <param name="Folder">Absolute.</param>
internal sealed record StateOfFlow(string? FlowName, string Folder)
{
    public const string UsualFlow = "flow.yaml";

    /// <param name="given">Null: <c>flow.yaml</c> here, or with <c>--state</c> every flow.</param>
    public static (StateOfFlow? State, Diagnostic? Problem) Of(string? given, Invocation invocation)
    {
        var file = given is null && invocation.StateFolder is not null ? null : invocation.Context.FullPath(given ?? UsualFlow);
        if (given is null && file is not null && !File.Exists(file))
        {
            return (null, CommandLineDiagnostics.NoFlowHere(invocation.Context.WorkingDirectory));
        }

        var (flowName, problem) = file is null ? (null, null) : Flows.FlowName.In(file);
        var beside = Path.Combine(Path.GetDirectoryName(file) ?? invocation.Context.WorkingDirectory, ".gkflow");
        var folder = invocation.StateFolder ?? beside;
        if (problem is not null && invocation.StateFolder is null && !Directory.Exists(beside))
        {
            return (null, CommandLineDiagnostics.FlowNotReadable(given ?? UsualFlow, problem, file is null ? null : NearestFile(file, [])));
        }

        return file is null || File.Exists(file) || Directory.Exists(file)
            ? (new StateOfFlow(flowName, folder), null)
            : OfMissing(file, folder, given ?? UsualFlow, problem ?? "there is no such file");
    }

    /// <summary>A flow that is gone, or a name that was mistyped: the state knows which, by the files it was run with.</summary>
    private static (StateOfFlow? State, Diagnostic? Problem) OfMissing(string file, string folder, string given, string problem)
    {
        switch (StateStore.OpenForReading(folder))
        {
            case StateOpening.Unusable:
                return (new StateOfFlow(null, folder), null);
            case StateOpening.Opened opened:
                using (opened.Store)
                {
                    var known = opened.Store.ListFlows();
                    var names = known.Where(flow => IsOfFile(flow.File, file)).Select(static flow => flow.Name).Distinct(StringComparer.Ordinal).ToList();
                    return names.Count == 0
                        ? (null, CommandLineDiagnostics.FlowNotReadable(given, problem, NearestFile(file, known)))
                        : (new StateOfFlow(names.Count == 1 ? names[0] : null, folder), null);
                }

            default:
                return (null, CommandLineDiagnostics.FlowNotReadable(given, problem, NearestFile(file, [])));
        }
    }

    // The run's working directory is not on record, so the end of the path decides.
    private static bool IsOfFile(string known, string file)
    {
        var path = file.Replace(Path.DirectorySeparatorChar, '/');
        return path == known.Replace(Path.DirectorySeparatorChar, '/') || (!Path.IsPathRooted(known) && path.EndsWith($"/{known}", StringComparison.Ordinal));
    }

    private static string? NearestFile(string file, IReadOnlyList<StoredFlow> known)
    {
        var folder = Path.GetDirectoryName(file) ?? file;
        var beside = Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.y*ml").Select(Path.GetFileName).OfType<string>() : [];
        return NearestName.Of(Path.GetFileName(file), beside.Concat(known.Select(static flow => Path.GetFileName(flow.File))).Distinct(StringComparer.Ordinal));
    }
}
