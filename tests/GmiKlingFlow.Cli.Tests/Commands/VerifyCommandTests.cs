using System.Text.Json.Nodes;
using GmiKlingFlow.Cli.Hosting;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Cli.Tests.Commands;

/// <summary>One simulated run, and what becomes of its files.</summary>
public sealed class VerifiedRun : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();

    public async ValueTask InitializeAsync()
    {
        ExampleFlow.CopyTo(folder, "quickstart");
        var run = await new CliRunner(folder.Path).RunAsync("run", "quickstart/flow.yaml", "--simulate");
        Assert.True(run.ExitCode == 0, run.Error);
    }

    /// <summary>A copy that a test may spoil.</summary>
    public TemporaryFolder Copy()
    {
        var copy = new TemporaryFolder();
        foreach (var file in Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories))
        {
            var target = copy.File(Path.GetRelativePath(folder.Path, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target) ?? copy.Path);
            File.Copy(file, target);
        }

        return copy;
    }

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }
}

public sealed class VerifyCommandTests : IClassFixture<VerifiedRun>, IDisposable
{
    private const string Output = "quickstart/out/quickstart";
    private const string Manifest = $"{Output}/results.json";

    private readonly TemporaryFolder folder;

    public VerifyCommandTests(VerifiedRun run) => folder = run.Copy();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(Manifest)]
    [InlineData(Output)]
    public async Task RunAsync_NothingTouched_IsWhole(string given)
    {
        var result = await VerifyAsync(given);

        Assert.Equal(ExitCodes.Done, result.ExitCode);
        Assert.StartsWith($"Verify: 4 whole · {given}\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("rules kling-2026-11 · simulated", result.Output, StringComparison.Ordinal);
        Assert.Equal("", result.Error);
    }

    [Fact]
    public async Task RunAsync_MovedAsAWhole_IsStillWhole()
    {
        Directory.Move(folder.File("quickstart"), folder.File("moved"));

        var result = await VerifyAsync("moved/out/quickstart/results.json");

        Assert.Equal(ExitCodes.Done, result.ExitCode);
    }

    [Fact]
    public async Task RunAsync_ChangedAndMissing_AreToldByNameAndExitOne()
    {
        File.AppendAllText(folder.File("quickstart/flow.yaml"), "# another byte\n");
        SpoilOneByte(folder.File($"{Output}/host-hello.mp4"));
        File.Delete(folder.File("quickstart/audio/hello.wav"));

        var text = await VerifyAsync(Manifest);
        var json = await VerifyAsync(Manifest, "--format", "json");

        Assert.Equal((ExitCodes.JobFailed, ExitCodes.JobFailed), (text.ExitCode, json.ExitCode));
        Assert.StartsWith("Verify: 2 changed, 1 missing, 1 whole · ", text.Output, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^  changed    flow       ../../flow\.yaml · \d+ bytes, not \d+$", text.Output);
        Assert.Matches(@"(?m)^  changed    output     host-hello\.mp4 · job host-hello · sha256 [0-9a-f]{8}… → [0-9a-f]{8}…$", text.Output);
        Assert.Matches(@"(?m)^  missing    audio      ../../audio/hello\.wav$", text.Output);
        var files = JsonNode.Parse(json.Output)?["manifests"]?[0]?["files"]?.AsArray() ?? [];
        Assert.Equal(["changed", "whole", "missing", "changed"], files.Select(file => file?["verdict"]?.GetValue<string>()));
        Assert.Equal(2, JsonNode.Parse(json.Output)?["summary"]?["changed"]?.GetValue<int>());
        Assert.False(JsonNode.Parse(json.Output)?["manifests"]?[0]?["whole"]?.GetValue<bool>());
    }

    [Theory]
    [InlineData("outputs", "Verify: 1 whole")]
    [InlineData("inputs", "Verify: 3 whole")]
    public async Task RunAsync_Only_LooksAtThoseAlone(string only, string verdict)
    {
        var result = await VerifyAsync(Manifest, "--only", only);

        Assert.Equal(ExitCodes.Done, result.ExitCode);
        Assert.StartsWith(verdict, result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_ResultsOfAnOlderRelease_HoldsTheFlowAlone()
    {
        File.Copy(RepositoryFolder.Combine("tests", "GmiKlingFlow.Runtime.Tests", "Results", "Fixtures", "results-before-provenance.json"), folder.File("old.json"));

        var result = await VerifyAsync("old.json");

        Assert.Equal(ExitCodes.JobFailed, result.ExitCode);
        Assert.Contains("These results are of a release that told no inputs but the flow.", result.Output, StringComparison.Ordinal);
        Assert.Contains("missing    output     a.mp4 · job a", result.Output, StringComparison.Ordinal);
        Assert.Contains("1 job made no video in this run.", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../../flow.yaml")]
    [InlineData("/etc/hostname")]
    [InlineData("a/../../b.mp4")]
    [InlineData("a\u0000b.mp4")]
    [InlineData("")]
    public async Task RunAsync_OutputOutsideItsFolder_IsNotLookedAtAndExitsTwo(string file)
    {
        Edit(manifest => Put(manifest["jobs"]?[0]?["output"], "file", file));

        var result = await VerifyAsync(Manifest);

        Assert.Equal(ExitCodes.WrongInput, result.ExitCode);
        Assert.Contains("1 refused, 3 whole", result.Output, StringComparison.Ordinal);
        Assert.Contains("it would lie outside the manifest's folder", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\0", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_OutputIsALink_IsChanged()
    {
        File.Move(folder.File($"{Output}/host-hello.mp4"), folder.File("elsewhere.mp4"));
        File.CreateSymbolicLink(folder.File($"{Output}/host-hello.mp4"), folder.File("elsewhere.mp4"));

        var result = await VerifyAsync(Manifest);

        Assert.Equal(ExitCodes.JobFailed, result.ExitCode);
        Assert.Contains("\"host-hello.mp4\" is a link", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/dev/zero", 0)]
    [InlineData("/dev/zero", 5)]
    [InlineData("/proc/self/mem", 5)]
    public async Task RunAsync_InputIsADevice_EndsAndIsChanged(string device, long bytes)
    {
        Edit(manifest =>
        {
            Put(manifest["inputs"]?[1], "file", device);
            Put(manifest["inputs"]?[1], "bytes", bytes);
        });

        var result = await VerifyAsync(Manifest);

        Assert.Equal(ExitCodes.JobFailed, result.ExitCode);
        Assert.Contains("3 whole", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "it is empty")]
    [InlineData("[]", "it is not a results manifest")]
    [InlineData("null", "it is JSON, but not of a run's results")]
    [InlineData("{}", "it is JSON, but not of a run's results")]
    [InlineData("""{"apiVersion":"gmiklingflow/v1","kind":"Results","flow":{"file":"f","sha256":"0"},"run":{"id":"r"},"jobs":[null],"summary":{}}""", "it is JSON, but not of a run's results")]
    [InlineData("""{"jobs": [}""", "it is not a results manifest (line 1, column 11)")]
    [InlineData("apiVersion: gmiklingflow/v1", "it is not a results manifest (line 1, column 1)")]
    [InlineData("\0\0\0\0", "it is not a results manifest (line 1, column 1)")]
    public async Task RunAsync_NoResults_ExitsTwoAndSaysWhy(string content, string reason)
    {
        folder.Write("no.json", content);

        var result = await VerifyAsync("no.json");

        Assert.Equal(ExitCodes.WrongInput, result.ExitCode);
        Assert.StartsWith($"error GKF9110: \"no.json\" can't be used: {reason}", result.Error.Replace("\n    ", " ", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("missing.json", "there is no such file")]
    [InlineData($"{Output}/results.yaml", "it is not JSON; name the results.json beside it")]
    [InlineData("/dev/zero", "it is empty")]
    public async Task RunAsync_NothingToRead_ExitsTwoAndSaysWhy(string given, string reason)
    {
        var result = await VerifyAsync(given, Manifest);

        Assert.Equal(ExitCodes.WrongInput, result.ExitCode);
        Assert.Contains(reason, result.Error.Replace("\n    ", " ", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.StartsWith("Verify: 4 whole", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_DeepNesting_IsRefused()
    {
        folder.Write("deep.json", new string('[', 100_000));

        Assert.Equal(ExitCodes.WrongInput, (await VerifyAsync("deep.json")).ExitCode);
    }

    private Task<CliResult> VerifyAsync(params string[] args) => new CliRunner(folder.Path).RunAsync(["verify", .. args]);

    private void Edit(Action<JsonNode> change)
    {
        var manifest = JsonNode.Parse(File.ReadAllText(folder.File(Manifest)));
        Assert.NotNull(manifest);
        change(manifest);
        File.WriteAllText(folder.File(Manifest), manifest.ToJsonString());
    }

    private static void Put(JsonNode? at, string name, JsonNode value) => Assert.IsType<JsonObject>(at)[name] = value;

    private static void SpoilOneByte(string file)
    {
        var bytes = File.ReadAllBytes(file);
        bytes[^1] ^= 1;
        File.WriteAllBytes(file, bytes);
    }
}
