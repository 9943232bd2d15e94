using System.Text;
using System.Text.Json;
using GmiKlingFlow.Cli.CommandLine;
using GmiKlingFlow.Cli.Commands;
using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Cli.Output.Reports;

/// <summary>Writes a report: whole or not at all, and never over anything but an older report.</summary>
internal static class ReportFile
{
    /// <returns>Why nothing may be written there; null when it may.</returns>
    /// <param name="path">Absolute.</param>
    /// <param name="shown">As given.</param>
    public static Diagnostic? Problem(string path, string shown) =>
        Directory.Exists(path) || (File.Exists(path) && new FileInfo(path).Length > 0 && !IsOne(path)) ? CommandLineDiagnostics.NotAReportFile(shown) : null;

    /// <returns>Where the report of these files goes when nobody says: beside the only one under its name, else <c>report.html</c> beside the first.</returns>
    public static string PlaceFor(IReadOnlyList<string> inputs) => inputs is [var only]
        ? Path.ChangeExtension(only, ".html")
        : Path.Combine(Path.GetDirectoryName(inputs[0]) ?? "", "report.html");

    /// <returns>Why it could not be written; null when it was. What was there before is there still then.</returns>
    /// <param name="inputs">In the page's order.</param>
    public static Diagnostic? Write(string path, string shown, IReadOnlyList<ReportInput> inputs, string workingDirectory)
    {
        var builder = new ReportBuilder(Path.GetDirectoryName(path) ?? path, workingDirectory);
        foreach (var input in inputs)
        {
            builder.Add(input);
        }

        var model = builder.Build(GkflowCommand.Version);
        try
        {
            WholeFile.Write(path, stream => ReportPage.Write(stream, model));
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return CommandLineDiagnostics.ReportNotWritten(shown, Reason(e));
        }
    }

    private static string Reason(Exception e) => e switch
    {
        UnauthorizedAccessException => "there is no permission",
        { InnerException: JsonException } => "a file that it is made of changed while it was read",
        // ENOSPC, and ERROR_DISK_FULL as an HRESULT.
        { HResult: 28 or unchecked((int)0x80070070) } => "the disk is full",
        _ => "the folder can't be made or used",
    };

    private static bool IsOne(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            var start = new byte[ReportPage.Mark.Length];
            return file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && Encoding.ASCII.GetString(start) == ReportPage.Mark;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
