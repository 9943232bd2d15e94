using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace GmiKlingFlow.EndToEnd.Tests;

/// <summary>Promise 3: what <c>plan</c> shows is byte for byte what <c>run</c> sends, after the unknowns are filled in.</summary>
public sealed class PlanIsTheTruthTests
{
    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static TheoryData<string> Examples => [.. ExampleFolder.Names];

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task Run_EveryRequest_IsThePlansPayload(string example)
    {
        using var folder = new ExampleFolder();
        await using var service = await LocalService.StartAsync(Directory.GetFiles(folder.File($"examples/{example}/clips"), "*.mp4"));
        var flow = $"examples/{example}/flow.yaml";

        var plan = await PublishedProgram.RunAsync(folder.Path, service.Environment, "plan", flow, "--format", "json");
        var run = await PublishedProgram.RunAsync(folder.Path, service.Environment, "run", flow);

        Assert.True(plan.ExitCode == 0, plan.Error);
        Assert.True(run.ExitCode == 0, run.Error + run.Output);
        AssertSent(plan.Output, service);
        Assert.Empty(service.Server.Ledger.StrayAuthorizations);
        Assert.DoesNotContain(LocalService.Key, plan.Output + plan.Error + run.Output + run.Error, StringComparison.Ordinal);
        foreach (var file in Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories))
        {
            Assert.False(Contains(await File.ReadAllBytesAsync(file), LocalService.Key), $"The key is in '{file}'.");
        }
    }

    [Fact]
    public async Task Run_FlowWithEveryKindOfUnknown_IsThePlansPayload()
    {
        using var folder = new ExampleFolder("a folder with 'quotes' and 🎬");
        var audio = folder.File("examples/quickstart/audio/voice ü.m4a");
        await Testing.Ffmpeg.MakeToneAsync(audio);
        File.WriteAllText(folder.File("examples/quickstart/every.yaml"), """
            apiVersion: gmiklingflow/v1
            kind: Flow
            name: every
            vars: { lead_in: 250ms, cdn: none }
            videos: { host: { source: clips/host.mp4, faces: { anna: { longest: true } } } }
            audio: { tone: { source: "audio/voice ü.m4a" }, hello: { source: audio/hello.wav } }
            jobs:
              - id: residual
                video: host
                faces: [{ face: anna, audio: tone, sound_end_time: 2.5s, sound_insert_time: "{{ face.start_time + ms(vars.lead_in) }}", sound_volume: "{{ face.id == '0' ? 1.5 : 1 }}" }]
              - id: verbatim
                video: host
                face_choose: [{ face_id: "0", sound_file: "{{ vars.cdn }}hello.wav", sound_insert_time: 1000, sound_start_time: 0, sound_end_time: 3000, sound_volume: 2, original_audio_volume: 0.25 }]
            """);
        await using var service = await LocalService.StartAsync(folder.File("examples/quickstart/audio"), []);
        string[] flow = ["examples/quickstart/every.yaml", "--var", $"cdn={service.Server.MediaUrl}"];

        var plan = await PublishedProgram.RunAsync(folder.Path, service.Environment, ["plan", .. flow, "--format", "json"]);
        var run = await PublishedProgram.RunAsync(folder.Path, service.Environment, ["run", .. flow]);

        Assert.True(plan.ExitCode == 0, plan.Error);
        Assert.True(run.ExitCode == 0, run.Error + run.Output);
        AssertSent(plan.Output, service);
    }

    [Fact]
    public async Task Run_ChainedPasses_AreThePlansPayloads()
    {
        using var folder = new ExampleFolder();
        await using var service = await LocalService.StartAsync(Directory.GetFiles(folder.File("examples/two-speakers/clips"), "*.mp4"));
        string[] flow = ["examples/two-speakers/flow.yaml", "--multi-face", "chain"];

        var plan = await PublishedProgram.RunAsync(folder.Path, service.Environment, ["plan", .. flow, "--format", "json"]);
        var run = await PublishedProgram.RunAsync(folder.Path, service.Environment, ["run", .. flow]);
        var again = await PublishedProgram.RunAsync(folder.Path, service.Environment, ["run", .. flow]);
        var status = await PublishedProgram.RunAsync(folder.Path, service.Environment, "status", flow[0], "--job", "interview", "--format", "json");

        Assert.True(plan.ExitCode == 0, plan.Error);
        Assert.True(run.ExitCode == 0, run.Error + run.Output);
        Assert.Equal(0, again.ExitCode);
        AssertSent(plan.Output, service);
        string[] passes = ["kling-identify-face", "kling-lip-sync", "kling-identify-face", "kling-lip-sync"];
        Assert.Equal(passes, service.Server.ReceivedPayloads().Select(r => r.Model));
        Assert.Equal(passes, JsonNode.Parse(status.Output)?["jobs"]?[0]?["requests"]?.AsArray().Select(r => r?["model"]?.GetValue<string>()));
        Assert.Empty(service.Server.Ledger.StrayAuthorizations);
    }

    [Fact]
    public async Task Plan_AfterTheRun_HasNothingLeftToSend()
    {
        using var folder = new ExampleFolder();
        await using var service = await LocalService.StartAsync();
        var run = await PublishedProgram.RunAsync(folder.Path, service.Environment, "run", "examples/quickstart/flow.yaml");
        var received = service.Server.ReceivedPayloads().Count;

        var plan = await PublishedProgram.RunAsync(folder.Path, service.Environment, "plan", "examples/quickstart/flow.yaml", "--detailed-exitcode");
        var again = await PublishedProgram.RunAsync(folder.Path, service.Environment, "run", "examples/quickstart/flow.yaml");

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.True(plan.ExitCode == 0, plan.Output);
        Assert.Equal(0, again.ExitCode);
        Assert.Equal(received, service.Server.ReceivedPayloads().Count);
    }

    private static void AssertSent(string planJson, LocalService service)
    {
        var steps = JsonNode.Parse(planJson)?["jobs"]?.AsArray().SelectMany(j => j?["steps"]?.AsArray() ?? []).ToList() ?? [];
        var received = service.Server.ReceivedPayloads().Select(r => (r.Model, Text: Encoding.UTF8.GetString(r.Payload.Span))).ToList();
        Assert.NotEmpty(steps);
        Assert.NotEmpty(received);

        // Each request that was sent is a step of the plan, and each step was sent: a shared identify once for all.
        foreach (var (model, text) in received)
        {
            Assert.Contains(steps, step => step?["model"]?.GetValue<string>() == model && Filled(step, text) == text);
        }

        foreach (var step in steps)
        {
            Assert.Contains(received, r => r.Model == step?["model"]?.GetValue<string>() && step is not null && Filled(step, r.Text) == r.Text);
        }
    }

    // The plan's payload with what was unknown taken from the request that was sent.
    private static string? Filled(JsonNode step, string sent)
    {
        var payload = step["payload"]?.DeepClone() ?? throw new JsonException("No payload.");
        var source = JsonNode.Parse(sent);
        foreach (var pointer in step["unknown"]?.AsArray().Select(u => u?.GetValue<string>() ?? "") ?? [])
        {
            var names = pointer.Split('/')[1..];
            JsonNode? parent = payload, from = source;
            foreach (var name in names[..^1])
            {
                (parent, from) = (Member(parent, name), Member(from, name));
            }

            if (parent is null || Member(from, names[^1]) is not { } value)
            {
                return null;
            }

            Assert.Null(Member(parent, names[^1]));
            parent.AsObject()[names[^1]] = value.DeepClone();
        }

        return payload.ToJsonString(Compact);
    }

    private static JsonNode? Member(JsonNode? node, string name) => node switch
    {
        JsonArray list => list[int.Parse(name, System.Globalization.CultureInfo.InvariantCulture)],
        JsonObject map => map[name],
        _ => null,
    };

    private static bool Contains(byte[] content, string text) => content.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;
}
