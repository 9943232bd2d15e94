using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning;
using GmiKlingFlow.Core.Planning.Payloads;
using GmiKlingFlow.Runtime.Downloads;
using GmiKlingFlow.Runtime.Execution;
using GmiKlingFlow.Runtime.Queue;
using GmiKlingFlow.Runtime.Results;
using GmiKlingFlow.Runtime.State;
using Xunit;

namespace GmiKlingFlow.Runtime.Tests.Execution;

public sealed class RunnerTests : IDisposable
{
    private readonly RunBench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task RunAsync_OneJob_IdentifiesSyncsAndDownloads()
    {
        var report = await bench.RunAsync(TestFlow.Of(TestFlow.Job("a")));

        Assert.Equal(RunEnd.Completed, report.End);
        var job = Assert.Single(report.Results.Jobs);
        Assert.Equal(JobStatus.Succeeded, job.Status);
        Assert.Equal([ModelNames.IdentifyFace, ModelNames.LipSync], bench.Queue.Posts.Select(p => p.Model));
        Assert.Equal("a.mp4", job.Output?.File);
        Assert.True(File.Exists(Path.Combine(bench.OutputFolder, "a.mp4")));
        Assert.Equal(["succeeded", "succeeded"], job.Steps.Select(s => s.Status));
        Assert.Equal(0.077m, report.Results.Summary.CostUsd);
    }

    [Fact]
    public async Task RunAsync_Bodies_AreThePlansPayloadsByteForByte()
    {
        using var store = bench.OpenStore();
        var plan = bench.PlanFor(store, TestFlow.Of(TestFlow.Job("a")));

        await bench.RunAsync(store, plan);

        var steps = plan.Jobs[0].Steps;
        var fill = new PayloadFill("s-r1", _ => null);
        Assert.Equal(PayloadWriter.RequestBody(steps[0].Model, steps[0].Payload, fill).ToArray(), System.Text.Encoding.UTF8.GetBytes(bench.Queue.Posts[0].Body));
        Assert.Equal(
            """{"model":"kling-lip-sync","payload":{"session_id":"s-r1","face_choose":[{"face_id":"0","sound_file":"https://media.example.com/hello.mp3","sound_start_time":0,"sound_end_time":2950,"sound_insert_time":0}]}}""",
            bench.Queue.Posts[1].Body);
    }

    [Fact]
    public async Task RunAsync_UnchangedFlowAgain_SendsNothing()
    {
        var flow = TestFlow.OfMany(5, videos: 2);
        await bench.RunAsync(flow);
        var posts = bench.Queue.Posts.Count;

        var report = await bench.RunAsync(flow);

        Assert.Equal(posts, bench.Queue.Posts.Count);
        Assert.All(report.Results.Jobs, job => Assert.Equal(JobStatus.Reused, job.Status));
        Assert.Equal(0m, report.Results.Summary.CostUsd);
        Assert.All(report.Results.Jobs, job => Assert.NotNull(job.Output));
        Assert.All(report.Results.Jobs, job => Assert.Equal(["reused", "reused"], job.Steps.Select(s => s.Status)));
    }

    [Fact]
    public async Task RunAsync_ManyJobsOfOneVideo_IdentifyItOnce()
    {
        var report = await bench.RunAsync(TestFlow.OfMany(20));

        Assert.Equal(20, report.Results.Summary.Succeeded);
        Assert.Equal(1, bench.Queue.PostsOf(ModelNames.IdentifyFace));
        Assert.Equal(20, bench.Queue.PostsOf(ModelNames.LipSync));
        Assert.Equal(0.007m + (20 * 0.07m), report.Results.Summary.CostUsd);
    }

    [Fact]
    public async Task RunAsync_JobsWithTheSameContent_ShareOneSubmissionAndGetAnOutputEach()
    {
        var report = await bench.RunAsync(TestFlow.Of(TestFlow.Job("a"), TestFlow.Job("b")));

        Assert.Equal(2, report.Results.Summary.Succeeded);
        Assert.Equal(1, bench.Queue.PostsOf(ModelNames.LipSync));
        Assert.Equal(["a.mp4", "b.mp4"], report.Results.Jobs.Select(j => j.Output?.File));
        Assert.True(File.Exists(Path.Combine(bench.OutputFolder, "b.mp4")));
        Assert.Equal(0.077m, report.Results.Summary.CostUsd);
    }

