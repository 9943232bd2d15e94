using System.Security.Cryptography;
using System.Text.Json.Nodes;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Simulator;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Cli.Tests.Commands;

public sealed class ProvenanceTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Results_OfAFlowOfManyFiles_NameEachWithItsHash()
    {
        ExampleFlow.CopyTo(folder, "subtitles");
        folder.Write("subtitles/shared/more.yaml", "vars: { unused: 1 }");
        folder.Write("subtitles/over.yaml", "unused: 2");
        var flow = folder.File("subtitles/flow.yaml");
        File.WriteAllText(flow, File.ReadAllText(flow).Replace("\ndefaults:", "\ninclude: [shared/more.yaml]\n\ndefaults:", StringComparison.Ordinal));
        var cli = new CliRunner(folder.Path);
        await cli.RunAsync("identify", "subtitles/flow.yaml", "--simulate");

        var run = await cli.RunAsync("run", "subtitles/flow.yaml", "--simulate", "--var-file", "subtitles/over.yaml");

        Assert.True(run.ExitCode == 0, run.Error);
        var output = folder.File("subtitles/out/subtitles");
        var results = JsonNode.Parse(File.ReadAllText(Path.Combine(output, "results.json")));
        var inputs = results?["inputs"]?.AsArray() ?? [];
        Assert.Equal(
            ["flow", "include", "var_file", "faces_lock", "subtitles", "video", "audio"],
            inputs.Select(input => input?["kind"]?.GetValue<string>()).Distinct());
        Assert.All(inputs, input =>
        {
            var file = Path.Combine(output, input?["file"]?.GetValue<string>() ?? "");
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file))), input?["sha256"]?.GetValue<string>());
            Assert.Equal(new FileInfo(file).Length, input?["bytes"]?.GetValue<long>());
        });
        Assert.Equal("kling-2026-11", results?["run"]?["rule_profile"]?.GetValue<string>());
        var names = inputs.Select(input => input?["file"]?.GetValue<string>()).ToHashSet();
        Assert.All(results?["jobs"]?.AsArray() ?? [], job => Assert.All(job?["inputs"]?.AsArray() ?? [], name => Assert.Contains(name?.GetValue<string>(), names)));
        Assert.All(results?["jobs"]?.AsArray() ?? [], job => Assert.True(job?["inputs"]?.AsArray().Count >= 3, run.Output));
    }

    [Fact]
    public async Task Results_RunThatSendsNothing_NamesTheServiceAllTheSame()
    {
        var flow = ExampleFlow.CopyTo(folder, "quickstart");
        await using var simulator = await SimulatorServer.StartAsync(
            new SimulatorOptions { Speed = 50, Render = false, MediaFiles = [folder.File("quickstart/clips/host.mp4")] }, TimeProvider.System, CancellationToken.None);
        var cli = new CliRunner(folder.Path) { Environment = { ["GMI_API_KEY"] = "key-for-a-simulator", ["GMI_BASE_URL"] = simulator.BaseUrl.AbsoluteUri } };
        await cli.RunAsync("run", flow, "--yes");

        var again = await cli.RunAsync("run", flow, "--yes");

        Assert.True(again.ExitCode == 0, again.Error);
        var results = JsonNode.Parse(File.ReadAllText(folder.File("quickstart/out/quickstart/results.json")));
        Assert.Equal(("reused", "127.0.0.1"), (results?["jobs"]?[0]?["status"]?.GetValue<string>(), results?["run"]?["host"]?.GetValue<string>()));
    }

    [Fact]
    public async Task Results_Payloads_AreThoseThatTheServiceReceived()
    {
        var flow = ExampleFlow.CopyTo(folder, "quickstart");
        await using var simulator = await SimulatorServer.StartAsync(
            new SimulatorOptions { Speed = 50, Render = false, MediaFiles = [folder.File("quickstart/clips/host.mp4")] }, TimeProvider.System, CancellationToken.None);
        var cli = new CliRunner(folder.Path) { Environment = { ["GMI_API_KEY"] = "key-for-a-simulator" } };

        var run = await cli.RunAsync("run", flow, "--base-url", simulator.BaseUrl.AbsoluteUri, "--inline-audio", "--yes");

        Assert.True(run.ExitCode == 0, run.Error);
        var results = JsonNode.Parse(File.ReadAllText(folder.File("quickstart/out/quickstart/results.json")));
        var steps = results?["jobs"]?[0]?["steps"]?.AsArray() ?? [];
        Assert.Equal([ModelNames.IdentifyFace, ModelNames.LipSync], steps.Select(step => step?["model"]?.GetValue<string>()));
        Assert.StartsWith("http", steps[0]?["payload"]?["video_url"]?.GetValue<string>(), StringComparison.Ordinal);
        var audio = results?["inputs"]?.AsArray().Single(input => input?["kind"]?.GetValue<string>() == "audio");
        var sound = steps[1]?["payload"]?["face_choose"]?[0]?["sound_file"]?.GetValue<string>();
        Assert.Equal($"base64;bytes={audio?["bytes"]};sha256={audio?["sha256"]}", sound);
        Assert.Equal(500, steps[1]?["payload"]?["face_choose"]?[0]?["sound_insert_time"]?.GetValue<int>());
        Assert.All(steps, step => Assert.Equal(64, step?["payload_sha256"]?.GetValue<string>().Length));
    }
}
