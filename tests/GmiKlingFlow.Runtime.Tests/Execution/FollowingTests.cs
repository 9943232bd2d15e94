using GmiKlingFlow.Core.Media;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Runtime.Execution;
using GmiKlingFlow.Runtime.Queue;
using GmiKlingFlow.Runtime.Results;
using GmiKlingFlow.Runtime.State;
using Xunit;

namespace GmiKlingFlow.Runtime.Tests.Execution;

public sealed class FollowingTests : IDisposable
{
    private readonly RunBench bench = new();
    private readonly Flow flow = TestFlow.Of(TestFlow.Job("a"));

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task Follow_StaysQueued_EndsStalledAtItsDeadline()
    {
        bench.Queue.PollsUntilDone = int.MaxValue;

        var report = await bench.RunAsync(flow);

        Assert.Equal(JobStatus.Stalled, report.Results.Jobs[0].Status);
        Assert.Equal("GKF8021", report.Results.Jobs[0].Error?.Code);
        Assert.Equal(bench.Queue.Posts[1].At + TimeSpan.FromMinutes(30), bench.Clock.GetUtcNow());
        Assert.Equal(StepState.Stalled, bench.Request("a").State);
        Assert.Equal(bench.Queue.Gets.Count, bench.Request("a").Polls);
    }

