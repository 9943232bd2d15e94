using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Runtime.Execution;
using GmiKlingFlow.Runtime.Queue;
using GmiKlingFlow.Runtime.Results;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Runtime.Tests.Execution;

public sealed class FailureLimitTests : IDisposable
{
    private readonly RunBench bench = new();

    public void Dispose() => bench.Dispose();

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 3)]
    [InlineData(8, 8)]
    public async Task RunAsync_OneInFlightAndEverySyncRefused_SendsExactlyAsManyAsMayFail(int most, int syncs)
    {
        bench.Options = options => options with { Concurrency = 1, MaxFailures = most };
        bench.Queue.OnSubmit = (_, body, _) => Refuse(body);

        var report = await bench.RunAsync(TestFlow.OfMany(8));

        Assert.Equal((RunEnd.FailureLimit, "GKF9070"), (report.End, report.Reason?.Code));
        Assert.Equal(syncs, bench.Queue.PostsOf(ModelNames.LipSync));
        Assert.Equal((most, 8 - most), (report.Results.Summary.Failed, report.Results.Summary.Pending));
    }

    [Fact]
    public async Task RunAsync_FewerFailThanMay_RunsToItsEnd()
    {
        bench.Options = options => options with { Concurrency = 1, MaxFailures = 3 };
        bench.Queue.OnSubmit = (number, body, _) => number is 2 or 4 ? Refuse(body) : Task.FromResult<SubmitOutcome?>(null);

        var report = await bench.RunAsync(TestFlow.OfMany(6));

        Assert.Equal((RunEnd.Completed, 2, 4), (report.End, report.Results.Summary.Failed, report.Results.Summary.Succeeded));
    }

    [Fact]
    public async Task RunAsync_LimitReached_FollowsWhatIsPaidToItsEnd()
    {
        bench.Queue.PollsUntilDone = 5;
        bench.Options = options => options with { Concurrency = 3, MaxFailures = 1 };
        bench.Queue.OnSubmit = (number, body, _) => number == 4 ? Refuse(body) : Task.FromResult<SubmitOutcome?>(null);

        var report = await bench.RunAsync(TestFlow.OfMany(9));

        // How many were on their way when the refusal came is the scheduler's choice; that each of them is brought home is not.
        var paid = bench.Queue.PostsOf(ModelNames.LipSync) - 1;
        Assert.Equal((paid, 1, 9 - 1 - paid), (report.Results.Summary.Succeeded, report.Results.Summary.Failed, report.Results.Summary.Pending));
        Assert.Contains(bench.Events, e => e is RunEvent.Stopping { End: RunEnd.FailureLimit });
    }

    [Fact]
    public async Task RunAsync_AgainAfterTheLimit_StartsWhatWasLeft()
    {
        bench.Options = options => options with { Concurrency = 1, MaxFailures = 1 };
        bench.Queue.OnSubmit = (_, body, _) => Refuse(body);
        await bench.RunAsync(TestFlow.OfMany(4));
        bench.Queue.OnSubmit = null;

        var report = await bench.RunAsync(TestFlow.OfMany(4));

        Assert.Equal((RunEnd.Completed, 4), (report.End, report.Results.Summary.Succeeded));
        Assert.Equal(1, bench.Queue.PostsOf(ModelNames.IdentifyFace));
    }

    [Fact]
    public async Task RunAsync_FailuresOfFlowsBefore_Count()
    {
        bench.Options = options => options with { Concurrency = 1, MaxFailures = 3, FailuresBefore = 2 };
        bench.Queue.OnSubmit = (_, body, _) => Refuse(body);

        Assert.Equal(1, (await bench.RunAsync(TestFlow.OfMany(4))).Results.Summary.Failed);
    }

    [Fact]
    public async Task RunAsync_IdentifyFails_EveryJobThatNeedsItCountsOnce()
    {
        bench.Options = options => options with { Concurrency = 1, MaxFailures = 4 };
        bench.Queue.OnSubmit = (number, _, _) => Task.FromResult<SubmitOutcome?>(number == 1 ? new SubmitOutcome.Rejected(ScriptedQueue.Trouble, StopsRun: false) : null);

        var report = await bench.RunAsync(TestFlow.OfMany(3));

        Assert.Equal((RunEnd.Completed, 3), (report.End, report.Results.Jobs.Count(job => job.Status == JobStatus.Failed)));
    }

    [Fact]
    public void Codes_OfLimits_AreOfTheCommandLineAndExplained() =>
        Assert.All(CatalogueAssert.CodesInStage(typeof(LimitFailures), '9'), code => Assert.NotNull(Core.Diagnostics.Explanation.Of(code)));

    private static Task<SubmitOutcome?> Refuse(string body) => Task.FromResult<SubmitOutcome?>(
        body.Contains(ModelNames.LipSync, StringComparison.Ordinal) ? new SubmitOutcome.Rejected(ScriptedQueue.Trouble, StopsRun: false) : null);
}
