using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Runtime.State;

namespace GmiKlingFlow.Runtime.Results;

/// <summary>Writes <c>results.json</c> and <c>results.yaml</c>: each is the old one or the new one, never half of one.</summary>
public static class ResultsWriter
{
    public const string JsonName = "results.json";

    public const string YamlName = "results.yaml";

    /// <returns>Why they could not be written; null when they were.</returns>
    public static Failure? Write(string folder, RunResults results)
    {
        try
        {
            Directory.CreateDirectory(folder);
            var json = new ArrayBufferWriter<byte>();
            using (var writer = new Utf8JsonWriter(json, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            {
                // The file is for people too: readable text stays readable.
                JsonSerializer.Serialize(writer, results, ResultsJson.Default.RunResults);
            }

            Replace(Path.Combine(folder, JsonName), file =>
            {
                file.Write(json.WrittenSpan);
                file.WriteByte((byte)'\n');
            });
            using var document = JsonDocument.Parse(json.WrittenMemory);
            Replace(Path.Combine(folder, YamlName), file =>
            {
                using var text = new StreamWriter(file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
                new YamlEmitter(text).Document(document.RootElement);
            });
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return StateFailures.ResultsNotWritten(folder, e is UnauthorizedAccessException ? "it can't be written" : "the disk is full or the folder is not usable");
        }
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
