using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning;
using GmiKlingFlow.Core.Planning.Choosing;
using GmiKlingFlow.Core.Planning.Keys;
using GmiKlingFlow.Core.Planning.Payloads;
using GmiKlingFlow.Core.Timing;
using GmiKlingFlow.Runtime.Execution;
using GmiKlingFlow.Runtime.Queue;
using GmiKlingFlow.Runtime.Results;
using GmiKlingFlow.Runtime.State;
using Xunit;

namespace GmiKlingFlow.Runtime.Tests.Execution;

public sealed class LockGuardTests : IDisposable
{
    private const string Found = """[{"face_id":"0","start_time":0,"end_time":9000}]""";
    private const string FoundOther = """[{"face_id":"0","start_time":0,"end_time":9000},{"face_id":"1","start_time":500,"end_time":4000}]""";

    private readonly RunBench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task RunAsync_FacesWithinTolerance_SendsWhatWasPlanned()
    {
        var flow = TestFlow.Of(TestFlow.Job("a"));
        using var store = bench.OpenStore();
        var plan = Plan(store, flow, Locked(flow, new Face("0", Range(60, 8920), null)));

        var report = await bench.RunAsync(store, plan);

        Assert.Equal((RunEnd.Completed, JobStatus.Succeeded), (report.End, report.Results.Jobs[0].Status));
        var fill = new PayloadFill("s-r1", _ => null);
        Assert.Equal(PayloadWriter.RequestBody(ModelNames.LipSync, plan.Jobs[0].Steps[1].Payload, fill).ToArray(), System.Text.Encoding.UTF8.GetBytes(bench.Queue.Posts[1].Body));
    }