    [Fact]
    public async Task Follow_ServiceFallsSilent_SaysSoOnceAndDoesNotClaimToHaveSeenTheStatus()
    {
        bench.Queue.OnGet = static _ => new QueryOutcome.Unavailable(ScriptedQueue.Trouble);
        var waits = new List<string>();
        bench.OnEvent = e => waits.AddRange(e is RunEvent.Waiting waiting ? [waiting.Reason] : []);

        var report = await bench.RunAsync(flow);

        var error = report.Results.Jobs[0].Error;
        Assert.Equal("GKF8021", error?.Code);
        Assert.Contains($"could not be looked at ({ScriptedQueue.Trouble.Code}) when its time of 30m was over", error?.Message, StringComparison.Ordinal);
        Assert.Contains(ScriptedQueue.Trouble.Message, Assert.Single(waits), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Follow_StalledBefore_IsLookedAtOnceMoreAndNeverSentAgain()
    {
        bench.Queue.PollsUntilDone = int.MaxValue;
        await bench.RunAsync(flow);
        bench.Queue.Gets.Clear();

        var second = await bench.RunAsync(flow);
        var gets = bench.Queue.Gets.Count;
        bench.Queue.PollsUntilDone = 0;
        var third = await bench.RunAsync(flow);

        Assert.Equal(JobStatus.Stalled, second.Results.Jobs[0].Status);
        Assert.Equal(1, gets);
        Assert.Equal(JobStatus.Succeeded, third.Results.Jobs[0].Status);
        Assert.Equal(2, bench.Queue.Posts.Count);
    }

    [Fact]
    public async Task Follow_StoppedWhileProcessing_NextRunResumesByGet()
    {
        bench.Queue.PollsUntilDone = 5;
        using var stop = new CancellationTokenSource();
        bench.OnEvent = e => (e as RunEvent.StatusChanged is not null ? stop : null)?.Cancel();
        var first = await bench.RunAsync(flow, stop.Token);
        bench.OnEvent = null;

        var second = await bench.RunAsync(flow);

        Assert.Equal(RunEnd.Interrupted, first.End);
        Assert.Equal(JobStatus.Pending, first.Results.Jobs[0].Status);
        Assert.Equal(("r2", "submitted"), (first.Results.Jobs[0].Steps[1].RequestId, first.Results.Jobs[0].Steps[1].Status));
        Assert.Equal(JobStatus.Succeeded, second.Results.Jobs[0].Status);
        Assert.Equal(2, bench.Queue.Posts.Count);
        Assert.Equal(0m, second.Results.Summary.CostUsd);
    }

    [Fact]
    public async Task Stop_WithAnAnswerUnderWay_RecordsItAndSubmitsNothingNew()
    {
        using var stop = new CancellationTokenSource();
        bench.Options = o => o with { Concurrency = 1 };
        bench.Queue.OnSubmit = (number, _, _) =>
        {
            if (number == 2)
            {
                stop.Cancel();
            }

            return Task.FromResult<SubmitOutcome?>(null);
        };

        var report = await bench.RunAsync(TestFlow.OfMany(20), stop.Token);

        Assert.Equal(RunEnd.Interrupted, report.End);
        Assert.Equal(2, bench.Queue.Posts.Count);
        Assert.Equal(20, report.Results.Summary.Pending);
        Assert.Single(report.Results.Jobs, j => j.Steps.Any(s => s.RequestId == "r2"));
    }

    [Fact]
    public async Task Stop_WithAnAnswerThatDoesNotCome_EndsWithinTheGraceAsUnknown()
    {
        using var stop = new CancellationTokenSource();
        var stopped = default(DateTimeOffset);
        bench.Queue.OnSubmit = async (number, _, cancellationToken) =>
        {
            if (number == 2)
            {
                stopped = bench.Clock.GetUtcNow();
                stop.Cancel();
                await Task.Delay(Timeout.InfiniteTimeSpan, bench.Clock, cancellationToken);
            }

            return null;
        };

        var report = await bench.RunAsync(flow, stop.Token);

        Assert.Equal(RunEnd.Interrupted, report.End);
        Assert.Equal(JobStatus.Unknown, report.Results.Jobs[0].Status);
        Assert.InRange(bench.Clock.GetUtcNow() - stopped, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Assert.Equal(StepState.Unknown, bench.Request("a").State);
    }

    [Fact]
    public async Task Follow_QueueCannotBeAskedForAWhile_GoesOnAsking()
    {
        var silent = 5;
        bench.Queue.OnGet = _ => silent-- > 0 ? new QueryOutcome.Unavailable(ScriptedQueue.Trouble) : null;

        var report = await bench.RunAsync(flow);

        Assert.Equal(JobStatus.Succeeded, report.Results.Jobs[0].Status);
        Assert.Equal(2, bench.Queue.Posts.Count);
    }

    [Fact]
    public async Task Follow_RetryAfterOnAPoll_IsHonoured()
    {
        var asked = new List<DateTimeOffset>();
        bench.Queue.OnGet = _ =>
        {
            asked.Add(bench.Clock.GetUtcNow());
            return asked.Count == 1 ? new QueryOutcome.Unavailable(ScriptedQueue.Trouble) { RetryAfter = TimeSpan.FromSeconds(90) } : null;
        };

        await bench.RunAsync(flow);

        Assert.True(asked[1] - asked[0] >= TimeSpan.FromSeconds(90));
    }

    [Fact]
    public async Task Follow_KeyRefusedOnAPoll_StopsTheRunAndKeepsTheRequest()
    {
        bench.Queue.OnGet = _ => new QueryOutcome.Refused(ScriptedQueue.Trouble);

        var report = await bench.RunAsync(flow);

        Assert.Equal(RunEnd.ServiceRefused, report.End);
        Assert.Equal(JobStatus.Pending, report.Results.Jobs[0].Status);
        Assert.Equal(StepState.Submitted, bench.Request("a").State);
    }

    [Fact]
    public async Task Follow_RealRequestUnknownToTheService_IsNotSentAgain()
    {
        bench.Queue.OnGet = _ => new QueryOutcome.NotFound(ScriptedQueue.Trouble);

        var report = await bench.RunAsync(flow);
        await bench.RunAsync(flow);

        Assert.Equal(JobStatus.Stalled, report.Results.Jobs[0].Status);
        Assert.Equal(2, bench.Queue.Posts.Count);
    }

    [Fact]
    public async Task Follow_Failed_TellsTheServicesReason()
    {
        bench.Queue.OnGet = id => new QueryOutcome.Found(bench.Queue.Record(id, ModelNames.LipSync, RequestStatus.Failed, null));

        var report = await bench.RunAsync(flow);

        Assert.Equal(JobStatus.Failed, report.Results.Jobs[0].Status);
        Assert.Equal(ScriptedQueue.Trouble.Message, report.Results.Jobs[0].Error?.Message);
        Assert.Equal(StepState.Failed, bench.Request("a").State);
    }

    [Fact]
    public async Task Follow_ResumedIdentifyFails_IsNotSentAgainForTheOtherJobs()
    {
        using var stop = new CancellationTokenSource();
        bench.Queue.OnSubmit = (_, model, _) => Task.FromResult<SubmitOutcome?>(new SubmitOutcome.Accepted(bench.Queue.Record("r9", model, RequestStatus.Queued, null)));
        bench.OnEvent = e => (e as RunEvent.Submitted is not null ? stop : null)?.Cancel();
        await bench.RunAsync(TestFlow.OfMany(3), stop.Token);
        Assert.Empty(bench.Queue.Gets);
        bench.OnEvent = null;
        bench.Queue.OnGet = id => new QueryOutcome.Found(bench.Queue.Record(id, ModelNames.IdentifyFace, RequestStatus.Failed, null));

        var report = await bench.RunAsync(TestFlow.OfMany(3));

        Assert.Equal(3, report.Results.Summary.Failed);
        Assert.Single(bench.Queue.Posts);
        Assert.Single(bench.Queue.Gets);
    }

    [Fact]
    public async Task Follow_SharedIdentifyStalls_EveryJobThatWaitedTellsOfIt()
    {
        bench.Queue.OnSubmit = (_, model, _) => Task.FromResult<SubmitOutcome?>(new SubmitOutcome.Accepted(bench.Queue.Record("r9", model, RequestStatus.Queued, null)));
        bench.Queue.OnGet = id => new QueryOutcome.Found(bench.Queue.Record(id, ModelNames.IdentifyFace, RequestStatus.Queued, null));

        var report = await bench.RunAsync(TestFlow.Of(TestFlow.Job("a"), TestFlow.Job("b"), TestFlow.Job("c", audio: "other")));

        Assert.All(report.Results.Jobs, job => Assert.Equal((JobStatus.Stalled, "stalled"), (job.Status, job.Steps[0].Status)));
    }

    [Fact]
    public async Task Follow_UnrecognisedStatus_CountsAsNotFinishedAndIsReported()
    {
        var first = true;
        bench.Queue.OnGet = id =>
        {
            var isFirst = first;
            first = false;
            return isFirst ? new QueryOutcome.Found(bench.Queue.Record(id, ModelNames.LipSync, RequestStatus.Unrecognised, null) with { StatusWord = "polishing" }) : null;
        };

        var report = await bench.RunAsync(flow);

        Assert.Equal(JobStatus.Succeeded, report.Results.Jobs[0].Status);
        Assert.Contains(bench.Events, e => e is RunEvent.StatusChanged { StatusWord: "polishing", IsRecognised: false });
    }

    [Fact]
    public async Task Follow_SyncAnswerWithoutOutcome_IsReadFromTheRequestItself()
    {
        bench.Queue.OnSubmit = (_, model, _) => Task.FromResult<SubmitOutcome?>(
            model == ModelNames.IdentifyFace ? new SubmitOutcome.Accepted(bench.Queue.Take(model, bench.Queue.Posts[^1].Body) with { Outcome = null }) : null);

        var report = await bench.RunAsync(flow);

        Assert.Equal(JobStatus.Succeeded, report.Results.Jobs[0].Status);
        Assert.Contains("r1", bench.Queue.Gets);
    }

    [Fact]
    public async Task Follow_SuccessWithoutAResult_FailsAndSaysSo()
    {
        bench.Queue.OnGet = id => new QueryOutcome.Found(bench.Queue.Record(id, ModelNames.LipSync, RequestStatus.Success, null));

        var report = await bench.RunAsync(flow);

        Assert.Equal("GKF8023", report.Results.Jobs[0].Error?.Code);
        Assert.Equal(0.077m, report.Results.Summary.CostUsd);
    }

    [Fact]
    public async Task Follow_SuccessWithoutAResult_IsAskedForAgainAndNeverPaidAgain()
    {
        bench.Queue.OnGet = id => new QueryOutcome.Found(bench.Queue.Record(id, ModelNames.LipSync, RequestStatus.Success, null));
        await bench.RunAsync(flow);
        bench.Queue.OnGet = null;

        var again = await bench.RunAsync(flow);

        Assert.Equal(JobStatus.Succeeded, again.Results.Jobs[0].Status);
        Assert.Equal(1, bench.Queue.PostsOf(ModelNames.LipSync));
    }

    [Fact]
    public async Task Uploads_GoneSinceAnEarlierRun_AreNotPaidForAndUploadedAnew()
    {
        var (video, audio) = (Local("host.mp4", MediaContainer.Mp4), Local("hello.mp3", MediaContainer.Mp3));
        var jobs = Enumerable.Range(0, 3).Select(i => TestFlow.Job($"job-{i}", video, "host", audio, insertSeconds: i)).ToArray();
        await bench.RunAsync(TestFlow.Of(jobs[..1]));
        bench.Queue.OnStatus = _ => 404;

        var gone = await bench.RunAsync(TestFlow.Of(jobs));
        bench.Queue.OnStatus = null;
        var again = await bench.RunAsync(TestFlow.Of(jobs));

        Assert.Equal(["GKF8015", "GKF8015"], gone.Results.Jobs.Skip(1).Select(j => j.Error?.Code));
        Assert.All(again.Results.Jobs.Skip(1), job => Assert.Equal(JobStatus.Succeeded, job.Status));
        Assert.Equal(3, bench.Queue.PostsOf(ModelNames.LipSync));
    }

    [Fact]
    public async Task Uploads_TakenAndNotThere_AreTriedTwiceAndNothingIsSent()
    {
        var (video, audio) = (Local("host.mp4", MediaContainer.Mp4), Local("hello.mp3", MediaContainer.Mp3));
        bench.Queue.OnStatus = _ => 404;

        var report = await bench.RunAsync(TestFlow.Of(TestFlow.Job("job", video, "host", audio)));

        Assert.Equal((JobStatus.Failed, "GKF7065"), (report.Results.Jobs[0].Status, report.Results.Jobs[0].Error?.Code));
        Assert.Equal((2, 1), (bench.Queue.Uploads.Count, bench.Queue.Uploads.Distinct().Count()));
        Assert.Equal((0, 0), (bench.Queue.PostsOf(ModelNames.IdentifyFace), bench.Queue.PostsOf(ModelNames.LipSync)));
    }

    [Fact]
    public async Task Uploads_OfOneContent_AreDoneOnceForAllJobsAndRuns()
    {
        var (video, audio) = (Local("host.mp4", MediaContainer.Mp4), Local("hello.mp3", MediaContainer.Mp3));
        var jobs = Enumerable.Range(0, 6).Select(i => TestFlow.Job($"job-{i}", video, "host", audio, insertSeconds: i)).ToArray();

        await bench.RunAsync(TestFlow.Of(jobs[..5]));
        await bench.RunAsync(TestFlow.Of(jobs));

        Assert.Equal(["hello.mp3", "host.mp4"], bench.Queue.Uploads.Order());
        Assert.Equal(6, bench.Queue.PostsOf(ModelNames.LipSync));
    }

    [Fact]
    public async Task Uploads_FileChangedSinceThePlan_SendsNothing()
    {
        var audio = Local("hello.mp3", MediaContainer.Mp3);
        using var store = bench.OpenStore();
        var plan = bench.PlanFor(store, TestFlow.Of(TestFlow.Job("a", Local("host.mp4", MediaContainer.Mp4), "host", audio)));
        bench.Write("hello.mp3", "other123");

        var report = await bench.RunAsync(store, plan);

        Assert.Equal("GKF8012", report.Results.Jobs[0].Error?.Code);
        Assert.Empty(bench.Queue.Posts);
    }

    [Fact]
    public async Task Uploads_InlineFile_GoesInsideTheRequestAndNotIntoResultsOrState()
    {
        var audio = Local("hello.m4a", MediaContainer.M4a);

        var report = await bench.RunAsync(TestFlow.Of(TestFlow.Job("a", Local("host.mp4", MediaContainer.Mp4), "host", audio)));

        Assert.Equal(JobStatus.Succeeded, report.Results.Jobs[0].Status);
        var base64 = Convert.ToBase64String(File.ReadAllBytes(audio.FullPath));
        Assert.Contains(base64, bench.Queue.Posts[1].Body, StringComparison.Ordinal);
        Assert.DoesNotContain(base64, File.ReadAllText(Path.Combine(bench.OutputFolder, "results.json")), StringComparison.Ordinal);
        Assert.Equal(["host.mp4"], bench.Queue.Uploads);
    }

    [Fact]
    public async Task Uploads_KeyRefused_StopsTheRunBeforeAnythingIsPaid()
    {
        bench.Queue.OnUpload = _ => new UploadOutcome.Failed(ScriptedQueue.Trouble, StopsRun: true);
        var video = Local("host.mp4", MediaContainer.Mp4);

        var report = await bench.RunAsync(TestFlow.Of(TestFlow.Job("a", video, "host", Local("hello.mp3", MediaContainer.Mp3))));

        Assert.Equal(RunEnd.ServiceRefused, report.End);
        Assert.Empty(bench.Queue.Posts);
    }

    private MediaSource.LocalFile Local(string name, MediaContainer container) => TestFlow.Local(bench.Write(name, $"content of {name}"), container);
}
