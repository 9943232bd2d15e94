using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Media;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning;
using GmiKlingFlow.Core.Planning.Checking;
using GmiKlingFlow.Core.Planning.Saving;
using Xunit;

namespace GmiKlingFlow.Core.Tests.Planning;

public sealed class PlannerTests
{
    private readonly KnownWorkInMemory known = new();
    private readonly DiagnosticBag diagnostics = new();

    [Fact]
    public void Plan_NewJob_HasIdentifyAndSyncInTheOrderOfTheApi()
    {
        var job = Only(GivenFlow.Job("a", null, GivenFlow.Entry(insert: 250, volume: 2, original: 0)));

        Assert.Equal((JobAction.Create, "new"), (job.Action, job.Reason));
        Assert.Equal("""{"video_url":null}""", GivenPlan.Json(job.Steps[0].Payload));
        Assert.Equal(["/video_url"], job.Steps[0].Unknown);
        Assert.Equal(
            """{"session_id":null,"face_choose":[{"face_id":null,"sound_file":null,"sound_start_time":0,"sound_end_time":2950,"sound_insert_time":250,"sound_volume":2,"original_audio_volume":0}]}""",
            GivenPlan.Json(job.Steps[1].Payload));
        Assert.Equal(["/session_id", "/face_choose/0/face_id", "/face_choose/0/sound_file"], job.Steps[1].Unknown);
        Assert.Empty(diagnostics);
    }

    [Fact]
    public void Plan_EverythingRemoteAndById_LeavesOnlyTheSessionUnknown()
    {
        var entry = GivenFlow.Entry(GivenFlow.Face(new FaceSelector.ById("0")), GivenFlow.RemoteAudio("https://h.example/a b.mp3?x=1"), end: 2500);
        var job = Only(GivenFlow.Job("a", GivenFlow.RemoteVideo("https://h.example/v.mp4"), entry));

        Assert.Equal("""{"video_url":"https://h.example/v.mp4"}""", GivenPlan.Json(job.Steps[0].Payload));
        Assert.Equal(
            """{"session_id":null,"face_choose":[{"face_id":"0","sound_file":"https://h.example/a b.mp3?x=1","sound_start_time":0,"sound_end_time":2500,"sound_insert_time":0}]}""",
            GivenPlan.Json(job.Steps[1].Payload));
        Assert.Equal(["/session_id"], job.Steps[1].Unknown);
    }

    [Theory]
    [InlineData(3.0, 0, 2950)]
    [InlineData(2.051, 0, 2001)]
    [InlineData(2.05, 0, 2050)]
    [InlineData(2.0, 0, 2000)]
    [InlineData(3.0009, 0, 2950)]
    [InlineData(3.0, 950, 3000)]
    [InlineData(3.0, 949, 2950)]
    public void Plan_SoundEndLeftOut_KeepsTheMarginWhereTwoSecondsRemain(double seconds, long start, long end)
    {
        var job = Only(GivenFlow.Job("a", null, GivenFlow.Entry(audio: GivenFlow.Audio(seconds: seconds), start: start)));

        Assert.Equal(new PayloadValue.Integer(end), GivenPlan.Member(job, "sound_end_time"));
    }

    [Fact]
    public void Plan_EndLeftOutAndAudioOfUnknownLength_BlocksThatJobAlone()
    {
        var plan = Plan(
            GivenFlow.Job("a", null, GivenFlow.Entry(audio: GivenFlow.RemoteAudio("https://h.example/a.mp3", seconds: null, name: "far"))),
            GivenFlow.Job("b"));

        Assert.Equal([JobAction.Blocked, JobAction.Create], plan.Jobs.Select(job => job.Action));
        Assert.Equal("GKF4201: \"far\" can't be measured, so \"sound_end_time\" can't be left out. Give it, or \"duration:\" with the audio.", plan.Jobs[0].Reason);
        Assert.Empty(plan.Jobs[0].Steps);
        Assert.Equal(["GKF4201"], plan.Diagnostics.Select(d => d.Code));
    }

    [Fact]
    public void Plan_SharedVideo_IdentifiesAndPaysOnce()
    {
        var plan = Plan(GivenFlow.Job("a"), GivenFlow.Job("b", null, GivenFlow.Entry(insert: 100)), GivenFlow.Job("c", GivenFlow.Video("guest", "guest")));

        Assert.Equal([0.007m, 0m, 0.007m], plan.Jobs.Select(job => job.Steps[0].EstimatedUsd));
        Assert.Equal(2, plan.Summary.Requests[ModelNames.IdentifyFace]);
        Assert.Equal(3, plan.Summary.Requests[ModelNames.LipSync]);
        Assert.Equal(0.224m, plan.Summary.EstimatedUsd);
    }