    [Fact]
    public async Task RunAsync_JobsThatComeToTheSameRequest_ShareOneSubmissionNowAndLater()
    {
        var (a, b, c) = (TestFlow.Job("a"), Faults.FaultFlow.ById(TestFlow.Job("b")), TestFlow.Job("c"));

        var report = await bench.RunAsync(TestFlow.Of(a, b));
        var later = await bench.RunAsync(TestFlow.Of(Faults.FaultFlow.ById(c)));

        Assert.All(report.Results.Jobs.Concat(later.Results.Jobs), job => Assert.Equal(JobStatus.Succeeded, job.Status));
        Assert.Equal(1, bench.Queue.PostsOf(ModelNames.LipSync));
        Assert.Equal(0.077m, report.Results.Summary.CostUsd);
    }

    [Fact]
    public async Task RunAsync_NewJobWhileSessionIsGood_DoesNotIdentifyAgain()
    {
        await bench.RunAsync(TestFlow.Of(TestFlow.Job("a")));
        bench.Clock.Advance(TimeSpan.FromHours(23));

        var report = await bench.RunAsync(TestFlow.Of(TestFlow.Job("b", audio: "other")));

        Assert.Equal(1, bench.Queue.PostsOf(ModelNames.IdentifyFace));
        Assert.Equal(["reused", "succeeded"], report.Results.Jobs[0].Steps.Select(s => s.Status));
    }

