using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning;
using GmiKlingFlow.Runtime.Execution;
using Xunit;

namespace GmiKlingFlow.Runtime.Tests.Execution;

public sealed class JobOrderTests : IDisposable
{
    private readonly RunBench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public void Order_NothingKnown_TakesLongVideosFirstAndElseTheFlowsOrder()
    {
        var plan = Planned(("a", 5), ("b", 40), ("c", 5), ("d", 60));

        Assert.Equal(["d", "b", "a", "c"], Ids(plan, []));
    }

    [Fact]
    public void Order_SeenBefore_GoesByThatAndSharesItWithJobsOfTheSameVideo()
    {
        var plan = Planned(("a", 5), ("b", 5), ("c", 5), ("d", 60));

        Assert.Equal(["b", "d", "a", "c"], Ids(plan, new() { ["b"] = TimeSpan.FromMinutes(90), ["a"] = TimeSpan.FromMinutes(1), ["d"] = TimeSpan.FromMinutes(20), ["c"] = TimeSpan.FromSeconds(50) }));
    }

    [Fact]
    public async Task Order_OfASecondRun_KnowsHowLongTheFirstTook()
    {
        bench.Queue.OnGet = null;
        using var store = bench.OpenStore();
        var flow = TestFlow.Of(TestFlow.Job("a"), TestFlow.Job("b", audio: "other"));
        await bench.RunAsync(store, bench.PlanFor(store, flow));

        var seen = store.Jobs.SyncTimes(bench.Service, "test");

        Assert.Equal(["a", "b"], seen.Keys.Order());
        Assert.All(seen.Values, took => Assert.True(took > TimeSpan.Zero));
    }

    [Theory]
    [InlineData(16)]
    [InlineData(64)]
    public void Order_ThousandJobsOfVeryDifferentLength_IsWithinThreePerCentOfTheLeastTime(int places)
    {
        var random = new Random(7);
        var plan = Planned([.. Enumerable.Range(0, 1000).Select(i => ($"job-{i}", (int)Math.Min(60, 2 + (4 / Math.Max(0.05, random.NextDouble())))))]);
        var times = new JobTimes(plan, new Dictionary<string, TimeSpan>());
        List<double> takes = [.. JobOrder.Of(plan, times).Working.Select(i => times.Left(plan.Jobs[i]).TotalSeconds)];

        // Each place takes the next job as soon as it is free.
        var free = new PriorityQueue<double, double>(Enumerable.Repeat((0.0, 0.0), places));
        foreach (var seconds in takes)
        {
            var end = free.Dequeue() + seconds;
            free.Enqueue(end, end);
        }

        var wall = free.UnorderedItems.Max(place => place.Element);
        Assert.InRange(wall, 0, 1.03 * Math.Max(takes.Sum() / places, takes.Max()));
    }

    [Fact]
    public void Order_PaidAndFree_ComeFirstAndBeside()
    {
        var plan = Planned(("a", 60), ("b", 5), ("c", 5));
        plan = plan with { Jobs = [plan.Jobs[0], plan.Jobs[1] with { Action = JobAction.Resume }, plan.Jobs[2] with { Action = JobAction.Skip }] };

        var order = JobOrder.Of(plan, new JobTimes(plan, new Dictionary<string, TimeSpan>()));

        Assert.Equal([1, 0], order.Working);
        Assert.Equal([2], order.Free);
        Assert.All(plan.Jobs, job => Assert.True(order.RankOfIdentify(job.Job) < order.RankOf(plan.Jobs[1].Job)));
    }

    private static IReadOnlyList<string> Ids(Plan plan, Dictionary<string, TimeSpan> seen) =>
        [.. JobOrder.Of(plan, new JobTimes(plan, seen)).Working.Select(i => plan.Jobs[i].Job.Id)];

    private Plan Planned(params (string Id, int Seconds)[] jobs)
    {
        using var store = bench.OpenStore();
        return bench.PlanFor(store, TestFlow.Of([.. jobs.Select(static job => Lasting(TestFlow.Job(job.Id, video: job.Id), job.Seconds))]));
    }

    private static Job Lasting(Job job, int seconds) => job with { Video = job.Video with { Duration = TimeSpan.FromSeconds(seconds) } };
}
