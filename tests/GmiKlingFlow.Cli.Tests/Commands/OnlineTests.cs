using System.Text.Json.Nodes;
using GmiKlingFlow.Cli.Hosting;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Cli.Tests.Commands;

/// <summary><c>--online</c> on validate, plan and run, against a real server on this machine.</summary>
public sealed class OnlineTests : IAsyncLifetime
{
    // Only a service on this machine can fetch what the tests serve.
    private const string ServiceHere = "http://127.0.0.1:9/api/v1/ie/requestqueue/apikey";

    private readonly TemporaryFolder folder = new();
    private readonly byte[] video = File.ReadAllBytes(RepositoryFolder.Combine("examples", "quickstart", "clips", "host.mp4"));
    private readonly byte[] sound = File.ReadAllBytes(RepositoryFolder.Combine("examples", "quickstart", "audio", "hello.wav"));
    private readonly ScriptedServer server;
    private byte[]? other;

    public OnlineTests() => server = new ScriptedServer(request => request.Target.Split('?')[0] switch
    {
        "/host.mp4" => Whole(video),
        "/hello.wav" => Whole(other ?? sound),
        _ => ScriptedReply.Body(404, []),
    });

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Validate_WithoutOnline_AsksNobody()
    {
        WriteFlow("hello.wav", "duration: 4.983s");

        var result = await new CliRunner(folder.Path).RunAsync("validate", "flow.yaml");

        Assert.Equal(ExitCodes.Done, result.ExitCode);
        Assert.Equal(0, server.Connections);
    }

