using System.Text.Json;
using GmiKlingFlow.Cli.CommandLine;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Runtime.Results;

namespace GmiKlingFlow.Cli.Output.Reports;

/// <summary>A file that a report is made of: a results manifest or a plan, as JSON.</summary>
/// <param name="Path">Absolute.</param>
/// <param name="Kind"><c>Results</c> or <c>Plan</c>.</param>
internal sealed record ReportInput(string Path, string Kind, JsonDocument Document) : IDisposable
{
    // A page of this size opens in no browser; a hundred thousand jobs have less.
    private const long Largest = 256 << 20;

    public string Folder => System.IO.Path.GetDirectoryName(Path) ?? Path;

    public void Dispose() => Document.Dispose();

    /// <returns>The input, or why the file is none.</returns>
    /// <param name="path">Absolute; of a folder its results are read.</param>
    /// <param name="shown">As given.</param>
    public static (ReportInput? Input, Diagnostic? Problem) Read(string path, string shown)
    {
        path = Directory.Exists(path) ? System.IO.Path.Combine(path, ResultsWriter.JsonName) : path;
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (file.Length is 0 or > Largest)
            {
                return (null, CommandLineDiagnostics.ReportInputUnreadable(shown, file.Length == 0 ? "it is empty" : "it is larger than 256 MB"));
            }

            // A shell's ">" may write UTF-16 or a byte order mark.
            using var text = new StreamReader(file, detectEncodingFromByteOrderMarks: true);
            return Of(path, shown, text.ReadToEnd());
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return (null, CommandLineDiagnostics.ReportInputUnreadable(shown, "there is no such file"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            return (null, CommandLineDiagnostics.ReportInputUnreadable(shown, "it can't be opened"));
        }
    }

    private static (ReportInput? Input, Diagnostic? Problem) Of(string path, string shown, string text)
    {
        if (!text.AsSpan().TrimStart().StartsWith("{", StringComparison.Ordinal))
        {
            return (null, CommandLineDiagnostics.NotAReportInput(shown, TwinOf(path)));
        }

        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(text);
        }
        catch (JsonException e)
        {
            return (null, CommandLineDiagnostics.ReportInputUnreadable(shown, $"it is not whole JSON (line {e.LineNumber + 1})", "A file that was cut off can't be mended; run the flow again, which pays for nothing twice."));
        }

        var (kind, version) = (document.RootElement.Text("kind"), document.RootElement.Text("apiVersion"));
        var problem = kind is not ("Results" or "Plan") ? CommandLineDiagnostics.NotAReportInput(shown, TwinOf(path))
            : version is not "gmiklingflow/v1" ? CommandLineDiagnostics.ReportInputOfOtherVersion(shown, version ?? "")
            : WhatJobsLack(document.RootElement) is { } lack ? CommandLineDiagnostics.ReportInputUnreadable(shown, lack)
            : null;
        if (problem is null)
        {
            return (new ReportInput(path, kind ?? "", document), null);
        }

        document.Dispose();
        return (null, problem);
    }

    // A page of nothing, or of jobs without a name, would look like a run in which nothing happened.
    private static string? WhatJobsLack(JsonElement root) =>
        root.Member("jobs") is not { ValueKind: JsonValueKind.Array } jobs ? "it has no list of jobs"
        : jobs.EnumerateArray().All(static job => job.Text("id") is not null) ? null
        : "one of its jobs has no id";

    // results.yaml says the same as results.json.
    private static string? TwinOf(string path) =>
        System.IO.Path.ChangeExtension(path, ".json") is var twin && twin != path && File.Exists(twin) ? System.IO.Path.GetFileName(twin) : null;
}
