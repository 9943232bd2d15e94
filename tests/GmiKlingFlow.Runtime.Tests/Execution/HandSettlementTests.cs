using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Runtime.Execution;
using GmiKlingFlow.Runtime.Queue;
using GmiKlingFlow.Runtime.Results;
using GmiKlingFlow.Runtime.State;
using Xunit;

namespace GmiKlingFlow.Runtime.Tests.Execution;

public sealed class HandSettlementTests : IDisposable
{
    private readonly RunBench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task AdoptAsync_AnotherRequestInPlaceOfAStalledOne_IsUsedAndTheStalledOneKeepsItsId()
    {
        var body = await StallAsync();
        var other = bench.Queue.Take(ModelNames.LipSync, body);

        var decision = await AdoptAsync(other.RequestId);
        bench.Queue.PollsUntilDone = 0;
        var report = await bench.RunAsync(Flow());

        var adopted = Assert.IsType<HandDecision.Adopted>(decision);
        Assert.Equal((StepState.Submitted, other.RequestId, 0), (adopted.Request.State, adopted.Request.RequestId, adopted.Request.Attempts));
        Assert.Equal(JobStatus.Succeeded, Assert.Single(report.Results.Jobs).Status);
        Assert.Equal(1, bench.Queue.PostsOf(ModelNames.LipSync));
        using var store = bench.OpenStore();
        var requests = store.ListRequests(Assert.Single(store.ListJobs()));
        Assert.Equal(
            [(StepState.Abandoned, "r2"), (StepState.Succeeded, other.RequestId)],
            requests.Where(r => r.Model == ModelNames.LipSync).Select(r => (r.State, r.RequestId ?? "")));
    }

    [Fact]
    public async Task AdoptAsync_ItsOwnRequest_IsRefused()
    {
        await StallAsync();

        Assert.Equal("GKF8032", Assert.IsType<HandDecision.Refused>(await AdoptAsync("r2")).Failure.Code);
    }

    [Fact]
    public async Task AdoptAsync_OtherModel_IsRefused()
    {
        await StallAsync();
        var other = bench.Queue.Take(ModelNames.IdentifyFace, """{"payload":{"video_url":"https://e.com/v.mp4"}}""");

        Assert.Equal("GKF8033", Assert.IsType<HandDecision.Refused>(await AdoptAsync(other.RequestId)).Failure.Code);
    }

    [Fact]
    public async Task AdoptAsync_OtherPayload_IsRefusedWithWhatDiffersAndWithoutSignatures()
    {
        var body = await StallAsync();
        var other = bench.Queue.Take(
            ModelNames.LipSync,
            body.Replace("\"sound_insert_time\":0", "\"sound_insert_time\":700", StringComparison.Ordinal).Replace("hello.mp3", "other.mp3?X-Goog-Signature=secret", StringComparison.Ordinal));

        var failure = Assert.IsType<HandDecision.Refused>(await AdoptAsync(other.RequestId)).Failure;

        Assert.Equal("GKF8034", failure.Code);
        Assert.Contains("/face_choose/0/sound_insert_time is 0 here and 700 there", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AdoptAsync_PayloadNotShown_IsAdoptedWithAWarning()
    {
        var body = await StallAsync();
        var other = bench.Queue.Take(ModelNames.LipSync, body);
        bench.Queue.OnGet = id => id == other.RequestId ? new QueryOutcome.Found(other with { Payload = ScriptedQueue.Json("{}") }) : null;

        Assert.Contains("could not be checked", Assert.IsType<HandDecision.Adopted>(await AdoptAsync(other.RequestId)).Warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AdoptAsync_ServiceUnavailable_ChangesNothing()
    {
        await StallAsync();
        bench.Queue.OnGet = _ => new QueryOutcome.Unavailable(ScriptedQueue.Trouble);

        Assert.True(Assert.IsType<HandDecision.Refused>(await AdoptAsync("r9")).ByService);
        Assert.Equal(StepState.Stalled, bench.Request("a").State);
    }

    [Fact]
    public async Task AdoptAsync_OldIdentify_ItsSessionIsAsOldAsTheRequest()
    {
        bench.Queue.OnSubmit = (_, _, _) => Task.FromResult<SubmitOutcome?>(new SubmitOutcome.Unclear(ScriptedQueue.Trouble));
        bench.Queue.OnList = _ => new ListOutcome.Unavailable(ScriptedQueue.Trouble);
        await bench.RunAsync(Flow());
        bench.Queue.OnSubmit = null;
        var old = bench.Queue.Take(ModelNames.IdentifyFace, bench.Queue.Posts[0].Body);
        var yesterday = bench.Clock.GetUtcNow() - TimeSpan.FromHours(30);
        bench.Queue.OnGet = id => id == old.RequestId ? new QueryOutcome.Found(old with { CreatedAt = yesterday }) : null;

        Assert.IsType<HandDecision.Adopted>(await AdoptAsync(old.RequestId));
        await bench.RunAsync(Flow());

        // Its session has ended: a new one is opened instead of sending a sync that would be refused.
        Assert.Equal(2, bench.Queue.PostsOf(ModelNames.IdentifyFace));
    }

    [Fact]
    public async Task Abandon_JobsThatShareTheRequest_ArePendingTogether()
    {
        bench.Queue.PollsUntilDone = 1_000;
        var flow = TestFlow.Of(TestFlow.Job("a"), TestFlow.Job("b", output: "b.mp4"));
        await bench.RunAsync(flow);

        using (var store = bench.OpenStore())
        {
            Assert.IsType<HandDecision.Abandoned>(new HandSettlement(store, bench.Clock).Abandon(store.ListJobs()[0]));
            Assert.Equal(["pending", "pending"], store.ListJobs().Select(j => j.Status));
        }

        bench.Queue.PollsUntilDone = 0;
        var report = await bench.RunAsync(flow);
        Assert.All(report.Results.Jobs, job => Assert.Equal(JobStatus.Succeeded, job.Status));
        Assert.Equal(2, bench.Queue.PostsOf(ModelNames.LipSync));
    }

    private static Flow Flow() => TestFlow.Of(TestFlow.Job("a"));

    /// <returns>The body of the POST whose request never finished.</returns>
    private async Task<string> StallAsync()
    {
        bench.Queue.PollsUntilDone = 1_000;
        var report = await bench.RunAsync(Flow());
        Assert.Equal(JobStatus.Stalled, Assert.Single(report.Results.Jobs).Status);
        return bench.Queue.Posts[^1].Body;
    }

    private async Task<HandDecision> AdoptAsync(string requestId)
    {
        using var store = bench.OpenStore();
        return await new HandSettlement(store, bench.Clock).AdoptAsync(Assert.Single(store.ListJobs()), requestId, bench.Queue, CancellationToken.None);
    }
}
