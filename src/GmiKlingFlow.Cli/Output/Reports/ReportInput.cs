using System.Text;
using System.Text.Json;
using GmiKlingFlow.Cli.CommandLine;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Documents;
using GmiKlingFlow.Runtime.Results;

namespace GmiKlingFlow.Cli.Output.Reports;

/// <summary>A file that a report is made of: a results manifest or a plan, as JSON. Its jobs stay in the file, which is kept open.</summary>
internal sealed class ReportInput : IDisposable
{
    private const string ListName = "jobs";

    private readonly FileStream file;
    private readonly Encoding encoding;
    private readonly JsonDocument head;

    private ReportInput(FileStream file, Encoding encoding, JsonDocument head, string kind) =>
        (this.file, this.encoding, this.head, Path, Kind) = (file, encoding, head, file.Name, kind);

    /// <summary>Absolute.</summary>
    public string Path { get; }

    /// <summary><c>Results</c> or <c>Plan</c>.</summary>
    public string Kind { get; }

    /// <summary>The document without its jobs.</summary>
    public JsonElement Head => head.RootElement;

    public string Folder => System.IO.Path.GetDirectoryName(Path) ?? Path;

    /// <summary>Goes through the file once more. Each job is to be used before the next is asked for.</summary>
    /// <exception cref="IOException">The file was changed meanwhile.</exception>
    public IEnumerable<JsonElement> Jobs()
    {
        var reader = Reader(file, encoding);
        while (Next(reader) is var part && part != LongListPart.End)
        {
            if (part == LongListPart.Item)
            {
                using var job = JsonDocument.Parse(ReportText.Utf8(reader.Item));
                yield return job.RootElement;
            }
        }
    }

    public void Dispose()
    {
        head.Dispose();
        file.Dispose();
    }

    /// <returns>The input, or why the file is none.</returns>
    /// <param name="path">Absolute; of a folder its results are read.</param>
    /// <param name="shown">As given.</param>
    public static (ReportInput? Input, Diagnostic? Problem) Read(string path, string shown)
    {
        path = Directory.Exists(path) ? System.IO.Path.Combine(path, ResultsWriter.JsonName) : path;
        FileStream? file = null;
        try
        {
            file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            if (file.Length is 0 or > ResultsReader.LargestFile)
            {
                return (null, CommandLineDiagnostics.ReportInputUnreadable(shown, file.Length == 0 ? "it is empty" : "it is larger than 512 MB"));
            }

            var (input, problem) = Of(file, shown);
            file = input is null ? file : null;
            return (input, problem);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return (null, CommandLineDiagnostics.ReportInputUnreadable(shown, "there is no such file"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            return (null, CommandLineDiagnostics.ReportInputUnreadable(shown, "it can't be opened"));
        }
        finally
        {
            file?.Dispose();
        }
    }

    private static (ReportInput? Input, Diagnostic? Problem) Of(FileStream file, string shown)
    {
        var encoding = ReportText.EncodingOf(file);
        if (!ReportText.IsObject(file, encoding))
        {
            return (null, CommandLineDiagnostics.NotAReportInput(shown, TwinOf(file.Name)));
        }

        JsonDocument head;
        bool haveIds;
        try
        {
            (head, haveIds) = ReadHead(file, encoding);
        }
        catch (JsonException e)
        {
            return (null, CommandLineDiagnostics.ReportInputUnreadable(shown, $"it is not whole JSON (line {e.LineNumber + 1})", "A file that was cut off can't be mended; run the flow again, which pays for nothing twice."));
        }

        var (kind, version) = (head.RootElement.Text("kind"), head.RootElement.Text("apiVersion"));
        // A page of nothing, or of jobs without a name, would look like a run in which nothing happened.
        var problem = kind is not ("Results" or "Plan") ? CommandLineDiagnostics.NotAReportInput(shown, TwinOf(file.Name))
            : version is not "gmiklingflow/v1" ? CommandLineDiagnostics.ReportInputOfOtherVersion(shown, version ?? "")
            : head.RootElement.Member(ListName) is not { ValueKind: JsonValueKind.Array } ? CommandLineDiagnostics.ReportInputUnreadable(shown, "it has no list of jobs")
            : !haveIds ? CommandLineDiagnostics.ReportInputUnreadable(shown, "one of its jobs has no id")
            : null;
        if (problem is null)
        {
            return (new ReportInput(file, encoding, head, kind ?? ""), null);
        }

        head.Dispose();
        return (null, problem);
    }

    private static (JsonDocument Head, bool HaveIds) ReadHead(FileStream file, Encoding encoding)
    {
        var (reader, haveIds) = (Reader(file, encoding), true);
        while (true)
        {
            switch (reader.Read())
            {
                case LongListPart.ListStart:
                    haveIds = true;
                    break;
                case LongListPart.Item:
                    using (var job = JsonDocument.Parse(ReportText.Utf8(reader.Item)))
                    {
                        haveIds = haveIds && job.RootElement.Text("id") is not null;
                    }

                    break;
                default:
                    return (JsonDocument.Parse(ReportText.Utf8(reader.Head)), haveIds);
            }
        }
    }

    private static LongListReader Reader(FileStream file, Encoding encoding)
    {
        file.Position = 0;
        return new LongListReader(ReportText.AsUtf8(file, encoding), ListName);
    }

    private LongListPart Next(LongListReader reader)
    {
        try
        {
            return reader.Read();
        }
        catch (JsonException e)
        {
            throw new IOException($"\"{Path}\" changed while it was read", e);
        }
    }

    // results.yaml says the same as results.json.
    private static string? TwinOf(string path) =>
        System.IO.Path.ChangeExtension(path, ".json") is var twin && twin != path && File.Exists(twin) ? System.IO.Path.GetFileName(twin) : null;
}
