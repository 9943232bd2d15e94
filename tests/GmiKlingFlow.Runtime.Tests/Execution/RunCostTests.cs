using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Runtime.Downloads;
using GmiKlingFlow.Runtime.Queue;
using GmiKlingFlow.Runtime.State;
using GmiKlingFlow.Runtime.Tests.Downloads;
using GmiKlingFlow.Runtime.Tests.Queue;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Runtime.Tests.Execution;

/// <summary>What the steps of a run allocate, warmed up: no clock in it, and twice what was measured is allowed (tests/Benchmarks/README.md).</summary>
[Collection(nameof(Alone))]
public sealed class RunCostTests(MadeVideo video) : IClassFixture<MadeVideo>
{
    private const int Times = 200;

    [Fact]
    public void Move_EachTransition_AllocatesLittle()
    {
        using var bench = new RunBench();
        using var store = bench.OpenStore();
        var now = bench.Clock.GetUtcNow();
        store.Runs.Start(new RunStart("run", "service", "flow", "flow.yaml", "sha", now, "0.1.0", IsSimulated: false));
        var rows = Enumerable.Range(0, 2 * Times).Select(i => store.Requests.Create("service", $"content-{i}", "model", "run", 0, now).Row).ToList();

        var perMove = Cost(i =>
        {
            foreach (var state in (StepState[])[StepState.Intent, StepState.Submitted, StepState.Succeeded])
            {
                store.Requests.Move(rows[i], state, new(), "run", now);
            }
        }) / 3;

        Assert.InRange(perMove, 1, 20_000);
    }

    [Fact]
    public async Task Get_EachPoll_AllocatesLittle()
    {
        var server = new ScriptedServer(_ => ScriptedReply.Json(200, TestQueue.Record("processing")));
        await using var queue = TestQueue.Over(server, TimeProvider.System);

        var perPoll = await CostAsync(async _ => Assert.IsType<QueryOutcome.Found>(await queue.Client.GetAsync(TestQueue.Id, null, default)));

        Assert.InRange(perPoll, 1, 125_000);
    }

    [Fact]
    public async Task Submit_EachPost_AllocatesLittle()
    {
        var server = new ScriptedServer(_ => ScriptedReply.Json(200, TestQueue.Record("queued")));
        await using var queue = TestQueue.Over(server, TimeProvider.System);

        var perPost = await CostAsync(async _ => Assert.IsType<SubmitOutcome.Accepted>(await queue.Client.SubmitAsync(ModelNames.LipSync, TestQueue.Body, null, default)));

        Assert.InRange(perPost, 1, 126_000);
    }

    [Fact]
    public async Task Download_EachSmallFile_AllocatesLittle()
    {
        var reply = ScriptedReply.Body(200, video.Whole);
        await using var download = new TestDownload(_ => reply, time: TimeProvider.System);

        var perFile = await CostAsync(async i => Assert.IsType<DownloadOutcome.Downloaded>(
            await download.Downloader.DownloadAsync(new Uri(download.Server.Url, "a.mp4"), download.Folder.File($"out/{i}.mp4"), null, null, default)));

        Assert.InRange(perFile, 1, 180_000);
    }

    private static async Task<long> CostAsync(Func<int, Task> work)
    {
        for (var i = 0; i < Times; i++)
        {
            await work(i);
        }

        // The server's share is in it too.
        var before = GC.GetTotalAllocatedBytes(precise: true);
        for (var i = Times; i < 2 * Times; i++)
        {
            await work(i);
        }

        var cost = (GC.GetTotalAllocatedBytes(precise: true) - before) / Times;
        TestContext.Current.TestOutputHelper?.WriteLine($"{cost} bytes");
        return cost;
    }

    private static long Cost(Action<int> work)
    {
        for (var i = 0; i < Times; i++)
        {
            work(i);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = Times; i < 2 * Times; i++)
        {
            work(i);
        }

        var cost = (GC.GetAllocatedBytesForCurrentThread() - before) / Times;
        TestContext.Current.TestOutputHelper?.WriteLine($"{cost} bytes");
        return cost;
    }
}

/// <summary>No other test runs beside: what is allocated is counted over all threads.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
