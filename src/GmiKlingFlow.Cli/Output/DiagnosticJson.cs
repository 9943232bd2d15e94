using System.Text.Encodings.Web;
using System.Text.Json;
using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Cli.Output;

/// <summary>Diagnostics as the JSON of product 3.3.</summary>
internal static class DiagnosticJson
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(TextWriter output, IReadOnlyCollection<Diagnostic> diagnostics)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteStartArray("diagnostics");
            foreach (var diagnostic in diagnostics)
            {
                DiagnosticWriter.Write(json, diagnostic);
            }

            json.WriteEndArray();
            json.WriteStartObject("summary");
            json.WriteNumber("errors", diagnostics.Count(static d => d.Severity == Severity.Error));
            json.WriteNumber("warnings", diagnostics.Count(static d => d.Severity == Severity.Warning));
            json.WriteEndObject();
            json.WriteEndObject();
        }

        output.WriteLine(System.Text.Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
    }
}
