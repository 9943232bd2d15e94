using GmiKlingFlow.Cli.CommandLine;
using GmiKlingFlow.Cli.Output;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Planning;
using GmiKlingFlow.Core.Planning.Saving;

namespace GmiKlingFlow.Cli.Flows;

/// <summary>Writes the plan of <c>plan -o</c>: whole or not at all, and never over anything but an older plan.</summary>
internal static class PlanFile
{
    /// <returns>Why nothing may be written there; null when it may.</returns>
    public static Diagnostic? Problem(string path, string shown) =>
        Directory.Exists(path) || (File.Exists(path) && new FileInfo(path).Length > 0 && !SavedPlan.IsPlan(path))
            ? CommandLineDiagnostics.NotAPlanFile(shown)
            : null;

    /// <exception cref="IOException">It could not be written; what was there before is there still.</exception>
    public static void Write(string path, Plan plan, PlanOrigin origin)
    {
        var folder = Path.GetDirectoryName(path) ?? path;
        var toWorkingDirectory = Path.GetRelativePath(folder, origin.WorkingDirectory);
        var placed = origin with { FromPlan = Path.IsPathRooted(toWorkingDirectory) ? "" : toWorkingDirectory.Replace(Path.DirectorySeparatorChar, '/') };
        WholeFile.Write(path, stream => PlanJson.Write(stream, plan, placed));
    }
}
