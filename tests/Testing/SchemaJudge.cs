using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace GmiKlingFlow.Testing;

/// <summary>Asks ajv, which shares no code with us, whether documents fit one of our schemas. Installed by <c>tests/run.sh</c>.</summary>
public static class SchemaJudge
{
    /// <param name="schema">A file name in <c>schemas/</c>.</param>
    /// <returns>Per document its errors; empty where it is valid.</returns>
    public static IReadOnlyList<IReadOnlyList<string>> Errors(string schema, params IReadOnlyList<JsonNode?> documents)
    {
        var tools = RepositoryFolder.Combine("tests", "schema-tools");
        Assert.True(Directory.Exists(Path.Combine(tools, "node_modules", "ajv")), "ajv is missing: run 'npm ci' in tests/schema-tools, or bash tests/run.sh.");
        var task = new JsonObject
        {
            ["schema"] = RepositoryFolder.Combine("schemas", schema),
            ["documents"] = new JsonArray([.. documents.Select((d, i) => (JsonNode)new JsonObject { ["name"] = $"{i}", ["value"] = d?.DeepClone() })]),
        };
        var start = new ProcessStartInfo("node") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = tools };
        start.ArgumentList.Add("validate.mjs");
        using var node = Process.Start(start) ?? throw new InvalidOperationException("node did not start.");
        var complaints = node.StandardError.ReadToEndAsync();
        node.StandardInput.Write(task.ToJsonString());
        node.StandardInput.Close();
        var answer = node.StandardOutput.ReadToEnd();
        node.WaitForExit();
        Assert.True(node.ExitCode == 0, complaints.Result);
        var results = JsonNode.Parse(answer)?["results"]?.AsArray() ?? throw new JsonException("No results.");
        return [.. results.Select(r => (IReadOnlyList<string>)[.. r?["errors"]?.AsArray().Select(e => e?.GetValue<string>() ?? "") ?? []])];
    }
}
