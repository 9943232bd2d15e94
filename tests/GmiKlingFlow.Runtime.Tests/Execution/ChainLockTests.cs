using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning;
using GmiKlingFlow.Core.Planning.Payloads;
using GmiKlingFlow.Runtime.Execution;
using GmiKlingFlow.Runtime.Results;
using GmiKlingFlow.Runtime.State;
using Xunit;

namespace GmiKlingFlow.Runtime.Tests.Execution;

/// <summary>One pass per face, with the faces under review.</summary>
public sealed class ChainLockTests : IDisposable
{
    private readonly RunBench bench = new();

    public ChainLockTests() => bench.Queue.Faces = """[{"face_id":"0","start_time":0,"end_time":9000},{"face_id":"1","start_time":0,"end_time":9000}]""";

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task RunAsync_FacesAsLocked_SyncsEveryPassWithTheLockedFaces()
    {
        var flow = ChainTests.Chained(ChainTests.Duet());
        using var store = bench.OpenStore();
        var plan = Plan(store, flow, end: 8950);

        var report = await bench.RunAsync(store, plan);

        Assert.Equal((RunEnd.Completed, JobStatus.Succeeded), (report.End, report.Results.Jobs[0].Status));
        Assert.Equal([ModelNames.IdentifyFace, ModelNames.LipSync, ModelNames.IdentifyFace, ModelNames.LipSync], bench.Queue.Posts.Select(static post => post.Model));
        Assert.Equal(
            System.Text.Encoding.UTF8.GetString(PayloadWriter.RequestBody(ModelNames.LipSync, plan.Jobs[0].Passes[0].Sync.Payload, new PayloadFill("s-r1", static _ => null)).Span),
            bench.Queue.Posts[1].Body);
        Assert.Contains("\"face_id\":\"1\"", bench.Queue.Posts[3].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_LockDiffers_SpendsOnNoPass()
    {
        var flow = ChainTests.Chained(ChainTests.Duet());
        using var store = bench.OpenStore();

        var report = await bench.RunAsync(store, Plan(store, flow, end: 7000));

        Assert.Equal((RunEnd.FacesDiffer, JobStatus.Pending), (report.End, report.Results.Jobs[0].Status));
        Assert.Equal([ModelNames.IdentifyFace], bench.Queue.Posts.Select(static post => post.Model));
        Assert.Equal(0.007m, report.Results.Summary.CostUsd);
    }

    [Fact]
    public async Task RunAsync_LockTakenAfterTheFirstRun_PaysForNothingAgain()
    {
        var flow = ChainTests.Chained(ChainTests.Duet());
        await bench.RunAsync(flow);
        using var store = bench.OpenStore();

        var report = await bench.RunAsync(store, Plan(store, flow, end: 9000));

        Assert.Equal((JobStatus.Reused, 4), (report.Results.Jobs[0].Status, bench.Queue.Posts.Count));
    }

    [Fact]
    public async Task RunAsync_CutOffBetweenThePassesWithALock_GoesOnWithTheSecond()
    {
        var flow = ChainTests.Chained(ChainTests.Duet());
        using (var stop = new CancellationTokenSource())
        using (var first = bench.OpenStore())
        {
            bench.OnEvent = happened =>
            {
                if (happened is RunEvent.Submitted { Model: ModelNames.LipSync })
                {
                    stop.Cancel();
                }
            };
            await bench.RunAsync(first, Plan(first, flow, end: 9000), stop.Token);
        }

        bench.OnEvent = null;
        using var store = bench.OpenStore();
        var report = await bench.RunAsync(store, Plan(store, flow, end: 9000));

        Assert.Equal(JobStatus.Succeeded, report.Results.Jobs[0].Status);
        Assert.Equal((2, 2), (bench.Queue.PostsOf(ModelNames.IdentifyFace), bench.Queue.PostsOf(ModelNames.LipSync)));
    }

    private Plan Plan(StateStore store, Flow flow, long end) => Planner.Plan(
        flow,
        new PlanInputs
        {
            Known = bench.Work(store),
            Lock = LockGuardTests.Locked(flow, new Face("0", LockGuardTests.Range(0, end), null), new Face("1", LockGuardTests.Range(0, end), null)),
        },
        new DiagnosticBag());
}
