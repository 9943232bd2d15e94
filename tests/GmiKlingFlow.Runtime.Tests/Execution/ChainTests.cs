using System.Text.Json.Nodes;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning;
using GmiKlingFlow.Runtime.Downloads;
using GmiKlingFlow.Runtime.Queue;
using GmiKlingFlow.Runtime.Results;
using GmiKlingFlow.Runtime.State;
using Xunit;

namespace GmiKlingFlow.Runtime.Tests.Execution;

public sealed class ChainTests : IDisposable
{
    private static readonly Place Somewhere = new(SourceSpan.StartOf("flow.yaml"), "");

    private readonly RunBench bench = new();

    public ChainTests() => bench.Queue.Faces = """[{"face_id":"0","start_time":0,"end_time":9000},{"face_id":"1","start_time":0,"end_time":9000}]""";

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task RunAsync_TwoFaces_SyncsTheSecondOnTheResultOfTheFirst()
    {
        var report = await bench.RunAsync(Chained(Duet()));

        var job = Assert.Single(report.Results.Jobs);
        Assert.Equal(JobStatus.Succeeded, job.Status);
        Assert.Equal(
            [
                """{"video_url":"https://media.example.com/host.mp4"}""",
                """{"session_id":"s-r1","face_choose":[{"face_id":"0","sound_file":"https://media.example.com/hello.mp3","sound_start_time":0,"sound_end_time":2950,"sound_insert_time":0,"original_audio_volume":0}]}""",
                """{"video_url":"https://storage.example.com/r2.mp4?signature=secret"}""",
                """{"session_id":"s-r3","face_choose":[{"face_id":"1","sound_file":"https://media.example.com/answer.mp3","sound_start_time":0,"sound_end_time":2950,"sound_insert_time":4000,"original_audio_volume":1}]}""",
            ],
            bench.Queue.Posts.Select(post => JsonNode.Parse(post.Body)?["payload"]?.ToJsonString()));
        Assert.Equal(["r1", "r2", "r3", "r4"], job.Steps.Select(step => step.RequestId));
        Assert.Equal([0.007m, 0.07m, 0.007m, 0.07m], job.Steps.Select(step => step.Cost.Usd));
        Assert.Equal(["0", "1"], job.Faces.Select(face => face.GetProperty("face_id").GetString()));
        Assert.Equal(["/r2.mp4", "/r4.mp4"], bench.Downloader.Urls.Select(url => new Uri(url).AbsolutePath));
    }

    [Fact]
    public async Task RunAsync_Again_ReusesTheOutput()
    {
        await bench.RunAsync(Chained(Duet()));
        var report = await bench.RunAsync(Chained(Duet()));

        var job = Assert.Single(report.Results.Jobs);
        Assert.Equal((JobStatus.Reused, 4), (job.Status, bench.Queue.Posts.Count));
        Assert.Equal(["r1", "r2", "r3", "r4"], job.Steps.Select(step => step.RequestId));
        Assert.Equal(["0", "1"], job.Faces.Select(face => face.GetProperty("face_id").GetString()));
    }

    [Fact]
    public async Task RunAsync_SecondClipChanged_PaysOnlyForTheSecondSync()
    {
        await bench.RunAsync(Chained(Duet()));
        var report = await bench.RunAsync(Chained(Duet(secondInsert: 4.5)));

        Assert.Equal(JobStatus.Succeeded, report.Results.Jobs[0].Status);
        Assert.Equal([ModelNames.LipSync], bench.Queue.Posts.Skip(4).Select(post => post.Model));
        Assert.Equal([0m, 0m, 0m, 0.07m], report.Results.Jobs[0].Steps.Select(step => step.Cost.Usd));
    }

