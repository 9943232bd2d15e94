using System.Collections.Concurrent;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Runtime.Downloads;
using GmiKlingFlow.Runtime.Execution;
using GmiKlingFlow.Runtime.Queue;
using GmiKlingFlow.Runtime.State;
using Xunit;

namespace GmiKlingFlow.Runtime.Tests.Execution;

/// <summary>How long a whole run waits, against the least time of any schedule; what the machine works meanwhile takes no time.</summary>
public sealed class FullPlacesTests : IDisposable, IArtifactDownloader
{
    private const int Jobs = 1000;
    private const int Places = 50;

    private static readonly TimeSpan Takes = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, RequestRecord> inFlight = new(StringComparer.Ordinal);
    private readonly RunBench bench;
    private readonly VirtualTime clock;
    private volatile int ended;
    private int most;

    public FullPlacesTests()
    {
        clock = new VirtualTime(() => Math.Min(Places, Jobs - ended));
        bench = new RunBench { Queue = new ScriptedQueue(clock), Options = static options => options with { Concurrency = Places } };
        bench.Queue.OnSubmit = Take;
        bench.Queue.OnGet = Answer;
    }

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task RunAsync_ThousandJobsOfKnownLength_TakesWithinThreePerCentOfTheLeastTime()
    {
        using var store = bench.OpenStore();
        for (var i = 0; i < 64; i++)
        {
            store.Durations.Add(bench.Service, ModelNames.LipSync, new DurationSample(Takes.TotalSeconds - 0.5, Takes.TotalSeconds + 0.5));
        }

        var plan = bench.PlanFor(store, TestFlow.OfMany(Jobs));
        var start = clock.GetUtcNow();
        var run = new Runner(store, bench.Queue, this, clock, new Random(1)).RunAsync(plan, bench.NewOptions(), bench, TestContext.Current.CancellationToken);
        await clock.RunAsync(run, TestContext.Current.CancellationToken);
        var took = clock.GetUtcNow() - start;

        Assert.Equal(Jobs, (await run).Results.Summary.Succeeded);
        Assert.Equal(Places, most);
        Assert.InRange(took / (Takes * Jobs / Places), 1, 1.03);
    }

    Task<DownloadOutcome> IArtifactDownloader.DownloadAsync(Uri url, string targetPath, TimeSpan? sourceDuration, TimeSpan? patience, CancellationToken cancellationToken) =>
        Task.FromResult<DownloadOutcome>(new DownloadOutcome.Downloaded(new Artifact(targetPath, 1000, new string('a', 64), TimeSpan.FromSeconds(10))));

    private Task<SubmitOutcome?> Take(int number, string model, CancellationToken cancellationToken)
    {
        var record = bench.Queue.Take(number);
        if (model == ModelNames.LipSync)
        {
            inFlight[record.RequestId] = record with { CreatedAt = clock.GetUtcNow() };
            most = Math.Max(most, inFlight.Count);
        }

        return Task.FromResult<SubmitOutcome?>(new SubmitOutcome.Accepted(record));
    }

    private QueryOutcome? Answer(string id)
    {
        var record = inFlight[id];
        if (clock.GetUtcNow() - record.CreatedAt < Takes)
        {
            return new QueryOutcome.Found(record with { Status = RequestStatus.Processing, StatusWord = "processing" });
        }

        inFlight.TryRemove(id, out _);
        ended++;
        return new QueryOutcome.Found(record with
        {
            Status = RequestStatus.Success,
            StatusWord = "success",
            UpdatedAt = record.CreatedAt + Takes,
            Outcome = ScriptedQueue.Json($$"""{"media_urls":[{"id":"0","url":"https://storage.example.com/{{id}}.mp4"}]}"""),
        });
    }
}
