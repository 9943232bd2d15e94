using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Runtime.Execution;
using GmiKlingFlow.Runtime.Results;
using Xunit;

namespace GmiKlingFlow.Runtime.Tests.Execution;

/// <summary>What the last look before a POST refuses is not sent, not paid, and takes no other job down.</summary>
public sealed class RefusedBytesTests : IDisposable
{
    private readonly RunBench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task RunAsync_SignedVideoUrlThatHasEnded_IsNotSent()
    {
        var report = await bench.RunAsync(TestFlow.Of(
            TestFlow.Job("late", Signed("late.mp4", -1), "late", Plain("hello.mp3")),
            TestFlow.Job("good", Plain("host.mp4"), "host", Plain("hello.mp3"))));

        Assert.Equal((JobStatus.Failed, "GKF4110"), (report.Results.Jobs[0].Status, report.Results.Jobs[0].Error?.Code));
        Assert.Equal(JobStatus.Succeeded, report.Results.Jobs[1].Status);
        Assert.DoesNotContain(bench.Queue.Posts, post => post.Body.Contains("late.mp4", StringComparison.Ordinal));
        Assert.Equal(0.077m, report.Results.Summary.CostUsd);
    }

    [Fact]
    public async Task RunAsync_SignedAudioUrlThatEndsWhileIdentifyRuns_IsNotSent()
    {
        bench.OnEvent = e =>
        {
            if (e is RunEvent.AttemptStarted { Model: ModelNames.IdentifyFace })
            {
                bench.Clock.Advance(TimeSpan.FromSeconds(2));
            }
        };
        var report = await bench.RunAsync(TestFlow.Of(TestFlow.Job("a", Plain("host.mp4"), "host", Signed("hello.mp3", 1))));

        Assert.Equal((JobStatus.Failed, "GKF4110"), (report.Results.Jobs[0].Status, report.Results.Jobs[0].Error?.Code));
        Assert.Equal([ModelNames.IdentifyFace], bench.Queue.Posts.Select(post => post.Model));
    }

    private static MediaSource.RemoteUrl Plain(string name) => new(new Uri($"https://media.example.com/{name}"));

    private MediaSource.RemoteUrl Signed(string name, int secondsLeft) =>
        new(new Uri($"https://media.example.com/{name}?Signature=x&Expires={bench.Clock.GetUtcNow().AddSeconds(secondsLeft).ToUnixTimeSeconds()}"));
}
