using GmiKlingFlow.Core.Model;
using Xunit;

namespace GmiKlingFlow.Core.Tests.Manifests;

public sealed class FlowLoaderTests
{
    [Fact]
    public void Load_SeveralDocuments_AreSeveralFlows()
    {
        var second = FlowCase.Head.Replace("test", "other", StringComparison.Ordinal) + FlowCase.Sources + FlowCase.Job;
        var flow = new FlowCase($"---\n{FlowCase.Head}{FlowCase.Sources}{FlowCase.Job}---\n# none\n---\n{second}...\n");
        Assert.Equal(["test", "other"], flow.LoadAll().Select(f => f.Name));
        Assert.Empty(flow.Diagnostics);
    }

    [Fact]
    public void Load_AnchorsAndMergeKeys_WorkAsUsual()
    {
        var flow = FlowCase.Of(
            """
            x-loud: &loud { sound_volume: 2, original_audio_volume: 0 }
            x-late: &late { sound_volume: 1, sound_insert_time: 1s }
            jobs:
              - id: a
                video: host
                faces:
                  - { <<: [*loud, *late], face: anna, audio: hello, original_audio_volume: 0.5 }
            """).Load();
        var entry = flow.Jobs[0].Entries[0];
        Assert.Equal(2, Assert.IsType<Setting<double>.Known>(entry.SoundVolume).Value);
        Assert.Equal(0.5, Assert.IsType<Setting<double>.Known>(entry.OriginalAudioVolume).Value);
        Assert.Equal(TimeSpan.FromSeconds(1), Assert.IsType<Setting<TimeSpan>.Known>(entry.SoundInsert).Value);
    }

    [Fact]
    public void Load_FaceInATime_IsDeferredWithTheRestFolded()
    {
        var flow = FlowCase.Of("vars: { lead: 250ms }\njobs: [{ id: a, video: host, faces: [{ face: anna, audio: hello, sound_insert_time: \"{{ face.start_time + ms(vars.lead) }}\" }] }]\n").Load();
        Assert.Equal("face.start_time + 250", Assert.IsType<Setting<TimeSpan>.Deferred>(flow.Jobs[0].Entries[0].SoundInsert).Residual.Print());
    }

