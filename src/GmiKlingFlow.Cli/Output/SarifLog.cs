using System.Text.Encodings.Web;
using System.Text.Json;
using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Cli.Output;

/// <summary>Diagnostics as a SARIF 2.1.0 log, for code scanning.</summary>
/// <param name="version">The program's.</param>
internal sealed class SarifLog(RepositoryPaths paths, string version)
{
    private const string Schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
    private const string Root = "SRCROOT";

    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Whether a file is such a log, whoever wrote it; false where it can't be read.</summary>
    public static bool IsOne(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            using var document = JsonDocument.Parse(file);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("runs", out var runs) && runs.ValueKind == JsonValueKind.Array
                && document.RootElement.TryGetProperty("version", out _);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return false;
        }
    }

    public void Write(Stream output, IReadOnlyCollection<Diagnostic> diagnostics)
    {
        // What points at no file is about the call itself: a code scanner shows results only at places.
        var results = diagnostics.Where(static d => d.Place is not null).ToList();
        var notes = diagnostics.Where(static d => d.Place is null).ToList();
        using var json = new Utf8JsonWriter(output, Options);
        json.WriteStartObject();
        json.WriteString("$schema", Schema);
        json.WriteString("version", "2.1.0");
        json.WriteStartArray("runs");
        json.WriteStartObject();
        WriteTool(json, Codes(results), Codes(notes));
        json.WriteString("columnKind", "utf16CodeUnits");
        json.WriteStartObject("originalUriBaseIds");
        json.WriteStartObject(Root);
        json.WriteString("uri", FileUri(paths.Root.TrimEnd(Path.DirectorySeparatorChar, '/') + "/"));
        json.WriteEndObject();
        json.WriteEndObject();
        WriteInvocation(json, notes);
        WriteResults(json, results);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        output.WriteByte((byte)'\n');
    }

    private static List<string> Codes(IEnumerable<Diagnostic> diagnostics) => [.. diagnostics.Select(static d => d.Code).Distinct().Order(StringComparer.Ordinal)];

    private void WriteTool(Utf8JsonWriter json, List<string> rules, List<string> notifications)
    {
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "gkflow");
        json.WriteString("fullName", $"GmiKlingFlow {version}");
        json.WriteString("semanticVersion", version);
        WriteDescriptors(json, "rules", rules);
        WriteDescriptors(json, "notifications", notifications);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteDescriptors(Utf8JsonWriter json, string name, List<string> codes)
    {
        json.WriteStartArray(name);
        foreach (var code in codes)
        {
            json.WriteStartObject();
            json.WriteString("id", code);
            if (Explanation.Of(code) is { } page)
            {
                var body = page[(page.IndexOf('\n') + 1)..].Trim('\n');
                WriteText(json, "shortDescription", Explanation.TitleOf(code));
                WriteText(json, "fullDescription", body.Split("\n\n", 2)[0].ReplaceLineEndings(" "));
                json.WriteStartObject("help");
                json.WriteString("text", body);
                json.WriteString("markdown", body);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteInvocation(Utf8JsonWriter json, List<Diagnostic> notes)
    {
        json.WriteStartArray("invocations");
        json.WriteStartObject();
        json.WriteBoolean("executionSuccessful", !notes.Exists(static n => n.Severity == Severity.Error));
        json.WriteStartArray("toolConfigurationNotifications");
        foreach (var note in notes)
        {
            json.WriteStartObject();
            json.WriteStartObject("descriptor");
            json.WriteString("id", note.Code);
            json.WriteEndObject();
            json.WriteString("level", Level(note.Severity));
            WriteText(json, "message", MessageOf(note));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private void WriteResults(Utf8JsonWriter json, List<Diagnostic> results)
    {
        var rules = Codes(results);
        json.WriteStartArray("results");
        foreach (var result in results)
        {
            json.WriteStartObject();
            json.WriteString("ruleId", result.Code);
            json.WriteNumber("ruleIndex", rules.BinarySearch(result.Code, StringComparer.Ordinal));
            json.WriteString("level", Level(result.Severity));
            WriteText(json, "message", MessageOf(result));
            json.WriteStartArray("locations");
            WriteLocation(json, result.Place?.Span, result.Place?.Path, id: null, message: null);
            json.WriteEndArray();
            if (result.Related.Count > 0)
            {
                json.WriteStartArray("relatedLocations");
                for (var i = 0; i < result.Related.Count; i++)
                {
                    WriteLocation(json, result.Related[i].Span, path: null, i + 1, result.Related[i].Message);
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteLocation(Utf8JsonWriter json, SourceSpan? span, string? path, int? id, string? message)
    {
        json.WriteStartObject();
        if (id is { } number)
        {
            json.WriteNumber("id", number);
        }

        if (span is not null)
        {
            json.WriteStartObject("physicalLocation");
            WriteArtifact(json, span.File);
            json.WriteStartObject("region");
            json.WriteNumber("startLine", span.Line);
            json.WriteNumber("startColumn", span.Column);
            json.WriteNumber("endLine", span.EndLine);
            json.WriteNumber("endColumn", span.EndColumn);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        if (path is { Length: > 0 })
        {
            json.WriteStartArray("logicalLocations");
            json.WriteStartObject();
            json.WriteString("fullyQualifiedName", path);
            json.WriteEndObject();
            json.WriteEndArray();
        }

        if (message is not null)
        {
            WriteText(json, "message", Plain(message));
        }

        json.WriteEndObject();
    }

    private void WriteArtifact(Utf8JsonWriter json, string file)
    {
        json.WriteStartObject("artifactLocation");
        if (paths.Relative(file) is { } relative)
        {
            json.WriteString("uri", string.Join('/', relative.Split('/').Select(Uri.EscapeDataString)));
            json.WriteString("uriBaseId", Root);
        }
        else
        {
            json.WriteString("uri", FileUri(paths.FullPath(file)));
        }

        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartObject(name);
        json.WriteString("text", text);
        json.WriteEndObject();
    }

    private static string MessageOf(Diagnostic diagnostic) =>
        Plain(diagnostic.Hint is { Length: > 0 } hint ? $"{diagnostic.Message}\n{hint}" : diagnostic.Message);

    // "[text](target)" in a plain message is a link (SARIF 2.1.0, 3.11.6): a flow's text must not make one.
    private static string Plain(string text) => text.Contains("](", StringComparison.Ordinal) ? text.Replace("[", "\\[", StringComparison.Ordinal) : text;

    private static string Level(Severity severity) => severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        _ => "note",
    };

    // Piece by piece: "#", "?" and "%" are ordinary characters in a file's name.
    private static string FileUri(string fullPath)
    {
        var pieces = fullPath.Replace(Path.DirectorySeparatorChar, '/').Split('/');
        var escaped = pieces.Select(static (piece, i) => i == 0 && piece.EndsWith(':') ? piece : Uri.EscapeDataString(piece));
        return $"file://{(fullPath.StartsWith('/') ? "" : "/")}{string.Join('/', escaped)}";
    }
}