    [Fact]
    public async Task RunAsync_OneVideoDiffers_SpendsOnNoSyncAtAll()
    {
        var flow = TestFlow.OfMany(6, videos: 3);
        using var store = bench.OpenStore();
        var faces = Locked(flow, new Face("0", Range(0, 9000), null));
        faces = faces with { Videos = [faces.Videos[0], faces.Videos[1] with { Faces = [new(new Face("0", Range(0, 7000), null), null)] }, faces.Videos[2]] };

        var report = await bench.RunAsync(store, Plan(store, flow, faces));

        Assert.Equal((RunEnd.FacesDiffer, 3, 0), (report.End, bench.Queue.PostsOf(ModelNames.IdentifyFace), bench.Queue.PostsOf(ModelNames.LipSync)));
        Assert.Equal(["GKF6013", "GKF6012", "GKF6013", "GKF6013", "GKF6012", "GKF6013"], report.Results.Jobs.Select(job => job.Error?.Code));
        Assert.All(report.Results.Jobs, job => Assert.Equal(JobStatus.Pending, job.Status));
        Assert.Equal(3 * 0.007m, report.Results.Summary.CostUsd);
        Assert.Contains("0-7000 ms  0-9000 ms  moved", report.Results.Jobs[1].Error?.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_SeveralVideosDiffer_ShowsAllOfThem()
    {
        bench.Queue.Faces = FoundOther;
        var flow = TestFlow.OfMany(2, videos: 2);
        using var store = bench.OpenStore();

        var report = await bench.RunAsync(store, Plan(store, flow, Locked(flow, new Face("0", Range(0, 9000), null))));

        Assert.Equal("GKF6014", report.Reason?.Code);
        Assert.Contains("https://media.example.com/video-0.mp4", report.Reason?.Hint, StringComparison.Ordinal);
        Assert.Contains("https://media.example.com/video-1.mp4", report.Reason?.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_AfterARefusal_TheSessionIsUsedAgain()
    {
        bench.Queue.Faces = FoundOther;
        var flow = TestFlow.Of(TestFlow.Job("a"));
        using (var store = bench.OpenStore())
        {
            await bench.RunAsync(store, Plan(store, flow, Locked(flow, new Face("0", Range(0, 9000), null))));
        }

        using var later = bench.OpenStore();
        var byId = TestFlow.Of(Faults.FaultFlow.ById(TestFlow.Job("a")));
        var report = await bench.RunAsync(later, Plan(later, byId, Locked(byId, new Face("0", Range(0, 9000), null), new Face("1", Range(500, 4000), null))));

        Assert.Equal(JobStatus.Succeeded, report.Results.Jobs[0].Status);
        Assert.Equal((1, 1), (bench.Queue.PostsOf(ModelNames.IdentifyFace), bench.Queue.PostsOf(ModelNames.LipSync)));
    }

    [Fact]
    public async Task RunAsync_PaidWorkBesideADifference_IsBroughtHome()
    {
        var flow = TestFlow.Of(TestFlow.Job("a"), TestFlow.Job("b", video: "second"));
        bench.Queue.PollsUntilDone = 1_000_000;
        using (var store = bench.OpenStore())
        {
            bench.Options = static options => options with { Deadline = TimeSpan.FromMinutes(1) };
            await bench.RunAsync(store, Plan(store, TestFlow.Of(flow.Jobs[0]), null));
        }

        bench.Queue.PollsUntilDone = 1;
        bench.Queue.Faces = FoundOther;
        using var later = bench.OpenStore();
        var report = await bench.RunAsync(later, Plan(later, flow, Locked(flow, new Face("0", Range(0, 9000), null))));

        Assert.Equal((RunEnd.FacesDiffer, JobStatus.Succeeded, JobStatus.Pending), (report.End, report.Results.Jobs[0].Status, report.Results.Jobs[1].Status));
        Assert.Equal(1, bench.Queue.PostsOf(ModelNames.LipSync));
    }

    [Fact]
    public async Task RunAsync_IdentifyOfOneVideoFails_TheOthersGoOn()
    {
        bench.Queue.OnSubmit = (number, model, _) => Task.FromResult<SubmitOutcome?>(number == 1 ? new SubmitOutcome.Rejected(ScriptedQueue.Trouble, StopsRun: false) : null);
        bench.Options = static options => options with { Concurrency = 1 };
        var flow = TestFlow.OfMany(2, videos: 2);
        using var store = bench.OpenStore();

        var report = await bench.RunAsync(store, Plan(store, flow, Locked(flow, new Face("0", Range(0, 9000), null))));

        Assert.Equal([JobStatus.Failed, JobStatus.Succeeded], report.Results.Jobs.Select(job => job.Status));
        Assert.Equal(2, bench.Queue.PostsOf(ModelNames.IdentifyFace));
    }

    [Fact]
    public async Task RunAsync_BudgetForIdentifyOnly_EndsAsPlanned()
    {
        bench.Options = static options => options with { BudgetUsd = 0.01m };
        var flow = TestFlow.Of(TestFlow.Job("a"));
        using var store = bench.OpenStore();

        var report = await bench.RunAsync(store, Plan(store, flow, Locked(flow, new Face("0", Range(0, 9000), null))));

        Assert.Equal((RunEnd.BudgetReached, 0), (report.End, bench.Queue.PostsOf(ModelNames.LipSync)));
        Assert.Equal(0.007m, report.Results.Summary.CostUsd);
    }

    [Fact]
    public async Task RunAsync_StoppedWhileFacesAreLookedFor_TellsWhatWasPaid()
    {
        using var stop = new CancellationTokenSource();
        bench.OnEvent = happened => _ = happened is RunEvent.Submitted { Model: ModelNames.IdentifyFace } ? Stop(stop) : 0;
        var flow = TestFlow.OfMany(2, videos: 2);
        bench.Options = static options => options with { Concurrency = 1 };
        using var store = bench.OpenStore();

        var report = await bench.RunAsync(store, Plan(store, flow, Locked(flow, new Face("0", Range(0, 9000), null))), stop.Token);

        Assert.Equal((RunEnd.Interrupted, 0), (report.End, bench.Queue.PostsOf(ModelNames.LipSync)));
        Assert.Equal(0.007m * bench.Queue.PostsOf(ModelNames.IdentifyFace), report.Results.Summary.CostUsd);
    }

    [Fact]
    public async Task RunAsync_SessionEndsOnTheWayAndTheNextDiffers_SendsNoMore()
    {
        var flow = TestFlow.Of(TestFlow.Job("a"), TestFlow.Job("b", audio: "other"));
        bench.Options = static options => options with { Concurrency = 1, Deadline = TimeSpan.FromHours(30) };
        bench.OnEvent = happened =>
        {
            if (happened is RunEvent.Submitted { Model: ModelNames.LipSync })
            {
                bench.Queue.Faces = FoundOther;
                bench.Clock.Advance(TimeSpan.FromHours(25));
            }
        };
        using var store = bench.OpenStore();

        var report = await bench.RunAsync(store, Plan(store, flow, Locked(flow, new Face("0", Range(0, 9000), null))));

        Assert.Equal((RunEnd.FacesDiffer, 1), (report.End, bench.Queue.PostsOf(ModelNames.LipSync)));
        Assert.Equal(2, bench.Queue.PostsOf(ModelNames.IdentifyFace));
    }

    [Fact]
    public async Task RunAsync_AcceptFaces_AreTakenBeforeTheFirstSync()
    {
        IReadOnlyList<IdentifiedVideo>? accepted = null;
        bench.Queue.Faces = Found;
        bench.Options = options => options with
        {
            AcceptFaces = (videos, _) =>
            {
                Assert.Equal(0, bench.Queue.PostsOf(ModelNames.LipSync));
                accepted = videos;
                return Task.FromResult<Failure?>(null);
            },
        };
        using var store = bench.OpenStore();

        var report = await bench.RunAsync(store, Plan(store, TestFlow.OfMany(4, videos: 2), null));

        Assert.Equal((4, 2), (report.Results.Summary.Succeeded, accepted?.Count));
        Assert.All(accepted ?? [], video => Assert.Equal("0", Assert.Single(video.Faces ?? []).Id));
    }

    [Fact]
    public async Task RunAsync_AcceptedFacesThatCannotBeWritten_SpendNothing()
    {
        bench.Options = static options => options with { AcceptFaces = static (_, _) => Task.FromResult<Failure?>(ScriptedQueue.Trouble) };
        using var store = bench.OpenStore();

        var report = await bench.RunAsync(store, Plan(store, TestFlow.Of(TestFlow.Job("a")), null));

        Assert.Equal((RunEnd.StateUnusable, 0), (report.End, bench.Queue.PostsOf(ModelNames.LipSync)));
    }

    private static int Stop(CancellationTokenSource stop)
    {
        stop.Cancel();
        return 0;
    }

    private Plan Plan(StateStore store, Flow flow, FacesLock? faces) => Planner.Plan(flow, new PlanInputs { Known = bench.Work(store), Lock = faces }, new DiagnosticBag());

    internal static FacesLock Locked(Flow flow, params Face[] faces) => new(
        "flow.faces.lock.yaml",
        [.. flow.Videos.Values.Select(video => new LockedVideo(LockedFaces.SourceOf(video), ContentIdentity.Of(video.Source), [.. faces.Select(face => new LockedFace(face, null))], null))]);

    internal static TimeRange Range(long start, long end) => new(TimeSpan.FromMilliseconds(start), TimeSpan.FromMilliseconds(end));
}
