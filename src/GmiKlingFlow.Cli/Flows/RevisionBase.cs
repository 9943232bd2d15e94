using System.Globalization;
using System.Text;
using GmiKlingFlow.Cli.CommandLine;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Manifests;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning;
using GmiKlingFlow.Core.Planning.Comparing;
using GmiKlingFlow.Core.Planning.Saving;
using GmiKlingFlow.Runtime.Revisions;

namespace GmiKlingFlow.Cli.Flows;

/// <summary>A flow as it was in a git revision, as a base for comparison: <c>REV:PATH</c> as git writes it, or <c>REV:</c> for the path of the flow itself.</summary>
internal sealed class RevisionBase(Invocation invocation, PlanOrigin origin)
{
    private const int MostNotes = 5;

    // A guess may not take long.
    private const int MostLookedInto = 50;
    private const int LongestFlow = 1 << 20;

    /// <summary>Whether a value is meant as one. A drive's letter is none.</summary>
    public static bool Is(string value) =>
        value.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon && !(OperatingSystem.IsWindows() && colon == 1);

    /// <param name="now">The flow that is planned: it tells the repository, and which flow is meant.</param>
    /// <returns>The base, or why it can't be had.</returns>
    public async Task<(PlanBase? Base, Diagnostic? Problem)> ReadAsync(string value, Flow now, CancellationToken cancellationToken)
    {
        var (name, path) = (value[..value.IndexOf(':', StringComparison.Ordinal)], value[(value.IndexOf(':', StringComparison.Ordinal) + 1)..]);
        var folder = Path.GetDirectoryName(now.FullPath) ?? invocation.Context.WorkingDirectory;
        var (revision, problem) = await GitRevision.OpenAsync(folder, name, invocation.Context.Time, cancellationToken);
        if (revision is null)
        {
            return (null, CommandLineDiagnostics.RevisionUnusable(value, problem ?? "git refused it", null));
        }

        using (revision)
        {
            var files = new RevisionFiles(revision, invocation.Context.Time);
            var full = path.Length == 0 ? now.FullPath
                : path.StartsWith("./", StringComparison.Ordinal) || path.StartsWith("../", StringComparison.Ordinal) ? invocation.Context.FullPath(path)
                : Path.GetFullPath(path, revision.Root);
            var tracked = files.PathOf(full);
            if (tracked is null)
            {
                return (null, CommandLineDiagnostics.RevisionUnusable(value, $"\"{name}\" has no such file", (path.Length == 0 ? MovedFrom(now, revision, files) : Nearest(path, revision)) is { } nearest ? $"{name}:{nearest}" : null));
            }

            return await PlanAsync(value, Path.Combine(revision.Root, tracked), now, files, cancellationToken);
        }
    }

    // Mostly the folder is forgotten: a path is taken from the repository's root.
    private static string? Nearest(string path, GitRevision revision)
    {
        var flows = FlowsOf(revision).ToList();
        return flows.Find(file => file.EndsWith($"/{path}", StringComparison.Ordinal)) ?? NearestName.Of(path, flows);
    }

    /// <returns>Where the flow was before it was moved: a file that is not here any more and has its name, or the flow's; null where there is none.</returns>
    private static string? MovedFrom(Flow now, GitRevision revision, RevisionFiles files)
    {
        var gone = FlowsOf(revision).Where(file => !File.Exists(Path.Combine(revision.Root, file))).Take(MostLookedInto).ToList();
        return gone.Find(file => IsNamed(files.ReadBytes(Path.Combine(revision.Root, file), LongestFlow), now.Name))
            ?? gone.Find(file => Path.GetFileName(file) == Path.GetFileName(now.FullPath));
    }

    private static bool IsNamed(BytesReading reading, string name) => reading is BytesReading.Read { Bytes: var bytes }
        && Encoding.UTF8.GetString(bytes.Span).ReplaceLineEndings("\n").Split('\n').Contains($"name: {name}", StringComparer.Ordinal);

    private static IEnumerable<string> FlowsOf(GitRevision revision) =>
        revision.Paths.Where(static file => file.EndsWith(".yaml", StringComparison.Ordinal) || file.EndsWith(".yml", StringComparison.Ordinal));

    private async Task<(PlanBase? Base, Diagnostic? Problem)> PlanAsync(string value, string fullPath, Flow now, RevisionFiles files, CancellationToken cancellationToken)
    {
        var read = await LoadAsync(fullPath, files, cancellationToken);
        var flow = read.Flows.FirstOrDefault(flow => flow.Name == now.Name) ?? (read.Flows is [var only] ? only : null);
        if (flow is null)
        {
            var why = read.Diagnostics.Sorted().FirstOrDefault(static problem => problem.Severity == Severity.Error) is { } error
                ? $"it has errors ({error.Code}: {error.Message.TrimEnd('.')})"
                : $"it has no flow named \"{now.Name}\"";
            return (null, CommandLineDiagnostics.RevisionUnusable(value, why, null));
        }

        // Keys are compared, and they hang on nothing that a state or a lock knows.
        var plan = Planner.Plan(origin.Over(flow), new PlanInputs { InlineAudio = origin.InlineAudio }, read.Diagnostics);
        return (PlanBase.Of(plan, value) with { Notes = [.. Notes(value, read.Diagnostics, files)] }, null);
    }

    private Task<ReadFile> LoadAsync(string fullPath, RevisionFiles files, CancellationToken cancellationToken)
    {
        var inputs = FlowReader.InputsOf(invocation, origin.AllowPaths) with { MultiFace = origin.MultiFace };
        return origin.Online ? new OnlineReading(files, invocation.Context.Time).ReadAsync(Load, cancellationToken) : Task.FromResult(Load(files));

        ReadFile Load(IFlowFiles from)
        {
            var diagnostics = new DiagnosticBag();
            return new ReadFile(new FlowLoader(from).Load(fullPath, inputs, diagnostics), null, diagnostics);
        }
    }

    private static IEnumerable<string> Notes(string value, DiagnosticBag diagnostics, RevisionFiles files)
    {
        if (diagnostics.Sorted().Where(static problem => problem.Severity == Severity.Error).ToList() is { Count: > 0 } errors)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{value} had {UnplannedCount(errors.Count)} itself (the first: {errors[0].Code}: {errors[0].Message.TrimEnd('.')}): jobs that could not be made of it look new.");
        }

        foreach (var file in files.FromWorkingTree.Take(MostNotes))
        {
            yield return $"{file} is not in the revision: it was taken as it is here, so a change to it does not show.";
        }

        if (files.FromWorkingTree.Count > MostNotes)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"So were {files.FromWorkingTree.Count - MostNotes} more files.");
        }
    }

    private static string UnplannedCount(int errors) => Output.Plans.UnplannedProblems.Count(errors);
}
