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
                Write(json, diagnostic);
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

    /// <summary>The words of the JSON format.</summary>
    public static string Word(Severity severity) => severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        _ => "info",
    };

    private static void Write(Utf8JsonWriter json, Diagnostic diagnostic)
    {
        var span = diagnostic.Place?.Span;
        json.WriteStartObject();
        json.WriteString("code", diagnostic.Code);
        json.WriteString("severity", Word(diagnostic.Severity));
        json.WriteString("message", diagnostic.Message);
        WriteSpanMembers(json, span);
        json.WriteString("path", diagnostic.Place?.Path);
        json.WriteString("hint", diagnostic.Hint);
        json.WriteStartArray("related");
        foreach (var related in diagnostic.Related)
        {
            json.WriteStartObject();
            json.WriteString("message", related.Message);
            json.WriteString("file", related.Span.File);
            json.WriteNumber("line", related.Span.Line);
            json.WriteNumber("column", related.Span.Column);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteSpanMembers(Utf8JsonWriter json, SourceSpan? span)
    {
        json.WriteString("file", span?.File);
        foreach (var (name, value) in new (string, int?)[] { ("line", span?.Line), ("column", span?.Column), ("end_line", span?.EndLine), ("end_column", span?.EndColumn) })
        {
            if (value is { } number)
            {
                json.WriteNumber(name, number);
            }
            else
            {
                json.WriteNull(name);
            }
        }
    }
}
