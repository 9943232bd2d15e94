using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning;
using GmiKlingFlow.Runtime.Downloads;
using GmiKlingFlow.Runtime.Queue;
using GmiKlingFlow.Runtime.Results;
using GmiKlingFlow.Runtime.State;
using Xunit;

namespace GmiKlingFlow.Runtime.Tests.Execution;

public sealed class GoneResultTests : IDisposable
{
    private readonly RunBench bench = new();
    private readonly Flow flow = TestFlow.Of(TestFlow.Job("a"));

    public void Dispose() => bench.Dispose();

    [Theory]
    [InlineData(404)]
    [InlineData(410)]
    public async Task Download_AddressGoneAndNoOther_FailsOnceAndSaysWhatItWillCost(int status)
    {
        await PaidAndDeletedAsync(TimeSpan.FromHours(2));
        Answer(status);

        var report = await bench.RunAsync(flow);
        var next = NextPlan();

        Assert.Equal((JobStatus.Failed, "GKF8110"), (report.Results.Jobs[0].Status, report.Results.Jobs[0].Error?.Code));
        Assert.Equal(StepState.Gone, bench.Request("a").State);
        Assert.Equal(2, bench.Queue.Posts.Count);
        Assert.Equal(0m, report.Results.Summary.CostUsd);
        Assert.Equal((JobAction.Create, "the result of request r2 is gone at the service: it is sent and paid again"), (next.Action, next.Reason));
        Assert.Equal(0.07m, next.Steps[^1].EstimatedUsd);
    }

    [Fact]
    public async Task Run_AfterTheResultIsGone_PaysOnceMoreAndDelivers()
    {
        await PaidAndDeletedAsync(TimeSpan.FromHours(2));
        Answer(404);
        await bench.RunAsync(flow);
        bench.Downloader.OnDownload = null;

        var report = await bench.RunAsync(flow);

        Assert.Equal(JobStatus.Succeeded, report.Results.Jobs[0].Status);
        Assert.Equal(2, bench.Queue.PostsOf(ModelNames.LipSync));
        Assert.Equal(0.07m, report.Results.Summary.CostUsd);
    }

    [Fact]
    public async Task Download_GoneForOneOfTwoJobsWithOneRequest_IsPaidForByNeitherInThisRun()
    {
        var two = TestFlow.Of(TestFlow.Job("a"), TestFlow.Job("b"));
        await bench.RunAsync(two);
        Directory.Delete(bench.OutputFolder, recursive: true);
        bench.Clock.Advance(TimeSpan.FromHours(2));
        bench.Options = o => o with { Concurrency = 1 };
        Answer(404);

        var report = await bench.RunAsync(two);

        Assert.All(report.Results.Jobs, job => Assert.Equal("GKF8110", job.Error?.Code));
        Assert.Equal(2, bench.Queue.Posts.Count);
    }

    [Theory]
    [InlineData(403)]
    [InlineData(404)]
    public async Task Download_ServiceNamesAnotherAddress_IsTakenFromThere(int status)
    {
        await PaidAndDeletedAsync(TimeSpan.FromHours(2));
        Answer(status, "r2.mp4");
        bench.Queue.OnGet = id => new QueryOutcome.Found(Done(id, "https://storage.example.com/moved.mp4"));

        var report = await bench.RunAsync(flow);

        Assert.Equal(JobStatus.Succeeded, report.Results.Jobs[0].Status);
        Assert.Equal("https://storage.example.com/moved.mp4", report.Results.Jobs[0].Output?.Url);
        Assert.Equal(2, bench.Queue.Posts.Count);
    }

    [Fact]
    public async Task Download_OtherAddressFailsForNow_IsTriedAgainNextTime()
    {
        await PaidAndDeletedAsync(TimeSpan.FromHours(2));
        bench.Downloader.OnDownload = url => url.AbsolutePath.Contains("r2", StringComparison.Ordinal) ? Refused(404) : new DownloadOutcome.Failed(DownloadFailures.Refused("storage.example.com", 503));
        bench.Queue.OnGet = id => new QueryOutcome.Found(Done(id, "https://storage.example.com/moved.mp4"));

        await bench.RunAsync(flow);

        Assert.Equal(StepState.Succeeded, bench.Request("a").State);
        Assert.Equal(JobAction.Resume, NextPlan().Action);
    }

    [Fact]
    public async Task Download_ServiceDoesNotAnswer_KeepsThePaidRequest()
    {
        await PaidAndDeletedAsync(TimeSpan.FromHours(2));
        Answer(404);
        bench.Queue.OnGet = _ => new QueryOutcome.Unavailable(ScriptedQueue.Trouble);

        var report = await bench.RunAsync(flow);

        Assert.Equal("GKF8101", report.Results.Jobs[0].Error?.Code);
        Assert.Equal(StepState.Succeeded, bench.Request("a").State);
    }

    [Theory]
    [InlineData(404, 5)]
    [InlineData(403, 7200)]
    public async Task Download_TooEarlyToTell_KeepsThePaidRequest(int status, int secondsAfter)
    {
        // A storage may show a new file late, and a filter on the way may answer 403 for a file that is there.
        await PaidAndDeletedAsync(TimeSpan.FromSeconds(secondsAfter));
        Answer(status);

        await bench.RunAsync(flow);

        Assert.Equal(StepState.Succeeded, bench.Request("a").State);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    public async Task Download_FailsOtherwise_KeepsThePaidRequest(int status)
    {
        await PaidAndDeletedAsync(TimeSpan.FromDays(9));
        bench.Downloader.OnDownload = _ => new DownloadOutcome.Failed(DownloadFailures.Refused("storage.example.com", status));

        await bench.RunAsync(flow);

        Assert.Equal(StepState.Succeeded, bench.Request("a").State);
    }

    [Fact]
    public async Task Download_ForbiddenForADayAndNoOtherAddress_IsGone()
    {
        await PaidAndDeletedAsync(TimeSpan.FromHours(25));
        Answer(403);

        await bench.RunAsync(flow);

        Assert.Equal(StepState.Gone, bench.Request("a").State);
    }

    private async Task PaidAndDeletedAsync(TimeSpan ago)
    {
        await bench.RunAsync(flow);
        File.Delete(Path.Combine(bench.OutputFolder, "a.mp4"));
        bench.Clock.Advance(ago);
    }

    private void Answer(int status, string at = "") =>
        bench.Downloader.OnDownload = url => url.AbsolutePath.Contains(at, StringComparison.Ordinal) ? Refused(status) : null;

    private static DownloadOutcome.Failed Refused(int status) => new(DownloadFailures.Refused("storage.example.com", status)) { RefusedWith = status };

    private RequestRecord Done(string id, string url) => bench.Queue.Record(id, ModelNames.LipSync, RequestStatus.Success, null) with
    {
        Outcome = ScriptedQueue.Json($$"""{"media_urls":[{"id":"0","url":"{{url}}"}]}"""),
    };

    private PlannedJob NextPlan()
    {
        using var store = bench.OpenStore();
        return bench.PlanFor(store, flow).Jobs[0];
    }
}