    [Fact]
    public async Task RunAsync_SecondClipChangedAfterTheSessionEnded_IdentifiesTheKeptResultOnly()
    {
        await bench.RunAsync(Chained(Duet()));
        bench.Clock.Advance(TimeSpan.FromDays(3));
        var report = await bench.RunAsync(Chained(Duet(secondInsert: 4.5)));

        Assert.Equal(JobStatus.Succeeded, report.Results.Jobs[0].Status);
        Assert.Equal([ModelNames.IdentifyFace, ModelNames.LipSync], bench.Queue.Posts.Skip(4).Select(post => post.Model));
        Assert.Contains("r2.mp4", bench.Queue.Posts[4].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_FirstResultsAddressIsGone_BringsTheKeptCopyBack()
    {
        await bench.RunAsync(Chained(Duet()));
        bench.Clock.Advance(TimeSpan.FromDays(3));
        bench.Queue.OnStatus = url => url.Contains("r2.mp4", StringComparison.Ordinal) ? 404 : 200;
        var report = await bench.RunAsync(Chained(Duet(secondInsert: 4.5)));

        Assert.Equal(JobStatus.Succeeded, report.Results.Jobs[0].Status);
        Assert.Equal([ModelNames.IdentifyFace, ModelNames.LipSync], bench.Queue.Posts.Skip(4).Select(post => post.Model));
        Assert.Equal(["host after pass 1"], bench.Queue.Uploads);
    }

    [Fact]
    public async Task RunAsync_FirstResultAndItsCopyAreGone_FailsAndTheNextPlanShowsTheCost()
    {
        await bench.RunAsync(Chained(Duet()));
        bench.Clock.Advance(TimeSpan.FromDays(3));
        Directory.Delete(Path.Combine(bench.StateFolder, "passes"), recursive: true);
        bench.Downloader.OnDownload = url => url.AbsolutePath == "/r2.mp4" ? new DownloadOutcome.Failed(DownloadFailures.Refused("storage.example.com", 404)) { RefusedWith = 404 } : null;
        var report = await bench.RunAsync(Chained(Duet(secondInsert: 4.5)));

        Assert.Equal((JobStatus.Failed, "GKF8110", 4), (report.Results.Jobs[0].Status, report.Results.Jobs[0].Error?.Code, bench.Queue.Posts.Count));
        Assert.Equal(0.007m + 0.07m + 0.007m + 0.07m, Next(Duet(secondInsert: 4.5)).Steps.Sum(step => step.EstimatedUsd));
    }

    [Fact]
    public async Task RunAsync_SecondPassFails_KeepsTheFirstAndSaysSo()
    {
        bench.Queue.OnSubmit = (number, _, _) => Task.FromResult<SubmitOutcome?>(number == 4 ? new SubmitOutcome.Rejected(ScriptedQueue.Trouble, false) : null);
        var report = await bench.RunAsync(Chained(Duet()));

        Assert.Equal(JobStatus.Failed, report.Results.Jobs[0].Status);
        Assert.Equal("Pass 1 is done, paid and kept: the next run goes on with pass 2 of 2.", report.Results.Jobs[0].Error?.Hint);
        Assert.Equal(["succeeded", "succeeded", "succeeded", "rejected"], report.Results.Jobs[0].Steps.Select(step => step.Status));

        bench.Queue.OnSubmit = null;
        report = await bench.RunAsync(Chained(Duet()));

        Assert.Equal(JobStatus.Succeeded, report.Results.Jobs[0].Status);
        Assert.Equal([ModelNames.LipSync], bench.Queue.Posts.Skip(4).Select(post => post.Model));
    }

    [Fact]
    public async Task RunAsync_TogetherRefusedByTheService_NamesChain()
    {
        bench.Queue.OnSubmit = (number, _, _) => Task.FromResult<SubmitOutcome?>(number == 2 ? new SubmitOutcome.Rejected(ServiceFailures.ParametersRefused("only one person"), false) : null);
        var report = await bench.RunAsync(TestFlow.Of(Duet()));

        Assert.Equal("GKF7020", report.Results.Jobs[0].Error?.Code);
        Assert.Contains("run.multi_face: chain", report.Results.Jobs[0].Error?.Hint, StringComparison.Ordinal);
    }

    internal static Job Duet(double secondInsert = 4)
    {
        var (first, second) = (TestFlow.Job("duet"), TestFlow.Job("duet", audio: "answer", insertSeconds: secondInsert));
        return first with { Entries = [Entry(first, "anna", "0"), Entry(second, "ben", "1")] };
    }

    internal static Flow Chained(params Job[] jobs) => TestFlow.Of(jobs) with { Run = new RunSettings { MultiFace = MultiFace.Chain } };

    private static FaceEntry Entry(Job job, string name, string id) => job.Entries[0] with
    {
        Face = new FaceName(name, [new FaceSelector.ById(id)], Somewhere),
        OriginalAudioVolume = new Setting<double>.Known(0, Somewhere),
    };

    private PlannedJob Next(Job job)
    {
        using var store = bench.OpenStore();
        return bench.PlanFor(store, Chained(job)).Jobs[0];
    }
}