    [Fact]
    public async Task RunAsync_NewJobAfterTheSessionsLife_IdentifiesAgain()
    {
        await bench.RunAsync(TestFlow.Of(TestFlow.Job("a")));
        bench.Clock.Advance(TimeSpan.FromHours(23.6));

        await bench.RunAsync(TestFlow.Of(TestFlow.Job("b", audio: "other")));

        Assert.Equal(2, bench.Queue.PostsOf(ModelNames.IdentifyFace));
        Assert.Contains("s-r3", bench.Queue.Posts[^1].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_SessionEndsBetweenPlanAndRun_SendsTheNewSession()
    {
        await bench.RunAsync(TestFlow.Of(TestFlow.Job("a")));
        using var store = bench.OpenStore();
        var plan = bench.PlanFor(store, TestFlow.Of(TestFlow.Job("b", audio: "other")));
        bench.Clock.Advance(TimeSpan.FromHours(24));

        var report = await bench.RunAsync(store, plan);

        Assert.Equal(JobStatus.Succeeded, report.Results.Jobs[0].Status);
        Assert.Equal(2, bench.Queue.PostsOf(ModelNames.IdentifyFace));
        Assert.Contains("\"session_id\":\"s-r3\"", bench.Queue.Posts[^1].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_SessionRefusedBeforeItsTime_IsNotUsedAgainAndTheNextPlanSaysSo()
    {
        await bench.RunAsync(TestFlow.Of(TestFlow.Job("a")));
        bench.Queue.OnGet = id => id == "r3" ? new QueryOutcome.Found(Refused(id)) : null;
        var flow = TestFlow.Of(TestFlow.Job("b", audio: "other"));

        var refused = await bench.RunAsync(flow);
        PlannedJob planned;
        using (var store = bench.OpenStore())
        {
            planned = Assert.Single(bench.PlanFor(store, flow).Jobs);
        }

        var again = await bench.RunAsync(flow);

        Assert.Equal("GKF7090", refused.Results.Jobs[0].Error?.Code);
        Assert.Equal("the service refused its session: the request is sent again with a new one", planned.Reason);
        Assert.All(planned.Steps, step => Assert.Equal(StepAction.Create, step.Action));
        Assert.Equal(JobStatus.Succeeded, again.Results.Jobs[0].Status);
        Assert.Contains("\"session_id\":\"s-r4\"", bench.Queue.Posts[^1].Body, StringComparison.Ordinal);
        Assert.Equal(2, bench.Queue.PostsOf(ModelNames.IdentifyFace));
    }

    [Fact]
    public async Task RunAsync_EverySessionIsRefused_PaysForOneMoreIdentifyARunAtMost()
    {
        await bench.RunAsync(TestFlow.Of(TestFlow.Job("first", video: "video-0", audio: "first")));
        bench.Options = o => o with { Concurrency = 1 };
        bench.Queue.OnSubmit = (_, model, _) => Task.FromResult<SubmitOutcome?>(
            model == ModelNames.LipSync ? new SubmitOutcome.Rejected(ServiceFailures.SessionRefused("session expired"), StopsRun: false) : null);

        var report = await bench.RunAsync(TestFlow.OfMany(10));

        Assert.Equal(10, report.Results.Summary.Failed);
        Assert.All(report.Results.Jobs, job => Assert.Equal("GKF7090", job.Error?.Code));
        Assert.Equal(2, bench.Queue.PostsOf(ModelNames.IdentifyFace));
    }

    [Fact]
    public async Task RunAsync_NewSessionHasOtherFaces_SendsNothingForTheJob()
    {
        await bench.RunAsync(TestFlow.Of(TestFlow.Job("a")));
        using var store = bench.OpenStore();
        var plan = bench.PlanFor(store, TestFlow.Of(TestFlow.Job("b", audio: "other")));
        bench.Clock.Advance(TimeSpan.FromHours(24));
        bench.Queue.Faces = """[{"face_id":"7","start_time":0,"end_time":9000}]""";

        var report = await bench.RunAsync(store, plan);

        Assert.Equal("GKF8014", report.Results.Jobs[0].Error?.Code);
        Assert.Equal(1, bench.Queue.PostsOf(ModelNames.LipSync));
    }

    [Fact]
    public async Task RunAsync_FacesThatTheApiWouldRefuse_FailBeforeTheSyncIsSent()
    {
        bench.Queue.Faces = """[{"face_id":"0","start_time":0,"end_time":1000}]""";

        var report = await bench.RunAsync(TestFlow.Of(TestFlow.Job("a"), TestFlow.Job("b", video: "other")));

        Assert.All(report.Results.Jobs, job => Assert.Equal(JobStatus.Failed, job.Status));
        Assert.All(report.Results.Jobs, job => Assert.StartsWith("GKF", job.Error?.Code, StringComparison.Ordinal));
        Assert.Equal(0, bench.Queue.PostsOf(ModelNames.LipSync));
        Assert.Equal(0.014m, report.Results.Summary.CostUsd);
    }

    [Fact]
    public async Task RunAsync_DownloadFails_NextRunDownloadsWithoutPayingAgain()
    {
        var failure = new Core.Diagnostics.Failure("GKF8199", "Scripted.", Retryable: true);
        bench.Downloader.OnDownload = _ => new DownloadOutcome.Failed(failure);
        var first = await bench.RunAsync(TestFlow.Of(TestFlow.Job("a")));
        bench.Downloader.OnDownload = null;

        var second = await bench.RunAsync(TestFlow.Of(TestFlow.Job("a")));

        Assert.Equal("GKF8199", first.Results.Jobs[0].Error?.Code);
        Assert.Equal(JobStatus.Succeeded, second.Results.Jobs[0].Status);
        Assert.Equal(2, bench.Queue.Posts.Count);
        Assert.Equal(0m, second.Results.Summary.CostUsd);
    }

    [Fact]
    public async Task RunAsync_OutputDeleted_IsDownloadedAgainWithoutPaying()
    {
        await bench.RunAsync(TestFlow.Of(TestFlow.Job("a")));
        File.Delete(Path.Combine(bench.OutputFolder, "a.mp4"));

        var report = await bench.RunAsync(TestFlow.Of(TestFlow.Job("a")));

        Assert.Equal(JobStatus.Succeeded, report.Results.Jobs[0].Status);
        Assert.True(File.Exists(Path.Combine(bench.OutputFolder, "a.mp4")));
        Assert.Equal(2, bench.Queue.Posts.Count);
    }

    [Fact]
    public async Task RunAsync_OutputTamperedWith_IsDownloadedAgain()
    {
        await bench.RunAsync(TestFlow.Of(TestFlow.Job("a")));
        var output = Path.Combine(bench.OutputFolder, "a.mp4");
        var content = File.ReadAllBytes(output);
        content[0] ^= 1;
        File.WriteAllBytes(output, content);

        await bench.RunAsync(TestFlow.Of(TestFlow.Job("a")));

        Assert.Equal(2, bench.Downloader.Urls.Count);
        Assert.Equal(2, bench.Queue.Posts.Count);
    }

    [Fact]
    public async Task RunAsync_UnexpectedExceptionInOneJob_LeavesTheOthersAlone()
    {
        bench.Downloader.OnDownload = url => url.AbsolutePath.Contains("r2", StringComparison.Ordinal) ? throw new InvalidTimeZoneException("odd") : null;
        bench.Options = o => o with { Concurrency = 1 };

        var report = await bench.RunAsync(TestFlow.OfMany(3));

        Assert.Equal(RunEnd.Completed, report.End);
        Assert.Equal(2, report.Results.Summary.Succeeded);
        Assert.Equal("GKF8090", Assert.Single(report.Results.Jobs, j => j.Status == JobStatus.Failed).Error?.Code);
    }

    [Fact]
    public async Task RunAsync_BlockedJob_FailsWithItsDiagnosticAndOthersRun()
    {
        var report = await bench.RunAsync(TestFlow.Of(TestFlow.Job("bad", insertSeconds: 9), TestFlow.Job("good")));

        Assert.Equal(JobStatus.Failed, report.Results.Jobs[0].Status);
        Assert.StartsWith("GKF4", report.Results.Jobs[0].Error?.Code, StringComparison.Ordinal);
        Assert.Equal(JobStatus.Succeeded, report.Results.Jobs[1].Status);
    }

    [Fact]
    public async Task RunAsync_Fresh_PaysAgainOnce()
    {
        var flow = TestFlow.Of(TestFlow.Job("a"), TestFlow.Job("b"));
        await bench.RunAsync(flow);
        bench.Options = o => o with { Fresh = true };
        using var store = bench.OpenStore();
        var plan = Planner.Plan(flow, new PlanInputs(), new Core.Diagnostics.DiagnosticBag());

        var report = await bench.RunAsync(store, plan);

        Assert.Equal(2, report.Results.Summary.Succeeded);
        Assert.Equal(2, bench.Queue.PostsOf(ModelNames.IdentifyFace));
        Assert.Equal(2, bench.Queue.PostsOf(ModelNames.LipSync));
    }

    [Fact]
    public async Task RunAsync_SimulatedAfterPaid_DoesNotReplaceThePaidVideo()
    {
        await bench.RunAsync(TestFlow.Of(TestFlow.Job("a")));
        var paid = File.ReadAllText(Path.Combine(bench.OutputFolder, "a.mp4"));
        bench.Service = ServiceName.Simulator;

        var report = await bench.RunAsync(TestFlow.Of(TestFlow.Job("a")));

        Assert.True(report.Results.Run.Simulated);
        Assert.Equal("GKF8010", report.Results.Jobs[0].Error?.Code);
        Assert.Equal(2, bench.Queue.Posts.Count);
        Assert.Equal(paid, File.ReadAllText(Path.Combine(bench.OutputFolder, "a.mp4")));
    }

    [Fact]
    public async Task RunAsync_PaidVideoRenamedOntoASimulatedOutput_IsKnownByItsContent()
    {
        await bench.RunAsync(TestFlow.Of(TestFlow.Job("a")));
        File.Move(Path.Combine(bench.OutputFolder, "a.mp4"), Path.Combine(bench.OutputFolder, "b.mp4"));
        bench.Service = ServiceName.Simulator;

        var report = await bench.RunAsync(TestFlow.Of(TestFlow.Job("b", audio: "other")));

        Assert.Equal("GKF8010", report.Results.Jobs[0].Error?.Code);
    }

    [Fact]
    public async Task RunAsync_PaidAfterSimulated_SendsEverything()
    {
        bench.Service = ServiceName.Simulator;
        await bench.RunAsync(TestFlow.Of(TestFlow.Job("a")));
        bench.Service = "https://queue.example.com/api";

        var report = await bench.RunAsync(TestFlow.Of(TestFlow.Job("a")));

        Assert.Equal(JobStatus.Succeeded, report.Results.Jobs[0].Status);
        Assert.Equal(4, bench.Queue.Posts.Count);
    }

    [Fact]
    public async Task RunAsync_SimulationCutOff_StartsOverInTheNextProcess()
    {
        bench.Service = ServiceName.Simulator;
        using var stop = new CancellationTokenSource();
        bench.OnEvent = e => (e as RunEvent.Submitted is { Model: ModelNames.LipSync } ? stop : null)?.Cancel();
        var first = await bench.RunAsync(TestFlow.Of(TestFlow.Job("a")), stop.Token);
        bench.OnEvent = null;
        bench.Queue = new ScriptedQueue(bench.Clock);

        var second = await bench.RunAsync(TestFlow.Of(TestFlow.Job("a")));

        Assert.Equal(JobStatus.Pending, first.Results.Jobs[0].Status);
        Assert.Equal(JobStatus.Succeeded, second.Results.Jobs[0].Status);
        Assert.Equal(2, bench.Queue.Posts.Count);
    }

    [Fact]
    public async Task RunAsync_SimulatedRequestForgotten_StartsOverWithinTheRun()
    {
        bench.Service = ServiceName.Simulator;
        bench.Queue.OnGet = id => id == "r2" ? new QueryOutcome.NotFound(ScriptedQueue.Trouble) : null;

        var report = await bench.RunAsync(TestFlow.Of(TestFlow.Job("a")));

        Assert.Equal(JobStatus.Succeeded, report.Results.Jobs[0].Status);
        Assert.Equal(2, bench.Queue.PostsOf(ModelNames.LipSync));
    }

    [Fact]
    public async Task RunAsync_ReusedVideoBesideACutOffDownload_RemovesWhatWasCutOff()
    {
        await bench.RunAsync(TestFlow.Of(TestFlow.Job("a")));
        var video = Directory.EnumerateFiles(bench.OutputFolder, "*.mp4").Single();
        File.WriteAllText(video + ".part", "half");
        File.WriteAllText(video + ".part.json", "{}");

        var report = await bench.RunAsync(TestFlow.Of(TestFlow.Job("a")));

        Assert.Equal(JobStatus.Reused, report.Results.Jobs[0].Status);
        Assert.Equal([video], Directory.EnumerateFiles(bench.OutputFolder, "*.mp4*"));
    }

    [Fact]
    public async Task RunAsync_ReusedVideoWhilePartIsBeingDownloaded_LeavesThat()
    {
        await bench.RunAsync(TestFlow.Of(TestFlow.Job("a")));
        var part = Directory.EnumerateFiles(bench.OutputFolder, "*.mp4").Single() + ".part";
        using var other = new FileStream(part, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);

        var report = await bench.RunAsync(TestFlow.Of(TestFlow.Job("a")));

        Assert.Equal(JobStatus.Reused, report.Results.Jobs[0].Status);
        Assert.True(File.Exists(part));
    }

    [Fact]
    public async Task RunAsync_OutputFolderIsAFile_SpendsNothing()
    {
        bench.Write("out", "a file");

        var report = await bench.RunAsync(TestFlow.Of(TestFlow.Job("a")));

        Assert.Equal(RunEnd.StateUnusable, report.End);
        Assert.Equal("GKF8013", report.Reason?.Code);
        Assert.Empty(bench.Queue.Posts);
    }

    [Fact]
    public async Task RunAsync_ThousandJobs_KeepWithinTheLimitInFlight()
    {
        // The clock moves whenever anything waits, however busy the machine is: no deadline must pass by that.
        // Nor may a session end: this service is done at the second look, whenever that is, so what is learned of it only grows.
        bench.Options = o => o with { Concurrency = 8, Deadline = TimeSpan.FromDays(365), PollMax = TimeSpan.FromSeconds(5) };

        var report = await bench.RunAsync(TestFlow.OfMany(1000, videos: 10));

        Assert.Empty(report.Results.Jobs.Where(job => job.Status != JobStatus.Succeeded).Select(job => $"{job.Id}: {job.Status} {job.Error}"));
        Assert.Equal(10, bench.Queue.PostsOf(ModelNames.IdentifyFace));
        Assert.Equal(1000, bench.Queue.PostsOf(ModelNames.LipSync));
        Assert.InRange(bench.Queue.MostInFlight, 2, 8);
        Assert.Equal(report.Results.Jobs.Select(j => j.Id), Enumerable.Range(0, 1000).Select(i => $"job-{i}"));
    }

    private RequestRecord Refused(string id) => bench.Queue.Record(id, ModelNames.LipSync, RequestStatus.Failed, null) with { Failure = ServiceFailures.SessionRefused("session expired") };
}
