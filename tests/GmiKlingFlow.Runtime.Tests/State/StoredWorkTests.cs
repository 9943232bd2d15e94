using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning;
using GmiKlingFlow.Core.Timing;
using GmiKlingFlow.Runtime.State;
using GmiKlingFlow.Runtime.Tests.Execution;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Runtime.Tests.State;

public sealed class StoredWorkTests : IDisposable
{
    private readonly RunBench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task Session_WithinItsLifeLessTheMargin_IsKnownWithItsFaces()
    {
        bench.Queue.Faces = """[{"face_id":"3","start_time":120,"end_time":9000.5,"face_image":"https://faces.example.com/3.png"}]""";
        using var store = bench.OpenStore();
        var plan = bench.PlanFor(store, TestFlow.Of(TestFlow.Job("a")));
        await bench.RunAsync(store, plan);

        var session = bench.Work(store).Session(plan.Jobs[0].VideoKey);
        bench.Clock.Advance(TimeSpan.FromHours(23.5));
        var late = bench.Work(store).Session(plan.Jobs[0].VideoKey);

        Assert.Equal("s-r1", session?.SessionId);
        Assert.Equal(new Face("3", new TimeRange(TimeSpan.FromMilliseconds(120), TimeSpan.FromMilliseconds(9000.5)), "https://faces.example.com/3.png"), Assert.Single(session?.Faces ?? []));
        Assert.Null(late);
    }

    [Fact]
    public async Task Session_FromAClockThatWasAhead_IsNotTrusted()
    {
        using var store = bench.OpenStore();
        var plan = bench.PlanFor(store, TestFlow.Of(TestFlow.Job("a")));
        await bench.RunAsync(store, plan);
        var earlier = new ManualTimeProvider(bench.Clock.GetUtcNow().AddDays(-2));

        Assert.Null(new StoredWork(store, bench.Service, bench.OutputFolder, earlier, Core.Rules.KlingLimits.Current).Session(plan.Jobs[0].VideoKey));
    }

    [Fact]
    public async Task Everything_OfOneService_IsUnknownToAnother()
    {
        using var store = bench.OpenStore();
        var plan = bench.PlanFor(store, TestFlow.Of(TestFlow.Job("a")));
        await bench.RunAsync(store, plan);
        var (job, sync) = (plan.Jobs[0], plan.Jobs[0].Steps[^1]);
        var own = bench.Work(store);
        bench.Service = "https://other.example.com/api";
        var other = bench.Work(store);

        Assert.NotNull(own.Session(job.VideoKey));
        Assert.Equal(new KnownRequest(KnownRequestState.Succeeded, "r2"), own.Request(sync.ContentKey));
        Assert.True(own.OutputIsThere(job.Key.Value, "a.mp4"));
        Assert.Equal(job.Key.Value, own.Job("test", "a")?.Key);
        Assert.Null(other.Session(job.VideoKey));
        Assert.Null(other.Request(sync.ContentKey));
        Assert.False(other.OutputIsThere(job.Key.Value, "a.mp4"));
        Assert.Null(other.Job("test", "a"));
    }

    [Theory]
    [InlineData(StepState.Pending, null)]
    [InlineData(StepState.Intent, KnownRequestState.Unknown)]
    [InlineData(StepState.Unknown, KnownRequestState.Unknown)]
    [InlineData(StepState.Submitted, KnownRequestState.Running)]
    [InlineData(StepState.Stalled, KnownRequestState.Running)]
    [InlineData(StepState.Failed, KnownRequestState.Failed)]
    [InlineData(StepState.Rejected, KnownRequestState.Failed)]
    [InlineData(StepState.Gone, KnownRequestState.Gone)]
    [InlineData(StepState.Expired, null)]
    public void Request_ByItsState_IsKnownToThePlanner(StepState state, KnownRequestState? expected)
    {
        using var store = bench.OpenStore();
        store.Runs.Start(new RunStart("run", bench.Service, "flow", "flow.yaml", "sha", bench.Clock.GetUtcNow(), "0.1.0", IsSimulated: false));
        var row = store.Requests.Create(bench.Service, "content", "model", "run", 0, bench.Clock.GetUtcNow()).Row;
        StepState[] way = state switch
        {
            StepState.Pending => [],
            StepState.Intent => [StepState.Intent],
            StepState.Gone => [StepState.Intent, StepState.Submitted, StepState.Succeeded, StepState.Gone],
            StepState.Expired => [StepState.Expired],
            StepState.Unknown or StepState.Rejected or StepState.Submitted => [StepState.Intent, state],
            _ => [StepState.Intent, StepState.Submitted, state],
        };
        foreach (var step in way)
        {
            store.Requests.Move(row, step, new(), "run", bench.Clock.GetUtcNow());
        }

        Assert.Equal(expected, bench.Work(store).Request("content")?.State);
    }

    [Fact]
    public async Task Job_ThatNoRunHasStarted_IsNotKnown()
    {
        bench.Options = o => o with { BudgetUsd = 0.001m, Concurrency = 1 };
        using var store = bench.OpenStore();
        await bench.RunAsync(store, bench.PlanFor(store, TestFlow.OfMany(100)));

        var jobs = store.ListJobs("test");

        Assert.Equal(100, jobs.Count);
        Assert.Null(bench.Work(store).Job("test", "job-99"));
        Assert.NotNull(bench.Work(store).Job("test", "job-0"));
    }

    [Theory]
    [InlineData("https://key:secret@Console.GMIcloud.ai/api/v1/ie/requestqueue/apikey/?x=1", "https://console.gmicloud.ai/api/v1/ie/requestqueue/apikey")]
    [InlineData("http://127.0.0.1:8787", "http://127.0.0.1:8787")]
    public void ServiceName_OfABaseUrl_HasNoCredentials(string url, string expected) => Assert.Equal(expected, ServiceName.Of(new Uri(url)));
}
