using System.Text.Json;

namespace GmiKlingFlow.Core.Diagnostics;

/// <summary>Writes one diagnostic as the JSON object of product 3.3.</summary>
public static class DiagnosticWriter
{
    public static void Write(Utf8JsonWriter json, Diagnostic diagnostic)
    {
        var span = diagnostic.Place?.Span;
        json.WriteStartObject();
        json.WriteString("code", diagnostic.Code);
        json.WriteString("severity", Word(diagnostic.Severity));
        json.WriteString("message", diagnostic.Message);
        json.WriteString("file", span?.File);
        WriteNumber(json, "line", span?.Line);
        WriteNumber(json, "column", span?.Column);
        WriteNumber(json, "end_line", span?.EndLine);
        WriteNumber(json, "end_column", span?.EndColumn);
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

    private static string Word(Severity severity) => severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        _ => "info",
    };

    private static void WriteNumber(Utf8JsonWriter json, string name, int? number)
    {
        if (number is { } value)
        {
            json.WriteNumber(name, value);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
