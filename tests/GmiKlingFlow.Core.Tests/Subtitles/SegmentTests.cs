using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning.Checking;
using GmiKlingFlow.Core.Rules;
using GmiKlingFlow.Core.Tests.Manifests;
using Xunit;

namespace GmiKlingFlow.Core.Tests.Subtitles;

/// <summary>What a job makes of its subtitles.</summary>
public sealed class SegmentTests
{
    [Fact]
    public void Load_LabelledCues_AreEntriesOnTheVideosClock()
    {
        var flow = SubtitleCase.Flow(SubtitleCase.Srt("1000-3500 ANNA: Hi", "4000-7000 BEN: Hello"));

        Assert.Equal(["anna 1000-3500@1000 1", "ben 4000-7000@4000 2"], SubtitleCase.Entries(flow));
    }

    [Theory]
    [InlineData("ANNA: Hi")]
    [InlineData("Anna : Hi")]
    [InlineData(">> ANNA: Hi")]
    [InlineData("- Anna: Hi")]
    [InlineData("[ANNA] Hi")]
    [InlineData("(anna) Hi")]
    [InlineData("[Anna]: Hi")]
    [InlineData("[sighs] ANNA: Hi")]
    [InlineData("ANNA (V.O.): Hi")]
    [InlineData("ANNA [whispering]: Hi")]
    [InlineData("ANNA：Hi")]
    [InlineData("{\\an8}<i>ANNA:</i> Hi")]
    [InlineData("<v Anna>Hi</v>")]
    [InlineData("<v.loud.first Anna>Hi")]
    [InlineData("<v Anna>Note: hi")]
    [InlineData("ANNA:|Hi")]
    [InlineData("\u200eANNA: Hi")]
    [InlineData("ANNA: Meet me at 5:30")]
    [InlineData("ANNA: Note: bring bread|He said: no")]
    [InlineData("ANNA: Hi|ANNA: there")]
    [InlineData("- ANNA: Hi|- ANNA: there")]
    public void Load_EveryFormOfLabel_IsTheSameSpeaker(string words)
    {
        var flow = SubtitleCase.Flow(SubtitleCase.Srt($"1000-3500 {words}"));

        Assert.Equal(["anna 1000-3500@1000 1"], SubtitleCase.Entries(flow));
        Assert.Empty(flow.Diagnostics);
    }

    [Theory]
    [InlineData("CARLA: Hi", "GKF4414")]
    [InlineData("Bne: Hi", "GKF4414")]
    [InlineData("<v Carla>Hi", "GKF4414")]
    [InlineData("[ANNE] Hi", "GKF4414")]
    [InlineData(">> Hi", "GKF4416")]
    [InlineData("Hi", "GKF4416")]
    [InlineData("Carla: Hi", "GKF4414")]
    [InlineData("He said: hi", "GKF4416")]
    [InlineData("Call 5:30", "GKF4416")]
    [InlineData("ANNA: Hi|BEN: Hello", "GKF4417")]
    [InlineData("Hi|BEN: Hello", "GKF4417")]
    [InlineData("- Hi|- Hello", "GKF4417")]
    [InlineData("<v Anna>Hi <v Ben>Hello", "GKF4417")]
    public void Load_UnclearSpeakerAmongLabels_IsRefused(string words, string code)
    {
        var flow = SubtitleCase.Flow(SubtitleCase.Srt("1000-3500 ANNA: Hi", $"5000-8000 {words}"));

        Assert.Equal([code], flow.Codes());
        Assert.All(flow.Diagnostics, d => Assert.Equal(("s.srt", "flow.yaml"), (d.Place?.Span.File, d.Related[^1].Span.File)));
    }