    [Fact]
    public void Plan_TwoVideosWithOneContent_ShareTheIdentify()
    {
        var plan = Plan(GivenFlow.Job("a"), GivenFlow.Job("b", GivenFlow.Video("copy", "host"), GivenFlow.Entry(insert: 100)));

        Assert.Equal(1, plan.Summary.Requests[ModelNames.IdentifyFace]);
    }

    [Fact]
    public void Plan_TwoJobsWithTheSameRequest_PayForItOnceAndSaySo()
    {
        var plan = Plan(GivenFlow.Job("a"), GivenFlow.Job("b"));

        Assert.Equal(plan.Jobs[0].Steps[1].ContentKey, plan.Jobs[1].Steps[1].ContentKey);
        Assert.Equal([0.07m, 0m], plan.Jobs.Select(job => job.Steps[1].EstimatedUsd));
        Assert.Equal(1, plan.Summary.Requests[ModelNames.LipSync]);
        Assert.Equal("new; shares the request of \"a\"", plan.Jobs[1].Reason);
    }

    [Theory]
    [InlineData(2000, 0.07)]
    [InlineData(5000, 0.07)]
    [InlineData(5001, 0.14)]
    [InlineData(12000, 0.21)]
    public void Plan_Clip_IsPricedByStartedBlocks(long clip, double usd)
    {
        var job = Only(GivenFlow.Job("a", GivenFlow.Video(seconds: 30), GivenFlow.Entry(audio: GivenFlow.Audio(seconds: 20), end: clip)));

        Assert.Equal((decimal)usd, job.Steps[1].EstimatedUsd);
    }

    [Fact]
    public void Plan_SeveralEntries_ArePricedTogether()
    {
        var job = Only(GivenFlow.Job("a", null, GivenFlow.Entry(), GivenFlow.Entry(insert: 3500, index: 1)));

        Assert.Equal(0.14m, job.Steps[1].EstimatedUsd);
    }

    [Fact]
    public void Plan_MovFile_IsBlockedUntilItHasAUrl()
    {
        var job = Only(GivenFlow.Job("a", GivenFlow.Video(container: MediaContainer.Mov)));

        Assert.Equal(JobAction.Blocked, job.Action);
        Assert.Equal("GKF4202", Assert.Single(job.Problems).Code);
    }

    [Fact]
    public void Plan_KnownUploads_AreShownAsUrls()
    {
        known.Uploads[GivenFlow.Sha("host")] = "https://storage.example/host.mp4";
        known.Uploads[GivenFlow.Sha("hello")] = "https://storage.example/hello.wav";
        var job = Only(GivenFlow.Job("a"));

        Assert.Equal("""{"video_url":"https://storage.example/host.mp4"}""", GivenPlan.Json(job.Steps[0].Payload));
        Assert.Equal(new PayloadValue.Text("https://storage.example/hello.wav"), GivenPlan.Member(job, "sound_file"));
    }

    [Theory]
    [InlineData(MediaContainer.Wav, false, false)]
    [InlineData(MediaContainer.Mp3, false, false)]
    [InlineData(MediaContainer.M4a, false, true)]
    [InlineData(MediaContainer.Aac, false, true)]
    [InlineData(MediaContainer.Wav, true, true)]
    public void Plan_LocalAudio_GoesInlineWhereTheGrantDoesNotTakeIt(MediaContainer container, bool inline, bool isInline)
    {
        var flow = GivenFlow.Of(GivenFlow.Job("a", null, GivenFlow.Entry(audio: GivenFlow.Audio(container: container))));
        var plan = Planner.Plan(flow, new PlanInputs { InlineAudio = inline }, diagnostics);

        Assert.Equal(isInline ? typeof(PayloadValue.InlineFile) : typeof(PayloadValue.UploadedUrl), GivenPlan.Member(plan.Jobs[0], "sound_file").GetType());
    }

    [Fact]
    public void Plan_JobSkippedByWhen_HasNoStepsAndItsReason()
    {
        var job = Only(GivenFlow.Job("a") with { SkippedBecause = "when is false" });

        Assert.Equal((JobAction.Skip, "when is false", 0), (job.Action, job.Reason, job.Steps.Count));
    }