    [Theory]
    [InlineData("output", "\"{{ face.id }}.mp4\"")]
    [InlineData("id", "\"{{ job.id }}\"")]
    [InlineData("id", "\"{{ video.name }}\"")]
    [InlineData("when", "\"{{ audio.duration_ms > 1 }}\"")]
    [InlineData("output", "\"{{ matrix.a }}.mp4\"")]
    public void Load_NameAtTheWrongPlace_IsTold(string key, string value)
    {
        var id = key == "id" ? "" : "id: a, ";
        var flow = FlowCase.Of($"jobs: [{{ {id}{key}: {value}, video: host, faces: [{{ face: anna, audio: hello }}] }}]\n");
        Assert.StartsWith("GKF3", Assert.Single(flow.Codes()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("false", true)]
    [InlineData("true", false)]
    [InlineData("\"{{ null }}\"", true)]
    [InlineData("\"{{ 'a' == 'b' }}\"", true)]
    [InlineData("\"{{ env.X ?? 'False' }}\"", true)]
    public void Load_When_LeavesTheJobOutWithoutLookingAtIt(string when, bool isSkipped)
    {
        var audio = isSkipped ? "none" : "hello";
        var job = Assert.Single(FlowCase.Of($"jobs: [{{ id: a, when: {when}, video: host, faces: [{{ face: anna, audio: {audio} }}] }}]\n".Replace("env.X", "vars.x", StringComparison.Ordinal) + "vars: { x: null }\n").Load().Jobs);
        Assert.Equal(isSkipped, job.SkippedBecause is not null);
    }

    [Fact]
    public void Load_Verbatim_KeepsMembersAndOrder()
    {
        var flow = FlowCase.Of("jobs: [{ id: a, video: host, face_choose: [{ sound_end_time: 3000, face_id: \"7\", audio_id: \"\", sound_file: \"https://example.com/a.mp3\", sound_start_time: 0, sound_insert_time: \"{{ face.start_time }}\", sound_volume: 1.5 }] }]\n").Load();
        var entry = Assert.Single(flow.Jobs[0].Entries);
        Assert.True(flow.Jobs[0].IsVerbatim);
        Assert.Equal(["sound_end_time", "face_id", "audio_id", "sound_file", "sound_start_time", "sound_insert_time", "sound_volume"], entry.Verbatim?.Members.Select(m => m.Key));
        Assert.IsType<PayloadValue.FromFace>(entry.Verbatim?.Members[5].Value);
        Assert.Equal("7", Assert.IsType<FaceSelector.ById>(Assert.Single(entry.Face.Selectors)).Id);
    }

    [Theory]
    [InlineData("{ id: 7 }", "id: \"7\"")]
    [InlineData("{ id: 007 }", "id: \"007\"")]
    [InlineData("{ at: 4.2s }", "at: 4200ms")]
    [InlineData("{ at: 1500 }", "at: 1500ms")]
    [InlineData("{ index: 2 }", "index: 2")]
    [InlineData("{ overlaps: 1s..00:04 }", "overlaps: 1s..4s")]
    [InlineData("[{ at: 1s }, { longest: true }]", "at: 1s | longest: true")]
    public void Load_Selector_IsRead(string selector, string name) => Assert.Equal(
        name,
        FlowCase.Of($"jobs: [{{ id: a, video: host, faces: [{{ face: {selector}, audio: hello }}] }}]\n").Load().Jobs[0].Entries[0].Face.Name);

    [Fact]
    public void Load_EverythingWrong_IsToldInOneGo()
    {
        var flow = FlowCase.Of(
            """
            run: { concurrency: 0, poll: { min: 9s, max: 1s }, budget_usd: "5" }
            jobs:
              - { id: a, video: hots, faces: [{ face: anna, audio: hello, sound_volum: 1 }] }
              - { id: b, video: host, faces: [{ face: ana, audio: helo, sound_end_time: soon }] }
              - { id: a/b, video: host, faces: [{ face: anna, audio: hello }] }
              - { id: good, video: host, faces: [{ face: anna, audio: hello }] }
            """);
        var loaded = Assert.Single(flow.LoadAll());
        Assert.Equal(["GKF2011", "GKF2011", "GKF2009", "GKF4001", "GKF2001", "GKF4003", "GKF4002", "GKF2008", "GKF4006"], flow.Diagnostics.Sorted().Select(d => d.Code));
        Assert.Equal(["good"], loaded.Jobs.Select(j => j.Id));
        Assert.Equal(["a", "b", "a/b"], loaded.Unbuilt.Select(j => j.Id));
    }

    [Fact]
    public void Load_UnknownAudioInManyRows_IsToldFiveTimesAndCounted()
    {
        var flow = FlowCase.Of("jobs:\n  - id: j-{{ matrix.a }}-{{ matrix.b }}\n    matrix: { a: [1, 2, 3, 4, 5, 6, 7, 8], b: [1, 2, 3] }\n    video: host\n    faces: [{ face: anna, audio: \"no{{ matrix.a }}\", sound_end_time: \"{{ audio.duration_ms }}\" }]\n");
        Assert.Equal(["GKF4002", "GKF4002", "GKF4002", "GKF4002", "GKF4002", "GKF4031"], flow.Codes());
        Assert.Contains("9 more jobs", flow.Diagnostics.Sorted()[^1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_TenThousandRows_ShareWhatIsTheSame()
    {
        var values = string.Join(", ", Enumerable.Range(0, 100));
        var test = FlowCase.Of($"jobs:\n  - id: j-{{{{ matrix.a }}}}-{{{{ matrix.b }}}}\n    matrix: {{ a: [{values}], b: [{values}] }}\n    video: host\n    faces: [{{ face: anna, audio: hello }}]\n");
        var flow = test.Load();
        Assert.Equal(10_000, flow.Jobs.Count);
        Assert.Equal(2, test.Described);
        Assert.All(flow.Jobs, job => Assert.Same(flow.Jobs[0].Entries[0], job.Entries[0]));
    }
}