    [Theory]
    [InlineData("video: solo, audio: all", "Hi", "anna 1000-3500@1000 1")]
    [InlineData("video: solo, audio: all", "He said: hi", "anna 1000-3500@1000 1")]
    [InlineData("video: talk, audio: all, face: ben", "Hi", "ben 1000-3500@1000 1")]
    [InlineData("video: talk, audio: all, face: ben", "ANNA: Hi", "anna 1000-3500@1000 1")]
    [InlineData("video: crowd, audio: all, face: { only: true }", "Hi", "only: true 1000-3500@1000 1")]
    [InlineData("video: crowd, audio: all, face_id: '1'", ">> Hi", "id: \"1\" 1000-3500@1000 1")]
    [InlineData("video: crowd, audio: all, speakers: { THE HOST: { at: 2s } }", "the_host: Hi", "at: 2s 1000-3500@1000 1")]
    [InlineData("video: talk, audio: all, speakers: { 安娜: anna }", "安娜：你好", "anna 1000-3500@1000 1")]
    [InlineData("video: talk, audio: all, speakers: { anna: ben }", "ANNA: Hi", "ben 1000-3500@1000 1")]
    public void Load_FaceOrSpeakersOfTheJob_SayWhoseACueIs(string job, string words, string entry)
    {
        var flow = SubtitleCase.Flow(SubtitleCase.Srt($"1000-3500 {words}"), job);

        Assert.Equal([entry], SubtitleCase.Entries(flow));
        Assert.Empty(flow.Diagnostics);
    }

    [Theory]
    [InlineData("video: talk, audio: all", "Hi", "GKF4415")]
    [InlineData("video: crowd, audio: all", "Hi", "GKF4415")]
    [InlineData("video: solo, audio: all", "Carla: Hi", "GKF4414")]
    [InlineData("video: solo, audio: all", ">> Hi", "GKF4416")]
    [InlineData("video: solo, audio: all, speakers: { HOST: anna }", "Hi", "GKF4415")]
    [InlineData("video: talk, audio: all, face: carl", "Hi", "GKF4003")]
    [InlineData("video: talk, audio: all, speakers: { HOST: carl }", "HOST: Hi", "GKF4003")]
    [InlineData("video: talk, audio: all, speakers: { NARRATOR: }", "NARRATOR: Hi", "GKF4420")]
    [InlineData("video: talk, audio: all", "[music]", "GKF4419 GKF4420")]
    [InlineData("video: talk, audio: all", "♪", "GKF4419 GKF4420")]
    [InlineData("video: talk, audio: all", "ANNA:", "GKF4419 GKF4420")]
    [InlineData("video: talk, audio: other", "ANNA: Hi", "GKF4002")]
    [InlineData("video: talk", "ANNA: Hi", "GKF2012")]
    [InlineData("video: talk, audio: all, sound_file: a.wav", "ANNA: Hi", "GKF2013")]
    [InlineData("video: talk, audio: all, face: anna, face_id: '0'", "ANNA: Hi", "GKF2013")]
    [InlineData("video: talk, audio: all, speakers: [anna]", "ANNA: Hi", "GKF2003")]
    [InlineData("video: talk, audio: all, sound_volume: '{{ cue.loudness }}'", "ANNA: Hi", "GKF3104")]
    [InlineData("video: talk, audio: 'line-{{ cue.index }}'", "ANNA: Hi", "GKF4423")]
    [InlineData("video: talk, audio: 'line-{{ cue.indx }}', sound_start_time: 0", "ANNA: Hi", "GKF3104")]
    public void Load_WhatTheJobLeavesOpen_IsToldOnce(string job, string words, string codes)
    {
        var flow = SubtitleCase.Flow(SubtitleCase.Srt($"1000-3500 {words}"), job);

        Assert.True(codes.Split(' ').ToHashSet().SetEquals(flow.Codes()), flow.Report());
        Assert.Empty(Assert.Single(flow.LoadAll()).Jobs);
    }

    [Fact]
    public void Load_NameLikeWordsBesideTheJobsFace_AreWarnedAbout()
    {
        var flow = SubtitleCase.Flow(SubtitleCase.Srt("1000-3500 Carla: Hi", "4000-6500 Carla: there", "7000-9500 He said: no"), "video: talk, audio: all, face: anna");

        Assert.Equal(3, SubtitleCase.Entries(flow).Count);
        Assert.Equal(["GKF4418"], flow.Diagnostics.Select(d => d.Code));
    }

