using System.Text.Encodings.Web;
using System.Text.Json;
using GmiKlingFlow.Cli.Checkups;
using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Cli.Output.Checkups;

/// <summary>Findings for programs: <c>{"findings":[{check, severity: "ok"|"warning"|"error"|"skipped", code, message, hint}], "summary":{errors, warnings}}</c>.</summary>
internal static class FindingsJson
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(Terminal terminal, IReadOnlyList<Finding> findings)
    {
        terminal.WriteData(stream =>
        {
            using var json = new Utf8JsonWriter(stream, Options);
            json.WriteStartObject();
            json.WriteStartArray("findings");
            foreach (var finding in findings)
            {
                json.WriteStartObject();
                json.WriteString("check", finding.Check);
                json.WriteString("severity", finding switch { { IsLeftOut: true } => "skipped", { Severity: Severity.Error } => "error", { Severity: Severity.Warning } => "warning", _ => "ok" });
                json.WriteString("code", finding.Code);
                json.WriteString("message", finding.Message);
                json.WriteString("hint", finding.Code is null ? null : finding.Hint);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartObject("summary");
            json.WriteNumber("errors", findings.Count(static f => f.Severity == Severity.Error));
            json.WriteNumber("warnings", findings.Count(static f => f.Severity == Severity.Warning));
            json.WriteEndObject();
            json.WriteEndObject();
        });
        terminal.Data.WriteLine();
    }
}
