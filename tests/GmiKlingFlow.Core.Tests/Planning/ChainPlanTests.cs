using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning;
using GmiKlingFlow.Core.Planning.Keys;
using GmiKlingFlow.Core.Planning.Prices;
using Xunit;

namespace GmiKlingFlow.Core.Tests.Planning;

public sealed class ChainPlanTests
{
    private static readonly DateTimeOffset Earlier = new(2026, 1, 1, 9, 0, 0, TimeSpan.Zero);

    private readonly KnownWorkInMemory known = new();
    private readonly DiagnosticBag diagnostics = [];

    [Fact]
    public void Plan_TwoFaces_IdentifiesAndSyncsTwice()
    {
        var job = Plan(Duet());

        Assert.Equal(JobAction.Create, job.Action);
        Assert.Equal(
            [
                """kling-identify-face {"video_url":null} /video_url $0.007""",
                """kling-lip-sync {"session_id":null,"face_choose":[{"face_id":"0","sound_file":null,"sound_start_time":0,"sound_end_time":2950,"sound_insert_time":0,"original_audio_volume":0}]} /session_id,/face_choose/0/sound_file $0.07""",
                """kling-identify-face {"video_url":null} /video_url $0.007""",
                """kling-lip-sync {"session_id":null,"face_choose":[{"face_id":null,"sound_file":null,"sound_start_time":0,"sound_end_time":2950,"sound_insert_time":3500,"original_audio_volume":1}]} /session_id,/face_choose/0/face_id,/face_choose/0/sound_file $0.07""",
            ],
            job.Steps.Select(step => $"{step.Model} {GivenPlan.Json(step.Payload)} {string.Join(',', step.Unknown)} {Money.Text(step.EstimatedUsd)}"));
        Assert.Empty(diagnostics);
    }

    [Fact]
    public void Plan_EntriesOfOneFaceApart_GoTogetherInTheFacesPass()
    {
        var (anna, ben) = (Named("anna", "0"), Named("ben", "1"));
        var job = Plan(GivenFlow.Job("a", GivenFlow.Video(seconds: 20), GivenFlow.Entry(ben), GivenFlow.Entry(anna, insert: 3500, index: 1), GivenFlow.Entry(ben, insert: 7000, index: 2)));

        Assert.Equal(["0,2", "1"], job.Passes.Select(pass => string.Join(',', pass.Entries)));
    }

    [Fact]
    public void Plan_TheOnlyFaceByTwoSelectors_IsOnePass()
    {
        var job = Plan(GivenFlow.Job("a", null, GivenFlow.Entry(), Entry("anna", "0", 3500, 0, 1)));

        Assert.Single(job.Passes);
        Assert.DoesNotContain("multi_face", job.Key.Parts.Select(part => part.Key));
    }

    [Fact]
    public void Plan_NameWithSeveralSelectors_HasAPassForEachClip()
    {
        var anna = GivenFlow.Face("anna", new FaceSelector.ById("0"), new FaceSelector.ById("2"));
        var job = Plan(GivenFlow.Job("a", GivenFlow.Video(seconds: 20), GivenFlow.Entry(anna), GivenFlow.Entry(anna, insert: 9000, index: 1)));

        Assert.Equal(2, job.Passes.Count);
    }

    [Fact]
    public void Plan_OneFaceOnly_IsTheSameAsTogether()
    {
        var job = GivenFlow.Job("a", GivenFlow.Video(seconds: 20), GivenFlow.Entry(Named("anna", "0"), original: 0.5), GivenFlow.Entry(Named("anna", "0"), insert: 7000, original: 0.5, index: 1));

        var (chained, together) = (Plan(job), Plan(job, MultiFace.Together));

        Assert.Equal(together.Key.Value, chained.Key.Value);
        Assert.Equal(together.Steps.Select(step => (step.ContentKey, GivenPlan.Json(step.Payload))), chained.Steps.Select(step => (step.ContentKey, GivenPlan.Json(step.Payload))));
    }

    [Fact]
    public void Plan_TogetherAndChain_DifferInTheNamedPartOnly()
    {
        var (chained, together) = (Plan(Duet(original: 1)), Plan(Duet(original: 1), MultiFace.Together));

        Assert.NotEqual(together.Key.Value, chained.Key.Value);
        Assert.Equal(KeyValuePair.Create("multi_face", "chain"), Assert.Single(chained.Key.Parts.Except(together.Key.Parts)));
        Assert.Empty(together.Key.Parts.Except(chained.Key.Parts));
    }

