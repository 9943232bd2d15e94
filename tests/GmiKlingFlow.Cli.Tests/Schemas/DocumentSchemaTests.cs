using System.Text.Json.Nodes;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Cli.Tests.Schemas;

/// <summary>What the program writes, judged by the schemas it ships.</summary>
public sealed class DocumentSchemaTests
{
    public static TheoryData<string> Examples => ["quickstart", "localisation", "two-speakers", "subtitles", "ci"];

    [Fact]
    public async Task Plan_Saved_FitsItsSchema()
    {
        using var folder = new TemporaryFolder();
        var flow = Commands.ExampleFlow.CopyTo(folder, "quickstart");

        await new CliRunner(folder.Path).RunAsync("plan", flow, "--simulate", "--max-jobs", "3", "--shard", "1/1", "-o", "plan.json");

        AssertFits("plan.v1.schema.json", File.ReadAllText(folder.File("plan.json")));
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task PlanAndResults_OfEachExample_FitTheirSchemas(string example)
    {
        using var folder = new TemporaryFolder();
        CopyFolder(RepositoryFolder.Combine("examples", example), folder.Path);
        var cli = new CliRunner(folder.Path);

        var plan = await cli.RunAsync("plan", "flow.yaml", "--format", "json");
        var run = await cli.RunAsync("run", "flow.yaml", "--simulate");

        Assert.True(plan.ExitCode == 0, plan.Error);
        Assert.True(run.ExitCode == 0, run.Error);
        AssertFits("plan.v1.schema.json", plan.Output);
        var results = File.ReadAllText(folder.File($"out/{example}/results.json"));
        AssertFits("results.v1.schema.json", results);
        Assert.True(
            JsonNode.DeepEquals(Normal(JsonNode.Parse(results)), Normal(YamlAsJson.Parse(File.ReadAllText(folder.File($"out/{example}/results.yaml"))))),
            "results.yaml and results.json differ.");
    }

    [Fact]
    public async Task Plan_OfBlockedAndSkippedJobs_FitsItsSchema()
    {
        using var folder = new TemporaryFolder();
        folder.Write("flow.yaml", """
            apiVersion: gmiklingflow/v1
            kind: Flow
            name: mixed
            videos: { v: { source: "https://e.com/v.mp4", duration: 10s } }
            audio: { s: { source: "https://e.com/s.mp3", duration: 3s } }
            jobs:
              - { id: fine, labels: { a: "1" }, video: v, faces: [{ face: { only: true }, audio: s }] }
              - { id: skipped, when: false, video: v, faces: [{ face: { only: true }, audio: s }] }
              - { id: blocked, video: v, faces: [{ face: { only: true }, audio: s, sound_end_time: 9s }] }
            """);

        var plan = await new CliRunner(folder.Path).RunAsync("plan", "flow.yaml", "--format", "json");

        AssertFits("plan.v1.schema.json", plan.Output);
        var actions = JsonNode.Parse(plan.Output)?["jobs"]?.AsArray().Select(j => j?["action"]?.GetValue<string>());
        Assert.Equal(["create", "skip", "blocked"], actions);
    }

    [Fact]
    public async Task Diagnostics_OfEveryKind_FitTheirSchema()
    {
        using var folder = new TemporaryFolder();
        folder.Write("flow.yaml", """
            apiVersion: gmiklingflow/v1
            kind: Flow
            name: wrong
            env: [NOT_SET_ANYWHERE]
            videos: { v: { source: "https://e.com/v.mp4", duration: 10s } }
            audio: { s: { source: "https://e.com/s.mp3", duration: 3s } }
            jobs:
              - { id: one, video: v, output: same.mp4, faces: [{ face: { only: true }, audio: s }] }
              - { id: two, video: v, output: Same.mp4, faces: [{ face: { only: true }, audio: t, sound_volume: 3 }] }
              - { id: one, video: v, faces: [{ face: { at: 11s }, audio: s, sound_end_time: 9s }] }
            """);

        var all = await new CliRunner(folder.Path).RunAsync("validate", "flow.yaml", "nothing.yaml", "--var", "x=1", "--format", "json");
        var none = await new CliRunner(folder.Path).RunAsync("validate", RepositoryFolder.Combine("examples", "quickstart", "flow.yaml"), "--format", "json");

        AssertFits("diagnostics.v1.schema.json", all.Output);
        AssertFits("diagnostics.v1.schema.json", none.Output);
        var told = JsonNode.Parse(all.Output)?["diagnostics"]?.AsArray() ?? [];
        Assert.True(told.Count >= 6, all.Output);
        Assert.Contains(told, d => d?["file"] is null);
        Assert.Contains(told, d => d?["related"]?.AsArray().Count > 0);
        Assert.Contains(told, d => d?["severity"]?.GetValue<string>() == "warning");
    }

    [Theory]
    [InlineData("flow")]
    [InlineData("plan")]
    [InlineData("results")]
    [InlineData("faces-lock")]
    [InlineData("diagnostics")]
    public async Task SchemaCommand_Prints_TheCommittedFile(string name)
    {
        var printed = await new CliRunner(Path.GetTempPath()).RunAsync("schema", name);

        Assert.Equal(File.ReadAllText(RepositoryFolder.Combine("schemas", $"{name}.v1.schema.json")).ReplaceLineEndings("\n"), printed.Output);
    }

    private static void AssertFits(string schema, string json)
    {
        var errors = SchemaJudge.Errors(schema, JsonNode.Parse(json))[0];
        Assert.True(errors.Count == 0, $"{string.Join('\n', errors)}\n{json}");
    }

    // Numbers by value: YAML's 0.0 and JSON's 0 are one number.
    private static JsonNode? Normal(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map.Select(m => KeyValuePair.Create(m.Key, Normal(m.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Normal)]),
        JsonValue value when value.GetValueKind() == System.Text.Json.JsonValueKind.Number => JsonValue.Create(double.Parse(value.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture)),
        _ => node?.DeepClone(),
    };

    private static void CopyFolder(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories).Where(f => !f.Contains(".gkflow", StringComparison.Ordinal)))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target) ?? to);
            File.Copy(file, target);
        }
    }
}