    [Fact]
    public void Plan_ProblemOfASkippedJob_IsNotTold()
    {
        Only(GivenFlow.Job("a", GivenFlow.Video(container: MediaContainer.Mov)) with { SkippedBecause = "when is false" });

        Assert.Empty(diagnostics);
    }

    [Fact]
    public void Plan_RuleBroken_BlocksThatJobAlone()
    {
        var plan = Plan(GivenFlow.Job("a", null, GivenFlow.Entry(end: 1000)), GivenFlow.Job("b"));

        Assert.Equal([JobAction.Blocked, JobAction.Create], plan.Jobs.Select(job => job.Action));
        Assert.StartsWith("GKF4126: ", plan.Jobs[0].Reason, StringComparison.Ordinal);
        Assert.Equal((1, 1, 0.077m), (plan.Summary.Blocked, plan.Summary.Create, plan.Summary.EstimatedUsd));
    }

    [Fact]
    public void Plan_ValidatedBefore_BlocksOnlyTheMatrixRowThatIsMeant()
    {
        var place = GivenFlow.At("jobs[0]", 20);
        var flow = GivenFlow.Of(GivenFlow.Job("a", null, GivenFlow.Entry(end: 1000)) with { Place = place }, GivenFlow.Job("b") with { Place = place });
        FlowChecks.Check(flow, new PlanInputs().Limits, diagnostics);
        var plan = Planner.Plan(flow, new PlanInputs(), diagnostics);

        Assert.Equal([JobAction.Blocked, JobAction.Create], plan.Jobs.Select(job => job.Action));
        Assert.Single(plan.Diagnostics);
    }

    [Theory]
    [InlineData("jobs[0].faces[0].audio", "blocked create create")]
    [InlineData("videos.host.source", "blocked create create")]
    [InlineData("audio.hello.en.source", "blocked create create")]
    [InlineData("audio.hello.source", "create create create")]
    [InlineData("videos.unused.source", "create create create")]
    [InlineData("jobs[7].video", "create create create")]
    [InlineData("vars", "blocked blocked blocked")]
    public void Plan_ErrorOfAnEarlierStage_BlocksTheJobsItStandsAgainst(string path, string actions)
    {
        var guest = GivenFlow.Video("guest", "guest");
        var other = GivenFlow.Entry(audio: GivenFlow.Audio("hello.en.long", "long"));
        var flow = GivenFlow.Of(
            GivenFlow.Job("a") with { Place = GivenFlow.At("jobs[0]") },
            GivenFlow.Job("b", guest, other) with { Place = GivenFlow.At("jobs[1]") },
            GivenFlow.Job("c", guest, other) with { Place = GivenFlow.At("jobs[10]") });
        diagnostics.Add(new Diagnostic("GKF4001", Severity.Error, "wrong", GivenFlow.At(path)));
        var plan = Planner.Plan(flow, new PlanInputs(), diagnostics);

        Assert.Equal(actions, string.Join(' ', plan.Jobs.Select(job => PlanJson.Name(job.Action))));
    }

    [Fact]
    public void Plan_UnreadableAudioWithoutItsDiagnostic_IsStillBlocked()
    {
        var audio = GivenFlow.Audio();
        var unreadable = audio with { Duration = null, Source = (MediaSource.LocalFile)audio.Source with { Media = null } };

        Assert.Equal(JobAction.Blocked, Only(GivenFlow.Job("a", null, GivenFlow.Entry(audio: unreadable))).Action);
    }

    [Fact]
    public void Plan_UnreadableAudio_IsToldOnce()
    {
        var audio = GivenFlow.Audio();
        var unreadable = audio with { Duration = null, Source = (MediaSource.LocalFile)audio.Source with { Media = null } };
        diagnostics.Add(new Diagnostic("GKF5001", Severity.Error, "\"audio/hello.en.wav\" can't be read", audio.Place));

        Assert.Equal("GKF5001", Assert.Single(Only(GivenFlow.Job("a", null, GivenFlow.Entry(audio: unreadable))).Problems).Code);
    }

    private PlannedJob Only(Job job) => Assert.Single(Plan(job).Jobs);

    private Plan Plan(params Job[] jobs) => Planner.Plan(GivenFlow.Of(jobs), new PlanInputs { Known = known }, diagnostics);
}