    [Fact]
    public void Plan_SecondFacesClipChanged_KeepsTheFirstPass()
    {
        var (before, after) = (Plan(Duet()), Plan(Duet(secondInsert: 3600)));

        Assert.Equal(before.Steps.Take(3).Select(step => step.ContentKey), after.Steps.Take(3).Select(step => step.ContentKey));
        Assert.NotEqual(before.Steps[3].ContentKey, after.Steps[3].ContentKey);
        Assert.NotEqual(before.Key.Value, after.Key.Value);
    }

    [Fact]
    public void Plan_FirstFacesClipChanged_ChangesEveryPass()
    {
        var (before, after) = (Plan(Duet()), Plan(Duet(firstInsert: 100)));

        Assert.Equal(before.Steps[0].ContentKey, after.Steps[0].ContentKey);
        Assert.Empty(before.Steps.Skip(1).Select(step => step.ContentKey).Intersect(after.Steps.Select(step => step.ContentKey)));
    }

    [Fact]
    public void Plan_FirstPassDone_GoesOnFromIt()
    {
        known.Requests[Plan(Duet()).Steps[1].ContentKey] = new(KnownRequestState.Succeeded, "r-1");
        var job = Plan(Duet());

        Assert.Equal((JobAction.Create, "pass 1 of 2 (request r-1) is done and paid"), (job.Action, job.Reason));
        Assert.Equal([StepAction.Reuse, StepAction.Reuse, StepAction.Create, StepAction.Create], job.Steps.Select(step => step.Action));
        Assert.Equal(0.077m, job.Steps.Sum(step => step.EstimatedUsd));
    }

    [Theory]
    [InlineData(KnownRequestState.Running, JobAction.Create, "pass 1 of 2 (request r-1) is accepted and paid: it is waited for", 0.077)]
    [InlineData(KnownRequestState.Unknown, JobAction.Settle, "nobody knows whether the service took the request of pass 1 of 2: it is looked up first", 0.077)]
    [InlineData(KnownRequestState.Failed, JobAction.Create, "request r-1 failed: it is sent again", 0.154)]
    [InlineData(KnownRequestState.Gone, JobAction.Create, "the result of request r-1 is gone at the service: it is sent and paid again", 0.154)]
    public void Plan_FirstPassOnRecord_DecidesTheAction(KnownRequestState state, JobAction action, string reason, double usd)
    {
        known.Requests[Plan(Duet()).Steps[1].ContentKey] = new(state, "r-1");
        var job = Plan(Duet());

        Assert.Equal((action, reason), (job.Action, job.Reason));
        Assert.Equal((decimal)usd, job.Steps.Sum(step => step.EstimatedUsd));
    }

    [Theory]
    [InlineData(KnownRequestState.Running, JobAction.Resume)]
    [InlineData(KnownRequestState.Succeeded, JobAction.Resume)]
    [InlineData(KnownRequestState.Unknown, JobAction.Settle)]
    public void Plan_LastPassOnRecord_SendsNothing(KnownRequestState state, JobAction action)
    {
        known.Requests[Plan(Duet()).Steps[3].ContentKey] = new(state, "r-4");
        var job = Plan(Duet());

        Assert.Equal(action, job.Action);
        Assert.All(job.Steps, step => Assert.Equal((StepAction.Reuse, 0m), (step.Action, step.EstimatedUsd)));
    }

    [Fact]
    public void Plan_TwoJobsWithTheSameFirstPass_PayForItOnce()
    {
        var plan = Plan([Duet(), GivenFlow.Job("b", null, Entry("anna", "0", 0, 0)), Duet("c", secondInsert: 3600)], MultiFace.Chain);

        Assert.Equal((2, 3), (plan.Summary.Requests[ModelNames.IdentifyFace], plan.Summary.Requests[ModelNames.LipSync]));
        Assert.Equal(0.154m + 0.07m, plan.Summary.EstimatedUsd);
    }

