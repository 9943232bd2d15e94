using System.Text.Encodings.Web;
using System.Text.Json;
using GmiKlingFlow.Runtime.Verification;

namespace GmiKlingFlow.Cli.Output.Verifications;

/// <summary>The same for programs: <c>{"manifests":[{file, run, tool_version, rule_profile, whole, files:[{role, job, file, verdict, expected_sha256, found_sha256, reason}]}], "summary":{...}}</c>.</summary>
internal static class VerifyJson
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(Terminal terminal, IReadOnlyList<VerifiedManifest> manifests)
    {
        terminal.WriteData(stream =>
        {
            using var json = new Utf8JsonWriter(stream, Options);
            json.WriteStartObject();
            json.WriteStartArray("manifests");
            foreach (var manifest in manifests)
            {
                Write(json, manifest);
            }

            json.WriteEndArray();
            json.WriteStartObject("summary");
            foreach (var verdict in Enum.GetValues<FileVerdict>())
            {
                json.WriteNumber(Word(verdict), manifests.Sum(manifest => manifest.Count(verdict)));
            }

            json.WriteEndObject();
            json.WriteEndObject();
        });
        terminal.Data.WriteLine();
    }

    private static void Write(Utf8JsonWriter json, VerifiedManifest manifest)
    {
        json.WriteStartObject();
        json.WriteString("file", manifest.Given);
        json.WriteString("run", manifest.Run.Id);
        json.WriteString("tool_version", manifest.Run.ToolVersion);
        json.WriteString("rule_profile", manifest.Run.RuleProfile);
        json.WriteBoolean("whole", manifest.IsWhole);
        json.WriteNumber("jobs_without_output", manifest.WithoutOutput);
        json.WriteStartArray("files");
        foreach (var file in manifest.Files)
        {
            json.WriteStartObject();
            json.WriteString("role", file.Role);
            json.WriteString("job", file.Job);
            json.WriteString("file", file.Name);
            json.WriteString("verdict", Word(file.Verdict));
            json.WriteString("expected_sha256", file.ExpectedSha256);
            json.WriteString("found_sha256", file.FoundSha256);
            json.WriteString("reason", file.Reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string Word(FileVerdict verdict) => JsonNamingPolicy.SnakeCaseLower.ConvertName(verdict.ToString());
}
