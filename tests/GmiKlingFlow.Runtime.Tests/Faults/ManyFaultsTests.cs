using System.Diagnostics;
using System.Globalization;
using GmiKlingFlow.Runtime.Results;
using Xunit;

namespace GmiKlingFlow.Runtime.Tests.Faults;

/// <summary>Faults together, a budget under faults, and many jobs. <c>GKFLOW_SOAK_JOBS=10000</c> makes them very many.</summary>
public sealed class ManyFaultsTests(SmallMedia media, ITestOutputHelper output) : IClassFixture<SmallMedia>
{
    private static readonly string[] Everything =
    [
        "POST /requests: 504-accepted 12%", "POST /requests: reset-accepted 8%", "POST /requests: garbage-200-accepted 5%", "POST /requests: 504 8%",
        "POST /requests: 429-retry-after 3 8%", "POST /requests: 503 8%", "POST /requests: failed 5%", "GET /requests/*: 500 10%",
        "GET /requests/*: html-200 10%", "GET /requests/*: 404 5%", "GET /requests: 502-html 20%", "GET /requests: slow 20s 20%",
        "POST /upload-url: 503 20%", "PUT /storage/*: reset 20%", "GET /storage/*: cut 20%", "GET /storage/*: 500 10%",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Run_AllFaultsTogether_PaysOnceAndEnds(int seed)
    {
        await using var bench = await FaultBench.StartAsync(Everything, o => o with { Seed = seed, ParallelLimit = 5, AsynchronousIdentify = seed % 2 == 0 });
        var flow = FaultFlow.OfMany(media, 24);
        bench.Options = o => o with { Concurrency = 8 };
        await bench.RunAsync(flow);
        Assert.Null(await Judge.AfterRunAsync(bench));

        bench.Faults.IsOn = false;
        await bench.RunAsync(flow);

        Assert.Null(await Judge.AfterRunAsync(bench));
        Assert.Null(await Judge.AfterCleanRunAsync(bench));
    }

    [Theory]
    [InlineData(0.10)]
    [InlineData(0.35)]
    [InlineData(0.71)]
    [InlineData(1.05)]
    public async Task Run_WithABudget_NeverCrossesItWhateverIsLost(double budget)
    {
        await using var bench = await FaultBench.StartAsync("POST /requests: 504-accepted 20%", "POST /requests: 429 20%", "POST /requests: reset 15%", "POST /requests: 400 10%");
        bench.Options = o => o with { Concurrency = 10, BudgetUsd = (decimal)budget };

        var report = await bench.RunAsync(FaultFlow.OfMany(media, 30));

        Assert.InRange(bench.Simulator.Ledger.SpentUsd, 0.007m, (decimal)budget);
        Assert.InRange(report.Results.Summary.CostUsd, bench.Simulator.Ledger.SpentUsd, (decimal)budget);
        Assert.Null(await Judge.AfterRunAsync(bench));
    }

    [Fact]
    public async Task Run_ManyJobsWithFaults_KeepsNothingOpen()
    {
        var jobs = int.Parse(Environment.GetEnvironmentVariable("GKFLOW_SOAK_JOBS") ?? "200", CultureInfo.InvariantCulture);
        await using var bench = await FaultBench.StartAsync(
            ["POST /requests: 504-accepted 2%", "POST /requests: 429 1%", "GET /requests/*: 500 5%", "GET /storage/*: cut 5%"], static o => o, speed: 20);
        bench.Options = o => o with { Concurrency = 32, Deadline = TimeSpan.FromHours(1) };
        await bench.RunAsync(FaultFlow.OfMany(media, 10));
        var (handles, memory) = Measure();
        var watch = Stopwatch.StartNew();
        var processor = Process.GetCurrentProcess().TotalProcessorTime;

        var report = await bench.RunAsync(FaultFlow.OfMany(media, jobs));

        var used = Process.GetCurrentProcess().TotalProcessorTime - processor;
        var (handlesAfter, memoryAfter) = Measure();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{jobs} jobs in {watch.Elapsed.TotalSeconds:0.0} s, {used.TotalMilliseconds / jobs:0.0} ms of processor each with the simulator's part; memory {memory >> 20} -> {memoryAfter >> 20} MiB, handles {handles} -> {handlesAfter}"));
        Assert.All(report.Results.Jobs, job => Assert.True(job.Status is JobStatus.Succeeded or JobStatus.Reused, $"{job.Id} is {job.Status}: {job.Error?.Message}"));
        Assert.Null(await Judge.AfterRunAsync(bench));
        Assert.InRange(handlesAfter, 0, handles + 200);
    }

    private static (int Handles, long Memory) Measure()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        using var process = Process.GetCurrentProcess();
        return (process.HandleCount, GC.GetTotalMemory(forceFullCollection: true));
    }
}