    [Theory]
    [InlineData("the nearer neighbour", "1000-3500 ANNA: a|4300-5000 ANNA: b|5200-8000 ANNA: c", "anna 1000-3500@1000 1|anna 4300-8000@4300 2+3")]
    [InlineData("the one before where both are as near", "1000-3500 ANNA: a|4000-5000 ANNA: b|5500-8000 ANNA: c", "anna 1000-5000@1000 1+2|anna 5500-8000@5500 3")]
    [InlineData("until it is long enough", "1000-1500 ANNA: a|1600-2000 ANNA: b|2100-2500 ANNA: c|2600-3100 ANNA: d", "anna 1000-3100@1000 1+2+3+4")]
    [InlineData("across a pause of a second", "1000-3000 ANNA: a|4000-5000 ANNA: b", "anna 1000-5000@1000 1+2")]
    [InlineData("beside another's cue, not over it", "1000-4000 BEN: a|4000-5000 ANNA: b|5000-7000 BEN: c|4500-6000 ANNA: d", "ben 1000-4000@1000 1|anna 4000-6000@4000 2+4|ben 5000-7000@5000 3")]
    [InlineData("of one speaker that overlap", "1000-3500 ANNA: a|3400-6000 ANNA: b", "anna 1000-6000@1000 1+2")]
    [InlineData("one inside the other", "1000-9000 ANNA: a|3400-4000 ANNA: b", "anna 1000-9000@1000 1+2")]
    [InlineData("not where both are long enough", "1000-3500 ANNA: a|3500-6000 ANNA: b", "anna 1000-3500@1000 1|anna 3500-6000@3500 2")]
    [InlineData("two speakers at once stay two", "1000-5000 ANNA: a|1000-5000 BEN: b", "anna 1000-5000@1000 1|ben 1000-5000@1000 2")]
    public void Load_CuesOfOneSpeaker_AreJoined(string how, string cues, string entries)
    {
        var flow = SubtitleCase.Flow(SubtitleCase.Srt(cues.Split('|')));

        Assert.True(entries == string.Join('|', SubtitleCase.Entries(flow)), how);
    }

    [Theory]
    [InlineData("1000-2000 ANNA: a|2100-2200 BEN: b|2300-4000 ANNA: c|2400-5000 BEN: d", "GKF4421 GKF4421 GKF4421", "over words of another")]
    [InlineData("1000-2000 ANNA: a|3001-6000 ANNA: b", "GKF4421", "over a longer pause")]
    [InlineData("1000-2000 ANNA: a|2000-2100 NARRATOR: b|2200-4000 ANNA: c", "GKF4421 GKF4421", "over words of someone not seen")]
    public void Load_ShortCuesThatMayNotBeJoined_AreReported(string cues, string codes, string why)
    {
        var flow = SubtitleCase.Flow(SubtitleCase.Srt(cues.Split('|')), "video: talk, audio: all, speakers: { NARRATOR: }");

        Assert.True(codes == string.Join(' ', flow.Codes()), $"{why}\n{flow.Report()}");
    }