    [Fact]
    public void Plan_FacesKnown_ChecksEveryPassAndKeepsLaterIdsUnknown()
    {
        Identified(GivenFlow.Found("0", 0, 3300), GivenFlow.Found("1", 3000, 6960));
        var job = Plan(GivenFlow.Job("a", null, Entry("anna", "0", 0, 0), Entry("ben", "1", 0, 0, 1) with { SoundInsert = GivenFlow.Later("face.start_time + vars.lead") }));

        Assert.Equal(
            """{"session_id":null,"face_choose":[{"face_id":null,"sound_file":null,"sound_start_time":0,"sound_end_time":2950,"sound_insert_time":3250,"original_audio_volume":1}]}""",
            GivenPlan.Json(job.Steps[3].Payload));
        Assert.Equal(["0", "1"], (job.Faces ?? []).Select(face => face.Id));
    }

    [Fact]
    public void Plan_LaterFaceDoesNotFit_BlocksBeforeTheFirstPassIsPaid()
    {
        Identified(GivenFlow.Found("0", 0, 6960), GivenFlow.Found("1", 0, 2000));
        var job = Plan(Duet());

        Assert.Equal(JobAction.Blocked, job.Action);
        Assert.StartsWith("GKF4130: ", job.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_TwoSelectorsForOneFace_WarnsOfTheSecondPass()
    {
        Identified(GivenFlow.Found("0", 0, 6960));
        var at = GivenFlow.Face("also anna", new FaceSelector.At(TimeSpan.FromSeconds(4)));
        var job = Plan(GivenFlow.Job("a", null, Entry("anna", "0", 0, 0), GivenFlow.Entry(at, insert: 3500, index: 1, original: 0)));

        Assert.Equal(2, job.Passes.Count);
        Assert.Equal("GKF4217", Assert.Single(job.Problems).Code);
    }

    [Fact]
    public void Plan_OtherOriginalVolumeOfALaterFace_IsWarnedOfAndChangesNothing()
    {
        var job = Plan(GivenFlow.Job("a", null, Entry("anna", "0", 0, 0), Entry("ben", "1", 3500, 0.5, 1)));

        Assert.Equal(("GKF4216", Severity.Warning), (Assert.Single(diagnostics).Code, Assert.Single(diagnostics).Severity));
        Assert.Equal(Plan(Duet()).Key.Value, job.Key.Value);
    }

    [Fact]
    public void Plan_VerbatimEntries_LaterPassSendsItsOwnIdAndKeepsTheSound()
    {
        var job = GivenFlow.Job("a", null, Verbatim("0", 0), Verbatim("1", 1)) with { IsVerbatim = true };

        Assert.Equal(
            """{"session_id":null,"face_choose":[{"face_id":null,"sound_file":"https://a.example/x.mp3","sound_start_time":0,"sound_end_time":2000,"sound_insert_time":1000,"original_audio_volume":1}]}""",
            GivenPlan.Json(Plan(job).Steps[3].Payload));
    }

    private static FaceEntry Verbatim(string id, int index)
    {
        var members = new PayloadValue.Object(
        [
            new("face_id", new PayloadValue.Text(id)),
            new("sound_file", new PayloadValue.Text("https://a.example/x.mp3")),
            new("sound_start_time", new PayloadValue.Integer(0)),
            new("sound_end_time", new PayloadValue.Integer(2000)),
            new("sound_insert_time", new PayloadValue.Integer(1000)),
        ]);
        return GivenFlow.Entry(Named(id, id), GivenFlow.RemoteAudio("https://a.example/x.mp3"), end: 2000, insert: 1000, index: index) with { Verbatim = members };
    }

    private static Job Duet(string id = "a", long firstInsert = 0, long secondInsert = 3500, double original = 0) =>
        GivenFlow.Job(id, null, Entry("anna", "0", firstInsert, original), Entry("ben", "1", secondInsert, original, 1));

    private static FaceEntry Entry(string name, string id, long insert, double original, int index = 0) =>
        GivenFlow.Entry(Named(name, id), insert: insert, original: original, index: index);

    private static FaceName Named(string name, string id) => GivenFlow.Face(name, new FaceSelector.ById(id));

    private void Identified(params Face[] faces) => known.Sessions[ContentIdentity.Of(GivenFlow.Video().Source)] = new("s-1", faces, Earlier);

    private PlannedJob Plan(Job job, MultiFace multiFace = MultiFace.Chain) => Plan([job], multiFace).Jobs[0];

    private Plan Plan(IReadOnlyList<Job> jobs, MultiFace multiFace) =>
        Planner.Plan(GivenFlow.Of(jobs) with { Run = new RunSettings { MultiFace = multiFace } }, new PlanInputs { Known = known }, diagnostics);
}
