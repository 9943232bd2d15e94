using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning;
using GmiKlingFlow.Core.Planning.Keys;
using Xunit;

namespace GmiKlingFlow.Core.Tests.Planning;

public sealed class KnownWorkTests
{
    private static readonly DateTimeOffset Earlier = new(2026, 1, 1, 9, 0, 0, TimeSpan.Zero);

    private readonly KnownWorkInMemory known = new();

    [Fact]
    public void Plan_OutputIsThere_IsReusedAndCostsNothing()
    {
        known.Outputs.Add((Plan().Key.Value, "a.mp4"));
        var job = Plan();

        Assert.Equal((JobAction.Reuse, "output is there, inputs unchanged"), (job.Action, job.Reason));
        Assert.All(job.Steps, step => Assert.Equal((StepAction.Reuse, 0m), (step.Action, step.EstimatedUsd)));
    }

    [Theory]
    [InlineData(KnownRequestState.Running, JobAction.Resume, "request r-1 is accepted and paid: it is waited for")]
    [InlineData(KnownRequestState.Succeeded, JobAction.Resume, "request r-1 is done and paid: its result is downloaded again")]
    [InlineData(KnownRequestState.Failed, JobAction.Create, "request r-1 failed: it is sent again")]
    [InlineData(KnownRequestState.Gone, JobAction.Create, "the result of request r-1 is gone at the service: it is sent and paid again")]
    [InlineData(KnownRequestState.Unknown, JobAction.Settle, "nobody knows whether the service took the request: it is looked up first")]
    public void Plan_EarlierRequest_DecidesTheAction(KnownRequestState state, JobAction action, string reason)
    {
        known.Requests[Plan().Steps[1].ContentKey] = new(state, "r-1");
        var job = Plan();

        Assert.Equal((action, reason), (job.Action, job.Reason));
        Assert.Equal(action == JobAction.Create ? 0.077m : 0, job.Steps.Sum(step => step.EstimatedUsd));
    }

    [Fact]
    public void Plan_RuleBrokenAfterThePayment_StillResumes()
    {
        var tooShort = GivenFlow.Job("a", null, GivenFlow.Entry(end: 1000));
        var draft = Planner.Plan(GivenFlow.Of(tooShort), new PlanInputs(), new DiagnosticBag()).Jobs[0];
        known.Requests[JobKeys.Request(ModelNames.LipSync, draft.Key.Value)] = new(KnownRequestState.Running, "r-1");

        Assert.Equal(JobAction.Resume, Plan(tooShort).Action);
    }

    [Fact]
    public void Plan_RenamedOutputOrJob_DownloadsInsteadOfPaying()
    {
        known.Requests[Plan().Steps[1].ContentKey] = new(KnownRequestState.Succeeded, "r-1");

        Assert.Equal(JobAction.Resume, Plan(GivenFlow.Job("renamed")).Action);
    }

    [Fact]
    public void Plan_ChangedAudioAndTime_SaysWhichPartsChanged()
    {
        var before = Plan();
        known.Jobs["launch-trailer/a"] = new(before.Key.Value, before.Key.Parts);
        var job = Plan(GivenFlow.Job("a", null, GivenFlow.Entry(audio: GivenFlow.Audio(content: "other"), insert: 1200)));

        var (was, now) = (GivenFlow.Sha("hello")[..4], GivenFlow.Sha("other")[..4]);
        Assert.Equal((JobAction.Change, $"audio sha256 {was}… → {now}…, sound_insert_time 0 → 1200"), (job.Action, job.Reason));
    }

    [Fact]
    public void Plan_EntryAdded_NamesTheEntry()
    {
        var before = Plan();
        known.Jobs["launch-trailer/a"] = new(before.Key.Value, before.Key.Parts);
        var job = Plan(GivenFlow.Job("a", null, GivenFlow.Entry(), GivenFlow.Entry(insert: 3500, index: 1)));

        Assert.StartsWith("faces[1].face only: true added, faces[1].audio sha256 ", job.Reason, StringComparison.Ordinal);
        Assert.EndsWith(" and 3 more", job.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_KnownJobWithTheSameKey_IsNoChange()
    {
        var before = Plan();
        known.Jobs["launch-trailer/a"] = new(before.Key.Value, before.Key.Parts);

        Assert.Equal(JobAction.Create, Plan().Action);
    }

    [Fact]
    public void Plan_GoodSession_ReusesItAndKnowsTheFaces()
    {
        known.Sessions[ContentIdentity.Of(GivenFlow.Video().Source)] = new("s-1", [GivenFlow.Found("4", 0, 6960)], Earlier);
        var job = Plan();

        Assert.Equal((StepAction.Reuse, 0m), (job.Steps[0].Action, job.Steps[0].EstimatedUsd));
        Assert.Equal(
            """{"session_id":"s-1","face_choose":[{"face_id":"4","sound_file":null,"sound_start_time":0,"sound_end_time":2950,"sound_insert_time":0}]}""",
            GivenPlan.Json(job.Steps[1].Payload));
        Assert.Equal(["/face_choose/0/sound_file"], job.Steps[1].Unknown);
        Assert.Equal("4", Assert.Single(job.Faces ?? []).Id);
    }

    [Fact]
    public void Plan_SessionWhoseFacesDoNotFit_BlocksBeforeAnythingIsPaid()
    {
        known.Sessions[ContentIdentity.Of(GivenFlow.Video().Source)] = new("s-1", [GivenFlow.Found("4", 5000, 6960)], Earlier);
        var job = Plan();

        Assert.Equal(JobAction.Blocked, job.Action);
        Assert.StartsWith("GKF4130: ", job.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(KnownRequestState.Running, JobAction.Create)]
    [InlineData(KnownRequestState.Unknown, JobAction.Settle)]
    public void Plan_IdentifyOnItsWay_IsNotSentBesideIt(KnownRequestState state, JobAction action)
    {
        known.Requests[Plan().Steps[0].ContentKey] = new(state, "r-2");
        var job = Plan();

        Assert.Equal((action, StepAction.Reuse, StepAction.Create), (job.Action, job.Steps[0].Action, job.Steps[1].Action));
        Assert.Equal(0.07m, job.Steps.Sum(step => step.EstimatedUsd));
    }

    private PlannedJob Plan(Job? job = null) =>
        Planner.Plan(GivenFlow.Of(job ?? GivenFlow.Job("a")), new PlanInputs { Known = known }, new DiagnosticBag()).Jobs[0];
}
