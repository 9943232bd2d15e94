using System.Text.Json.Nodes;
using System.Xml.Linq;
using GmiKlingFlow.Cli.Hosting;
using GmiKlingFlow.Cli.Tests.Schemas;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Cli.Tests.Commands;

/// <summary>Two shards of an example, run once and merged in every way.</summary>
public sealed class MergeCommandTests(MergeCommandTests.Shards shards) : IClassFixture<MergeCommandTests.Shards>
{
    private static readonly string[] Both = ["one", "two/results.json"];

    [Fact]
    public async Task RunAsync_AllShards_WritesOneManifestOfAllJobs()
    {
        var result = await shards.RunAsync("merge", [.. Both, "-o", "all/results.json", "--junit", "all/run.xml"]);

        Assert.Equal(ExitCodes.Done, result.ExitCode);
        Assert.Contains("Run: 3 succeeded · simulated: nothing was spent, the service would have cost about $0.294", result.Output, StringComparison.Ordinal);
        Assert.EndsWith("Merged 2 runs into all/results.json.\n", result.Output, StringComparison.Ordinal);
        var merged = JsonNode.Parse(File.ReadAllText(shards.File("all/results.json")));
        Assert.Empty(SchemaJudge.Errors("results.v1.schema.json", merged)[0]);
        Assert.Equal(3, XDocument.Load(shards.File("all/run.xml")).Descendants("testcase").Count());
    }

    [Fact]
    public async Task RunAsync_Merged_CanBeVerified()
    {
        await shards.RunAsync("merge", [.. Both, "-o", "above.json"]);

        var result = await shards.RunAsync("verify", "above.json");

        Assert.True(result.ExitCode == ExitCodes.Done, result.Output + result.Error);
    }

    [Fact]
    public async Task RunAsync_YamlFile_HoldsTheSame()
    {
        await shards.RunAsync("merge", [.. Both, "-o", "same/results.json"]);
        await shards.RunAsync("merge", [.. Both, "-o", "same/results.yaml"]);

        var again = await shards.RunAsync("merge", [.. Both, "-o", "same/results.yaml"]);

        Assert.Equal(ExitCodes.Done, again.ExitCode);
        Assert.Equal(
            JsonNode.Parse(File.ReadAllText(shards.File("same/results.json")))?["jobs"]?.AsArray().Count,
            YamlAsJson.Parse(File.ReadAllText(shards.File("same/results.yaml")))?["jobs"]?.AsArray().Count);
    }

    [Fact]
    public async Task RunAsync_ShardMissing_ExitsTwoAndNamesIt()
    {
        var result = await shards.RunAsync("merge", "one", "-o", "none.json");

        Assert.Equal(ExitCodes.WrongInput, result.ExitCode);
        Assert.StartsWith("error GKF9076: \"2/2\" is missing: ", result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(shards.File("none.json")));
    }

    [Fact]
    public async Task RunAsync_ShardMissingAllowed_ExitsSix()
    {
        var result = await shards.RunAsync("merge", "one", "-o", "some.json", "--allow-missing");

        Assert.Equal(ExitCodes.NotSettled, result.ExitCode);
        Assert.Contains("GKF9076: Shard 2/2, which this job belongs to, is not among the merged results.", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_FormatJson_PrintsTheManifest()
    {
        var result = await shards.RunAsync("merge", [.. Both, "--format", "json"]);

        Assert.Empty(SchemaJudge.Errors("results.v1.schema.json", JsonNode.Parse(result.Output))[0]);
    }

    [Theory]
    [InlineData("GKF9074", "one", "one", "-o", "x.json")]
    [InlineData("GKF9082", "one", "two")]
    [InlineData("GKF9083", "one", "two", "-o", "localisation/flow.yaml")]
    [InlineData("GKF9083", "one", "two", "-o", "one")]
    [InlineData("GKF9084", "one", "two", "-o", "one/results.json")]
    [InlineData("GKF9084", "one", "two", "-o", "two/results.yaml")]
    [InlineData("GKF9071", "one", "two", "-o", "x.json", "--junit", "localisation/flow.yaml")]
    public async Task RunAsync_WrongLine_IsRefusedAndWritesNothing(string code, params string[] arguments)
    {
        var before = File.ReadAllText(shards.File("localisation/flow.yaml"));

        var result = await shards.RunAsync("merge", arguments);

        Assert.Equal(ExitCodes.WrongInput, result.ExitCode);
        Assert.StartsWith($"error {code}:", result.Error, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(shards.File("localisation/flow.yaml")));
        Assert.False(File.Exists(shards.File("x.json")));
    }

    [Fact]
    public async Task RunAsync_FilesThatAreNoResults_AreAllNamed()
    {
        var result = await shards.RunAsync("merge", "localisation", "localisation/flow.yaml", "-o", "x.json");

        Assert.Equal(ExitCodes.WrongInput, result.ExitCode);
        Assert.Equal(2, result.Error.Split("error GKF").Length - 1);
    }

    public sealed class Shards : IAsyncLifetime
    {
        private readonly TemporaryFolder folder = new();

        public async ValueTask InitializeAsync()
        {
            var flow = ExampleFlow.CopyTo(folder, "localisation");
            await RunAsync("run", flow, "--simulate", "--shard", "1/2", "--out", "one", "--state", "state-1");
            await RunAsync("run", flow, "--simulate", "--shard", "2/2", "--out", "two", "--state", "state-2");
        }

        public ValueTask DisposeAsync()
        {
            folder.Dispose();
            return ValueTask.CompletedTask;
        }

        internal string File(string name) => folder.File(name);

        internal Task<CliResult> RunAsync(string command, params string[] arguments) => new CliRunner(folder.Path).RunAsync([command, .. arguments]);
    }
}
