using System.Text.Json.Nodes;
using GmiKlingFlow.Core.Manifests;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Cli.Tests.Schemas;

public sealed class FlowSchemaTests
{
    private const string Head = "apiVersion: gmiklingflow/v1\nkind: Flow\nname: t\n";
    private const string Sources = "videos: { v: { source: 'https://e.com/v.mp4', duration: 10s, faces: { a: { id: '0' } } } }\naudio: { s: { source: 'https://e.com/s.mp3', duration: 3s } }\n";
    private const string Jobs = "jobs: [{ id: j, video: v, faces: [{ face: a, audio: s }] }]\n";

    // Binder's object -> where the schema describes it.
    private static readonly Dictionary<string, string> Described = new(StringComparer.Ordinal)
    {
        ["flow"] = "",
        ["video"] = "video",
        ["audio"] = "audio",
        ["face selector"] = "faceSelector",
        ["defaults"] = "defaults",
        ["face entry"] = "entry",
        ["job"] = "job",
        ["run"] = "run",
        ["face_choose entry"] = "faceChoose",
    };

    public static TheoryData<string, string> GoodFlows => new()
    {
        { "plain", Head + Sources + Jobs },
        { "extension key", Head + "x-note: { any: [thing] }\n" + Sources + Jobs },
        { "run", Head + Sources + Jobs + "run: { concurrency: 2, deadline: 30m, budget_usd: 2.5, multi_face: together, poll: { min: 2s, max: 15s }, settle_after: 60s }\n" },
        { "matrix and when", Head + Sources + "jobs: [{ id: 'j-{{ matrix.l }}', matrix: { l: [en, de], exclude: [{ l: de }] }, when: \"{{ matrix.l != 'fr' }}\", video: v, faces: [{ face: a, audio: s }] }]\n" },
        { "verbatim", Head + Sources + "jobs: [{ id: j, video: v, face_choose: [{ face_id: '0', sound_file: 'https://e.com/s.mp3', sound_start_time: 0, sound_end_time: 2500, sound_insert_time: 1000, sound_volume: 2, original_audio_volume: 2 }] }]\n" },
        { "selectors", Head + "videos: { v: { source: 'https://e.com/v.mp4', duration: 10s, faces: { a: { only: true }, b: { at: 4.2s }, c: { longest: true }, d: { index: 0 }, e: { overlaps: 1s..4s }, f: [{ id: '0' }, { id: '1' }] } } }\naudio: { s: { source: 'https://e.com/s.mp3', duration: 3s } }\n" + Jobs },
        { "durations", Head + Sources + "jobs: [{ id: j, video: v, faces: [{ face: a, audio: s, sound_start_time: '00:00:00.100', sound_end_time: 2500ms, sound_insert_time: 1.5s, sound_volume: 1.5 }] }]\n" },
        { "subtitles", Head + Sources + "jobs: [{ id: j, video: v, segments_from: cues.srt, audio: s, speakers: { HOST: a, GUEST: { only: true }, NARRATOR: }, face: a, sound_volume: 2 }]\n" },
        { "subtitles with a file per cue", Head + Sources + "jobs: [{ id: j, video: v, segments_from: cues.srt, speakers: { host: a }, sound_file: \"https://e.com/{{ cue.index }}.mp3\", sound_start_time: 0, sound_end_time: 2500 }]\n" },
        { "defaults", Head + "defaults: { sound_volume: 1, original_audio_volume: 0 }\n" + Sources + Jobs },
    };

