using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Runtime.State;

namespace GmiKlingFlow.Runtime.Results;

/// <summary>Writes <c>results.json</c> and <c>results.yaml</c>: each is the old one or the new one, never half of one.</summary>
public static class ResultsWriter
{
    public const string JsonName = "results.json";

    public const string YamlName = "results.yaml";

    // The file is for people too: readable text stays readable.
    private static readonly JsonTypeInfo<RunResults> Readable = (JsonTypeInfo<RunResults>)new JsonSerializerOptions(ResultsJson.Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    }.GetTypeInfo(typeof(RunResults));

    private static readonly JsonTypeInfo<JobResult> ReadableJob = (JsonTypeInfo<JobResult>)Readable.Options.GetTypeInfo(typeof(JobResult));

    internal static readonly string JobsName = JsonNamingPolicy.SnakeCaseLower.ConvertName(nameof(RunResults.Jobs));

    /// <returns>Why they could not be written; null when they were.</returns>
    public static Failure? Write(string folder, RunResults results)
    {
        if (FileInTheWay(folder) is { } file)
        {
            return StateFailures.ResultsNotWritten(folder, $"\"{file}\" is a file, where a folder is needed");
        }

        try
        {
            Directory.CreateDirectory(folder);
            // Job by job: ten thousand jobs' results are written again and again, and must not stand in memory as a whole each time.
            Replace(Path.Combine(folder, JsonName), file => Write(file, results, asYaml: false));
            Replace(Path.Combine(folder, YamlName), file => Write(file, results, asYaml: true));
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return StateFailures.ResultsNotWritten(folder, Reason(e));
        }
    }

    /// <summary>Writes one manifest to a stream.</summary>
    /// <param name="asYaml">False: as JSON.</param>
    public static void Write(Stream stream, RunResults results, bool asYaml)
    {
        if (!asYaml)
        {
            JsonSerializer.Serialize(stream, results, Readable);
            stream.WriteByte((byte)'\n');
            return;
        }

        using var text = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        WriteYaml(new YamlEmitter(text), results);
    }

    private static void WriteYaml(YamlEmitter yaml, RunResults results)
    {
        // From the same JSON as the other file, so that both hold the same thing by construction.
        using var around = JsonSerializer.SerializeToDocument(results with { Jobs = [] }, Readable);
        foreach (var member in around.RootElement.EnumerateObject())
        {
            if (member.Value is { ValueKind: JsonValueKind.Array } && member.NameEquals(JobsName))
            {
                yaml.List(JobsName, results.Jobs.Select(static job => JsonSerializer.SerializeToElement(job, ReadableJob)));
            }
            else
            {
                yaml.Member(member);
            }
        }
    }

    /// <summary>Puts the results of another run aside, under their run's id: <c>results.20261122T130000Z-1a2b3c4d.json</c> and <c>.yaml</c>.</summary>
    /// <returns>The path of the JSON file; null where there is nothing to put aside.</returns>
    /// <param name="isWanted">Decides by what they say.</param>
    internal static string? SetAside(string folder, Func<EarlierResults, bool> isWanted)
    {
        try
        {
            var json = Path.Combine(folder, JsonName);
            if (!File.Exists(json) || EarlierResults.Read(json) is not { Run.Id: { } run } earlier || !isWanted(earlier) || Path.GetFileName(run) != run)
            {
                return null;
            }

            var aside = Path.Combine(Path.GetFullPath(folder), $"results.{run}.json");
            File.Copy(json, aside, overwrite: true);
            if (Path.Combine(folder, YamlName) is var yaml && File.Exists(yaml))
            {
                File.Copy(yaml, Path.Combine(folder, $"results.{run}.yaml"), overwrite: true);
            }

            return aside;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            // No results that we can read: what is written next tells whether the folder can be used.
            return null;
        }
    }

    private static string Reason(Exception e) => e switch
    {
        UnauthorizedAccessException => "there is no permission",
        DirectoryNotFoundException => "the folder can't be made",
        // ENOSPC, and ERROR_DISK_FULL as an HRESULT.
        { HResult: 28 or unchecked((int)0x80070070) } => "the disk is full",
        _ => "the folder can't be made or used",
    };

    // The system's own words for it ("already exists") would send people the wrong way.
    private static string? FileInTheWay(string folder)
    {
        for (var path = folder; path is not null; path = Path.GetDirectoryName(path))
        {
            if (File.Exists(path))
            {
                return path;
            }
        }

        return null;
    }

    private static void Replace(string path, Action<FileStream> write)
    {
        var unfinished = $"{path}.part";
        using (var file = new FileStream(unfinished, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            write(file);
            file.Flush(flushToDisk: true);
        }

        File.Move(unfinished, path, overwrite: true);
    }
}