    [Fact]
    public async Task Validate_Online_NeedsNoDuration()
    {
        WriteFlow("hello.wav?sig=SECRET");

        var result = await new CliRunner(folder.Path) { Environment = { ["GMI_API_KEY"] = "KEY-THAT-STAYS-HERE" } }.RunAsync("validate", "flow.yaml", "--online");

        Assert.True(result.ExitCode == ExitCodes.Done, result.Error);
        Assert.DoesNotContain("error", result.Error, StringComparison.Ordinal);
        Assert.NotEmpty(server.Requests);
        Assert.All(server.Requests, request => Assert.DoesNotContain("KEY-THAT", request.All, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("validate")]
    [InlineData("plan")]
    [InlineData("run")]
    [InlineData("identify")]
    public async Task Online_MissingFile_IsToldOnceAtItsPlace(string command)
    {
        WriteFlow("helo.wav?sig=SECRET");
        string[] simulated = command is "run" or "identify" ? ["--simulate"] : [];

        var result = await new CliRunner(folder.Path) { Environment = { ["GMI_BASE_URL"] = ServiceHere } }.RunAsync([command, "flow.yaml", "--online", .. simulated]);

        Assert.Equal(ExitCodes.WrongInput, result.ExitCode);
        Assert.Matches(@"(?m)^flow\.yaml:5:\d+: error GKF5010: ""http://127\.0\.0\.1:\d+/helo\.wav"" answers 404", result.Error);
        Assert.DoesNotContain("error GKF4", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", result.Error.Split('\n').Single(line => line.Contains("error GKF5010", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plan_Online_IsThePlanOfTheSameFileHere()
    {
        WriteFlow("hello.wav");
        var online = await PlannedAsync("flow.yaml", "--online");
        folder.Write("here.yaml", File.ReadAllText(folder.File("flow.yaml")).Replace($"\"{server.Url}", "\"", StringComparison.Ordinal));
        File.WriteAllBytes(folder.File("host.mp4"), video);
        File.WriteAllBytes(folder.File("hello.wav"), sound);
        var here = await PlannedAsync("here.yaml");

        var (first, second) = (Sync(online), Sync(here));
        Assert.NotNull(first?["sound_end_time"]);
        Assert.Equal(second?["sound_end_time"]?.ToJsonString(), first?["sound_end_time"]?.ToJsonString());
    }

    [Fact]
    public async Task Plan_WhatIsSentIsTheSame_HasTheSameKeyWithAndWithoutOnline()
    {
        WriteFlow("hello.wav", "duration: 4.983s");

        var (online, offline) = (await PlannedAsync("flow.yaml", "--online"), await PlannedAsync("flow.yaml"));

        Assert.Equal(offline, online);
    }

    [Fact]
    public async Task Plan_OnlineTwice_IsTheSameToTheByte()
    {
        WriteFlow("hello.wav");

        Assert.Equal(await PlannedAsync("flow.yaml", "--online"), await PlannedAsync("flow.yaml", "--online"));
    }

    [Fact]
    public async Task Validate_TwoFlowsWithOneUrl_AskForItOnce()
    {
        WriteFlow("hello.wav");
        folder.Write("second.yaml", File.ReadAllText(folder.File("flow.yaml")).Replace("name: far", "name: second", StringComparison.Ordinal));

        await new CliRunner(folder.Path).RunAsync("validate", "flow.yaml", "second.yaml", "--online");

        Assert.Equal(4, server.Requests.Count);
    }

    [Fact]
    public async Task Validate_UrlMadeOfAnotherFilesLength_IsLookedAtToo()
    {
        WriteFlow("hello.wav");
        var text = File.ReadAllText(folder.File("flow.yaml"));
        folder.Write("flow.yaml", text.Replace("audio: hello }", $"sound_file: \"{server.Url}{{{{ video.duration_ms }}}}.wav\" }}", StringComparison.Ordinal));

        var result = await new CliRunner(folder.Path).RunAsync("validate", "flow.yaml", "--online");

        Assert.Contains("/6000.wav\" answers 404", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_PlanSavedOnline_LooksAgainAndRefusesAnotherFile()
    {
        WriteFlow("hello.wav");
        var runner = new CliRunner(folder.Path) { Environment = { ["GMI_BASE_URL"] = ServiceHere } };
        var planned = await runner.RunAsync("plan", "flow.yaml", "--online", "--simulate", "-o", "plan.json");
        other = File.ReadAllBytes(RepositoryFolder.Combine("examples", "localisation", "audio", "hello.de.mp3"));

        var result = await runner.RunAsync("run", "plan.json");

        Assert.True(planned.ExitCode == ExitCodes.Done, planned.Error);
        Assert.True(JsonNode.Parse(File.ReadAllText(folder.File("plan.json")))?["inputs"]?["online"]?.GetValue<bool>());
        Assert.Empty(SchemaJudge.Errors("plan.v1.schema.json", JsonNode.Parse(File.ReadAllText(folder.File("plan.json"))))[0]);
        Assert.True(result.ExitCode == ExitCodes.RefusedBeforeSpending, result.Error);
        Assert.Contains("error GKF4212: \"plan.json\" is no longer what a run would do", result.Error, StringComparison.Ordinal);
    }

    private static ScriptedReply Whole(byte[] file) => ScriptedReply.Body(200, file);

    private static JsonNode? Sync(string plan) =>
        JsonNode.Parse(plan)?["jobs"]?[0]?["steps"]?.AsArray().Select(step => step?["payload"]?["face_choose"]?[0]).FirstOrDefault(choice => choice is not null);

    private async Task<string> PlannedAsync(string flow, params string[] options)
    {
        var result = await new CliRunner(folder.Path) { Environment = { ["GMI_BASE_URL"] = ServiceHere } }.RunAsync(["plan", flow, "--format", "json", .. options]);
        Assert.True(result.ExitCode == ExitCodes.Done, result.Error);
        return result.Output;
    }

    private void WriteFlow(string audio, string more = "") => folder.Write("flow.yaml", $$"""
        apiVersion: gmiklingflow/v1
        kind: Flow
        name: far
        videos: { host: { source: "{{server.Url}}host.mp4", faces: { anna: { id: "0" } } } }
        audio: { hello: { source: "{{server.Url}}{{audio}}"{{(more.Length == 0 ? "" : $", {more}")}} } }
        jobs:
          - { id: a, video: host, faces: [{ face: anna, audio: hello }] }

        """);
}
