using GmiKlingFlow.Cli.CommandLine;
using GmiKlingFlow.Cli.Output;
using GmiKlingFlow.Cli.Output.Runs;
using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Cli.Runs;

/// <summary>The file of <c>--junit</c>.</summary>
internal static class JUnitFile
{
    /// <param name="file">As given; null where it is not asked for.</param>
    /// <returns>Why it may not be written; null when it may.</returns>
    public static Diagnostic? Problem(string? file, Invocation invocation) =>
        file is not null && invocation.Context.FullPath(file) is var path
            && (Directory.Exists(path) || (File.Exists(path) && new FileInfo(path).Length > 0 && !JUnitReport.IsOne(path)))
            ? CommandLineDiagnostics.NotAJUnitFile(file)
            : null;

    /// <exception cref="IOException">It could not be written; what was there before is there still.</exception>
    public static void Write(string? file, Invocation invocation, IReadOnlyList<FlowOutcome> outcomes)
    {
        if (file is not null)
        {
            WholeFile.Write(invocation.Context.FullPath(file), stream => new JUnitReport(invocation.Context.Time.GetUtcNow()).Write(stream, outcomes));
        }
    }
}