    public static TheoryData<string, string> BadFlows => new()
    {
        { "no head", Sources + Jobs },
        { "other kind", (Head + Sources + Jobs).Replace("kind: Flow", "kind: Plan", StringComparison.Ordinal) },
        { "bad name", (Head + Sources + Jobs).Replace("name: t", "name: 'Not A Name'", StringComparison.Ordinal) },
        { "unknown key", Head + Sources + Jobs + "job: []\n" },
        { "unknown entry key", Head + Sources + "jobs: [{ id: j, video: v, faces: [{ face: a, audio: s, sound_strat_time: 0 }] }]\n" },
        { "two audios", Head + Sources + "jobs: [{ id: j, video: v, faces: [{ face: a, audio: s, sound_file: 'https://e.com/s.mp3' }] }]\n" },
        { "no face", Head + Sources + "jobs: [{ id: j, video: v, faces: [{ audio: s }] }]\n" },
        { "volume 3", Head + Sources + "jobs: [{ id: j, video: v, faces: [{ face: a, audio: s, sound_volume: 3 }] }]\n" },
        { "negative time", Head + Sources + "jobs: [{ id: j, video: v, faces: [{ face: a, audio: s, sound_insert_time: -1 }] }]\n" },
        { "bad duration", Head + Sources + "jobs: [{ id: j, video: v, faces: [{ face: a, audio: s, sound_insert_time: soon }] }]\n" },
        { "faces and face_choose", Head + Sources + "jobs: [{ id: j, video: v, faces: [{ face: a, audio: s }], face_choose: [{ face_id: '0', sound_file: 'https://e.com/s.mp3', sound_start_time: 0, sound_end_time: 2500, sound_insert_time: 0 }] }]\n" },
        { "no faces", Head + Sources + "jobs: [{ id: j, video: v }]\n" },
        { "selector with two keys", (Head + Sources + Jobs).Replace("{ id: '0' }", "{ id: '0', only: true }", StringComparison.Ordinal) },
        { "source missing", Head + "videos: { v: { duration: 3s } }\n" + Jobs },
        { "concurrency zero", Head + Sources + Jobs + "run: { concurrency: 0 }\n" },
        { "unknown multi_face", Head + Sources + Jobs + "run: { multi_face: both }\n" },
        { "audio of a job without subtitles", Head + Sources + "jobs: [{ id: j, video: v, audio: s, faces: [{ face: a, audio: s }] }]\n" },
        { "subtitles without audio", Head + Sources + "jobs: [{ id: j, video: v, segments_from: cues.srt }]\n" },
        { "subtitles and faces", Head + Sources + "jobs: [{ id: j, video: v, segments_from: cues.srt, audio: s, faces: [{ face: a, audio: s }] }]\n" },
        { "subtitles with face and face_id", Head + Sources + "jobs: [{ id: j, video: v, segments_from: cues.srt, audio: s, face: a, face_id: '0' }]\n" },
        { "speakers in a list", Head + Sources + "jobs: [{ id: j, video: v, segments_from: cues.srt, audio: s, speakers: [a] }]\n" },
        { "no jobs", Head + Sources + "jobs: []\n" },
    };

    [Fact]
    public void Schema_Keys_AreTheBindersKeys()
    {
        var schema = JsonNode.Parse(File.ReadAllText(RepositoryFolder.Combine("schemas", "flow.v1.schema.json")));
        foreach (var (name, place) in Described)
        {
            var described = place.Length == 0 ? schema : schema?["$defs"]?[place];
            var keys = described?["properties"]?.AsObject().Select(p => p.Key) ?? [];
            Assert.Equal(FlowShape.Objects[name].Order(StringComparer.Ordinal), keys.Order(StringComparer.Ordinal));
        }

        var poll = schema?["$defs"]?["run"]?["properties"]?["poll"]?["properties"]?.AsObject().Select(p => p.Key) ?? [];
        Assert.Equal(FlowShape.Objects["poll"].Order(StringComparer.Ordinal), poll.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(GoodFlows))]
    public async Task GoodFlow_IsAccepted_BySchemaAndProgram(string name, string flow)
    {
        Assert.Empty(SchemaJudge.Errors("flow.v1.schema.json", YamlAsJson.Parse(flow))[0]);
        Assert.True(await ExitCodeOfValidate(flow) == 0, name);
    }

    [Theory]
    [MemberData(nameof(BadFlows))]
    public async Task BadFlow_IsRefused_BySchemaAndProgram(string name, string flow)
    {
        Assert.NotEmpty(SchemaJudge.Errors("flow.v1.schema.json", YamlAsJson.Parse(flow))[0]);
        Assert.True(await ExitCodeOfValidate(flow) == 2, name);
    }

    [Fact]
    public void Examples_OfRepositoryAndSchema_AreAccepted()
    {
        var schema = JsonNode.Parse(File.ReadAllText(RepositoryFolder.Combine("schemas", "flow.v1.schema.json")));
        var examples = Directory.GetFiles(RepositoryFolder.Combine("examples"), "flow.yaml", SearchOption.AllDirectories).Select(f => YamlAsJson.Parse(File.ReadAllText(f))).ToList();
        Assert.True(examples.Count >= 4);

        var all = SchemaJudge.Errors("flow.v1.schema.json", [.. examples, .. schema?["examples"]?.AsArray() ?? []]);

        Assert.All(all, Assert.Empty);
    }

    private static async Task<int> ExitCodeOfValidate(string flow)
    {
        using var folder = new TemporaryFolder();
        folder.Write("flow.yaml", flow);
        folder.Write("cues.srt", "1\n00:00:00,000 --> 00:00:02,500\nHOST: Hello.\n");
        return (await new CliRunner(folder.Path).RunAsync("validate", "flow.yaml")).ExitCode;
    }
}