    [Theory]
    [InlineData("1000-2000 ANNA: a|9000-12000 ANNA: b", "Let it end at 00:00:03,000 or later.")]
    [InlineData("4000-5000 ANNA: a|5500-9000 BEN: b", "Let it last from 00:00:03,500 to 00:00:05,500.")]
    [InlineData("1000-3500 BEN: a|4000-4500 ANNA: b|5000-9000 BEN: c", "Let it last longer, or leave its speaker out.")]
    public void Load_ShortCue_IsToldWhatTimeThereIs(string cues, string way)
    {
        var flow = SubtitleCase.Flow(SubtitleCase.Srt(cues.Split('|')));
        flow.LoadAll();

        Assert.Contains(way, Assert.Single(flow.Diagnostics).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("audio: '{{ cue.face }}'", "anna 1000-3500@1000 1|ben 4000-7000@4000 2")]
    [InlineData("audio: 'line-{{ cue.index }}', sound_start_time: 0", "anna 0-end@1000 1|ben 0-end@4000 2")]
    [InlineData("audio: 'line-{{ cue.id }}', sound_start_time: 100ms, sound_end_time: 2.4s", "anna 100-2400@1000 1|ben 100-2400@4000 2")]
    [InlineData("audio: all, sound_insert_time: '{{ cue.start_time + 200 }}'", "anna 1000-3500@1200 1|ben 4000-7000@4200 2")]
    [InlineData("audio: all, sound_insert_time: '{{ face.start_time }}'", "anna 1000-3500@later 1|ben 4000-7000@later 2")]
    [InlineData("audio: all, sound_start_time: '{{ cue.start_time + 500 }}', sound_end_time: '{{ cue.end_time + 500 }}'", "anna 1500-4000@1000 1|ben 4500-7500@4000 2")]
    public void Load_AudioAndTimesOfTheJob_AreEachCues(string job, string entries)
    {
        var flow = SubtitleCase.Flow(SubtitleCase.Srt("1000-3500 ANNA: Hi", "4000-7000 BEN: Hello"), $"video: talk, {job}");

        Assert.Equal(entries.Split('|'), SubtitleCase.Entries(flow));
    }

    [Fact]
    public void Load_ShortCuesWithAFileEach_AreNotJoined()
    {
        var flow = SubtitleCase.Flow(SubtitleCase.Srt("1000-1500 ANNA: Hi", "4000-4300 ANNA: Hello"), "video: talk, audio: 'line-{{ cue.index }}', sound_start_time: 0");

        Assert.Equal(["anna 0-end@1000 1", "anna 0-end@4000 2"], SubtitleCase.Entries(flow));
    }

    [Fact]
    public void Load_Volumes_AreTheJobsOverTheDefaults()
    {
        var flow = SubtitleCase.Flow(SubtitleCase.Srt("1000-3500 ANNA: Hi"), "video: talk, audio: all, sound_volume: '{{ cue.text | string.size > 5 ? 2 : 1 }}'").Load();

        var entry = Assert.Single(Assert.Single(flow.Jobs).Entries);
        Assert.Equal((2d, 0d), (Value(entry.SoundVolume), Value(entry.OriginalAudioVolume)));
    }

    [Fact]
    public void Check_EntryPastTheVideo_IsToldAtTheCue()
    {
        var flow = SubtitleCase.Flow(SubtitleCase.Srt("3000-6000 Hi"), "video: brief, audio: all").Load();
        var problems = new Core.Diagnostics.DiagnosticBag();

        FlowChecks.Check(flow, KlingLimits.Current, problems);

        var problem = Assert.Single(problems);
        Assert.Equal(("GKF4128", "s.srt", 2, 1), (problem.Code, problem.Place?.Span.File, problem.Place?.Span.Line ?? 0, problem.Place?.Span.Column ?? 0));
        Assert.Equal("flow.yaml", Assert.Single(problem.Related).Span.File);
    }

    [Theory]
    [InlineData("/etc/host.srt", "GKF4010")]
    [InlineData("../host.srt", "GKF4010")]
    [InlineData("nowhere.srt", "GKF4009")]
    [InlineData("folder", "GKF4011")]
    [InlineData("link.srt", "GKF4010")]
    [InlineData("https://e.com/host.srt", "GKF4402")]
    [InlineData("' '", "GKF2003")]
    [InlineData("'{{ video.name }}.srt'", "")]
    [InlineData("inside.srt", "")]
    public void Load_Path_FollowsTheRulesOfSources(string path, string code)
    {
        var flow = FlowCase.Of($"jobs: [{{ id: j, video: host, audio: hello, segments_from: {path} }}]\n")
            .WithFile("/etc/host.srt", SubtitleCase.Cue)
            .WithFile("/host.srt", SubtitleCase.Cue)
            .WithFile("/flows/host.srt", SubtitleCase.Cue)
            .WithFile("/flows/folder/x.srt", SubtitleCase.Cue)
            .WithLink("/flows/link.srt", "/etc/host.srt")
            .WithLink("/flows/inside.srt", "/flows/host.srt");

        Assert.Equal(code.Length == 0 ? [] : [code], flow.Codes());
    }

    [Fact]
    public void Load_SkippedJob_NeedsNoSubtitles() =>
        Assert.Empty(FlowCase.Of("jobs: [{ id: j, video: host, audio: hello, segments_from: none.srt, when: false }]\n").Codes());

    private static double? Value(Setting<double>? setting) => (setting as Setting<double>.Known)?.Value;
}
