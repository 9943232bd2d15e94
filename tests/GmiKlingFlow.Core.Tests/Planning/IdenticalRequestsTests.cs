using FsCheck;
using FsCheck.Fluent;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning;
using GmiKlingFlow.Core.Planning.Keys;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Core.Tests.Planning;

public sealed class IdenticalRequestsTests
{
    private static readonly FaceSelector[] Selectors =
    [
        new FaceSelector.ById("0"), new FaceSelector.ById("1"), new FaceSelector.Longest(), new FaceSelector.ByIndex(0), new FaceSelector.ByIndex(1),
        new FaceSelector.At(TimeSpan.FromMilliseconds(50)), new FaceSelector.Overlaps(GivenFlow.Range(0, 3000)),
    ];

    private readonly KnownWorkInMemory known = new();

    public IdenticalRequestsTests() =>
        known.Sessions[VideoKey] = new("s-1", [GivenFlow.Found("0", 0, 6960), GivenFlow.Found("1", 100, 6000)], new DateTimeOffset(2026, 1, 1, 9, 0, 0, TimeSpan.Zero));

    private static string VideoKey => ContentIdentity.Of(GivenFlow.Video().Source);

    [Fact]
    public void Plan_TwoWaysToTheSameFace_IsOneRequestPaidOnce()
    {
        var plan = Plan(Job("a", new FaceSelector.ById("0")), Job("b", new FaceSelector.Longest()), Job("c", new FaceSelector.ById("1")));

        Assert.NotEqual(plan.Jobs[0].Key.Value, plan.Jobs[1].Key.Value);
        Assert.Equal(2, plan.Summary.Requests[ModelNames.LipSync]);
        Assert.Equal(0.14m, plan.Summary.EstimatedUsd);
        Assert.Equal([0.07m, 0m, 0.07m], plan.Jobs.Select(job => job.Steps[1].EstimatedUsd));
        Assert.Equal("new; shares the request of \"a\"", plan.Jobs[1].Reason);
    }

    [Fact]
    public void Plan_FacesNotKnownYet_CountsBoth()
    {
        known.Sessions.Clear();

        Assert.Equal(2, Plan(Job("a", new FaceSelector.ById("0")), Job("b", new FaceSelector.Longest())).Summary.Requests[ModelNames.LipSync]);
    }

    [Fact]
    public void Plan_SameRequestUnderWayForAnotherJob_IsWaitedFor()
    {
        var first = Plan(Job("a", new FaceSelector.ById("0"))).Jobs[0];
        known.Requests[first.Steps[1].ContentKey] = new(KnownRequestState.Running, "r-1");

        var plan = Plan(Job("a", new FaceSelector.ById("0")), Job("b", new FaceSelector.Longest()));

        Assert.Equal([JobAction.Resume, JobAction.Resume], plan.Jobs.Select(job => job.Action));
        Assert.Equal((0m, 0), (plan.Summary.EstimatedUsd, plan.Summary.Requests[ModelNames.LipSync]));
    }

    [Fact]
    public void Plan_SamePayloadSentForAJobThatIsGone_IsWaitedFor()
    {
        var remote = GivenFlow.Job("b", null, GivenFlow.Entry(GivenFlow.Face(new FaceSelector.Longest()), GivenFlow.RemoteAudio("https://h.example/a.mp3"), end: 2500));
        var sent = Plan(remote).Jobs[0].Steps[1];
        known.OnSent = payload => GivenPlan.Json(payload) == GivenPlan.Json(sent.Payload) ? new(KnownRequestState.Succeeded, "r-1") { ContentKey = "another" } : null;
        known.Requests["another"] = new(KnownRequestState.Succeeded, "r-1");

        var job = Plan(remote).Jobs[0];

        Assert.Equal((JobAction.Resume, "another"), (job.Action, job.Steps[1].ContentKey));
    }

    [Fact]
    public void Plan_OutputOfASharedRequestIsGoneAndItsSessionToo_DownloadsAgain()
    {
        known.Sessions.Clear();
        var job = Job("b", new FaceSelector.Longest());
        known.SharedRequests[Plan(job).Jobs[0].Key.Value] = new(KnownRequestState.Succeeded, "r-1") { ContentKey = "another" };
        known.Requests["another"] = new(KnownRequestState.Succeeded, "r-1");

        Assert.Equal((JobAction.Resume, 0m), (Plan(job).Jobs[0].Action, Plan(job).Summary.EstimatedUsd));
    }

    [Fact]
    public void Plan_AnyJobsOfOneVideo_CountsEachDifferentPayloadOnce() => Check.One(PropertyRun.Config, Prop.ForAll<NonEmptyArray<byte>>(choices =>
    {
        var jobs = choices.Get.Take(12).Select((choice, i) => Job($"j{i}", Selectors[choice % Selectors.Length], choice / Selectors.Length % 3 * 100)).ToArray();
        var plan = Plan(jobs);
        var payloads = plan.Jobs.Select(job => $"{GivenPlan.Json(job.Steps[1].Payload)}").Distinct(StringComparer.Ordinal).Count();

        Assert.Equal(payloads, plan.Summary.Requests[ModelNames.LipSync]);
        Assert.Equal(payloads * 0.07m, plan.Summary.EstimatedUsd);
        Assert.Equal(plan.Summary.EstimatedUsd, plan.Jobs.Sum(job => job.Steps.Sum(step => step.EstimatedUsd)));
    }));

    private static Job Job(string id, FaceSelector face, long insert = 0) => GivenFlow.Job(id, null, GivenFlow.Entry(GivenFlow.Face(face), insert: insert));

    private Plan Plan(params Job[] jobs) => Planner.Plan(GivenFlow.Of(jobs), new PlanInputs { Known = known }, new DiagnosticBag());
}
