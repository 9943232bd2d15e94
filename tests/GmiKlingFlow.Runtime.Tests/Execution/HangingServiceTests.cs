using GmiKlingFlow.Core.Media;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Runtime.Execution;
using GmiKlingFlow.Runtime.Results;
using GmiKlingFlow.Runtime.State;
using Xunit;

namespace GmiKlingFlow.Runtime.Tests.Execution;

/// <summary>A service that takes connections and never answers: whatever call it is that hangs, the run ends soon after the deadline.</summary>
public sealed class HangingServiceTests : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(6);
    private readonly RunBench bench = new() { Options = static o => o with { Deadline = Deadline } };

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task Run_PollsHang_StallsAtTheDeadlineAndItsGrace()
    {
        var (report, took, received) = await RunAsync(Calls.Polls);

        Assert.Equal((JobStatus.Stalled, "GKF8021"), (report.Results.Jobs[0].Status, report.Results.Jobs[0].Error?.Code));
        Assert.InRange(took, Deadline, Deadline + TimeSpan.FromSeconds(15));
        Assert.InRange(received, 1, 2);
        Assert.Equal(2, bench.Queue.Posts.Count);
    }

    [Fact]
    public async Task Run_SubmissionHangs_IsUnknownLookedForAndNeverSentTwice()
    {
        var (report, took, received) = await RunAsync(Calls.Submissions);

        // The list of this service is complete and has no such request: it was not taken, and its deadline is over.
        Assert.Equal((JobStatus.Failed, "GKF8024"), (report.Results.Jobs[0].Status, report.Results.Jobs[0].Error?.Code));
        Assert.True(bench.Queue.Lists > 0);
        Assert.Equal(1, received);
        Assert.InRange(took, Deadline, TimeSpan.FromSeconds(6 + 15 + 60));
    }

    [Fact]
    public async Task Run_SubmissionAndListHang_EndsUnknownSoonAfterTheListCouldHaveBeenBelieved()
    {
        var (report, took, received) = await RunAsync(Calls.Submissions | Calls.Lists);

        Assert.Equal(JobStatus.Unknown, report.Results.Jobs[0].Status);
        Assert.Equal(StepState.Unknown, bench.Request("a", ModelNames.IdentifyFace).State);
        Assert.InRange(took, Deadline, TimeSpan.FromSeconds(6 + 15 + 60 + 15 + 15 + 5));
        Assert.InRange(received, 2, 4);
    }

    [Theory]
    [InlineData((int)Calls.Grants)]
    [InlineData((int)Calls.Uploads)]
    public async Task Run_UploadHangs_FailsWithoutSendingAnything(int hanging)
    {
        var (report, took, _) = await RunAsync((Calls)hanging);

        Assert.Equal((JobStatus.Failed, "GKF7011"), (report.Results.Jobs[0].Status, report.Results.Jobs[0].Error?.Code));
        Assert.True(report.Results.Jobs[0].Error?.Retryable);
        Assert.InRange(took, Deadline, TimeSpan.FromSeconds(2 * (6 + 15)));
        Assert.Empty(bench.Queue.Posts);
    }

    private async Task<(RunReport Report, TimeSpan Took, int Received)> RunAsync(Calls hanging)
    {
        await using var queue = new HangingQueue(bench.Queue, bench.Clock, hanging);
        bench.Clock.IsHeld = () => queue.IsOnItsWay;
        using var store = bench.OpenStore();
        var (video, audio) = (TestFlow.Local(bench.Write("host.mp4", "a video"), MediaContainer.Mp4), TestFlow.Local(bench.Write("hello.mp3", "a voice"), MediaContainer.Mp3));
        var plan = bench.PlanFor(store, TestFlow.Of(TestFlow.Job("a", video, "host", audio)));
        var started = bench.Clock.GetUtcNow();
        var run = new Runner(store, queue, bench.Downloader, bench.Clock, new Random(1)).RunAsync(plan, bench.NewOptions(), bench, TestContext.Current.CancellationToken);
        using var done = new CancellationTokenSource();
        _ = run.ContinueWith(_ => done.Cancel(), TaskScheduler.Default);
        while (!run.IsCompleted)
        {
            try
            {
                await bench.Clock.AdvanceToNextTimerAsync(done.Token);
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }

        return (await run, bench.Clock.GetUtcNow() - started, queue.Received.Count);
    }
}
