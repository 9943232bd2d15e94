using System.Globalization;
using GmiKlingFlow.Runtime.Downloads;
using GmiKlingFlow.Runtime.Execution;
using GmiKlingFlow.Runtime.State;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Runtime.Tests.Execution;

/// <summary>What a job costs this machine without the network. By hand only (see tests/Benchmarks/README.md): figures belong to a quiet machine.</summary>
public sealed class DurableSpeed
{
    private static readonly TimeProvider Clock = TimeProvider.System;

    [Theory(Explicit = true)]
    [InlineData(1)]
    [InlineData(8)]
    public void Move_EachSynced_TransitionsPerSecond(int writers)
    {
        const int Requests = 4000;
        using var bench = new RunBench();
        using var store = bench.OpenStore();
        store.Runs.Start(new RunStart("run", "service", "flow", "flow.yaml", "sha", Clock.GetUtcNow(), "0.1.0", IsSimulated: false));
        var rows = Enumerable.Range(0, Requests).Select(i => store.Requests.Create("service", $"content-{i}", "model", "run", 0, Clock.GetUtcNow()).Row).ToList();
        StepState[] way = [StepState.Intent, StepState.Submitted, StepState.Succeeded];
        var start = Clock.GetTimestamp();
        var threads = Enumerable.Range(0, writers).Select(writer => new Thread(() =>
        {
            foreach (var row in rows.Where(row => row % writers == writer))
            {
                foreach (var state in way)
                {
                    store.Requests.Move(row, state, new(), "run", Clock.GetUtcNow());
                }
            }
        })).ToList();
        threads.ForEach(static thread => thread.Start());
        threads.ForEach(static thread => thread.Join());

        Tell($"{Requests * way.Length / Clock.GetElapsedTime(start).TotalSeconds:F0} durable transitions per second, {writers} at once");
    }

    [Theory(Explicit = true)]
    [InlineData(2000)]
    [InlineData(8000)]
    public async Task Run_JobsWithoutNetwork_CpuPerJob(int jobs)
    {
        await RunAsync(200);
        var before = Environment.CpuUsage;
        var start = Clock.GetTimestamp();
        await RunAsync(jobs);
        var after = Environment.CpuUsage;
        var perJob = (after.TotalTime - before.TotalTime).TotalMilliseconds / jobs;
        var kernel = (after.PrivilegedTime - before.PrivilegedTime).TotalMilliseconds / jobs;

        Tell($"{perJob:F2} ms CPU per job over {jobs} jobs ({kernel:F2} of it the kernel's, {Clock.GetElapsedTime(start).TotalSeconds:F1} s wall), planning, state and results included");
    }

    private static async Task RunAsync(int jobs)
    {
        // A clock a thousand times as fast, that waits without work: a manual one would be looked through at every wait.
        var clock = new QuickTimeProvider(1000);
        using var bench = new RunBench { Queue = new ScriptedQueue(clock), Options = o => o with { Concurrency = 64, Deadline = TimeSpan.FromDays(365) } };
        using var store = bench.OpenStore();
        var runner = new Runner(store, bench.Queue, new InMemory(), clock, new Random(1));
        var report = await runner.RunAsync(bench.PlanFor(store, TestFlow.OfMany(jobs)), bench.NewOptions(), bench, default);
        Assert.Equal(jobs, report.Results.Summary.Succeeded);
    }

    private static void Tell(FormattableString text) => TestContext.Current.TestOutputHelper?.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    // How long the file system takes to make a file is not the question, and differs tenfold with what it did just before.
    private sealed class InMemory : IArtifactDownloader
    {
        public Task<DownloadOutcome> DownloadAsync(Uri url, string path, TimeSpan? sourceDuration, TimeSpan? patience, CancellationToken cancellationToken) =>
            Task.FromResult<DownloadOutcome>(new DownloadOutcome.Downloaded(new Artifact(path, 1000, new string('a', 64), TimeSpan.FromSeconds(10))));
    }
}
