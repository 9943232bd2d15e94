using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Runtime.Execution;
using GmiKlingFlow.Runtime.Results;
using Xunit;

namespace GmiKlingFlow.Runtime.Tests.Execution;

/// <summary>A clip of 2,950 ms on a face that is seen for 2,500 ms: allowed, and known only once identify has answered.</summary>
public sealed class LateWarningTests : IDisposable
{
    private readonly RunBench bench = new();

    public LateWarningTests() => bench.Queue.Faces = """[{"face_id":"0","start_time":0,"end_time":2500}]""";

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task RunAsync_WarningAfterIdentify_IsToldAndTheJobIsSent()
    {
        Assert.Equal(JobStatus.Succeeded, await RunAsync(WarningSwitches.None));
        Assert.Equal(["GKF6020"], Warned());
    }

    [Fact]
    public async Task RunAsync_WarningSwitchedOff_IsNotTold()
    {
        Assert.Equal(JobStatus.Succeeded, await RunAsync(new WarningSwitches(new HashSet<string> { "GKF6020" }, AreErrors: false)));
        Assert.Empty(Warned());
    }

    [Fact]
    public async Task RunAsync_AnotherWarningSwitchedOff_IsTold()
    {
        Assert.Equal(JobStatus.Succeeded, await RunAsync(new WarningSwitches(new HashSet<string> { "GKF4131" }, AreErrors: false)));
        Assert.Equal(["GKF6020"], Warned());
    }

    [Fact]
    public async Task RunAsync_WarningsAreErrors_RefusesTheJobBeforeItsSyncIsPaidFor()
    {
        Assert.Equal(JobStatus.Failed, await RunAsync(new WarningSwitches(new HashSet<string>(), AreErrors: true)));
        Assert.Equal([ModelNames.IdentifyFace], bench.Queue.Taken);
    }

    [Fact]
    public async Task RunAsync_WarningsAreErrorsAndThisOneIsOff_SendsTheJob()
    {
        Assert.Equal(JobStatus.Succeeded, await RunAsync(new WarningSwitches(new HashSet<string> { "GKF6020" }, AreErrors: true)));
        Assert.Equal([ModelNames.IdentifyFace, ModelNames.LipSync], bench.Queue.Taken);
    }

    private async Task<JobStatus> RunAsync(WarningSwitches switches)
    {
        bench.Options = options => options with { Warnings = switches };
        var job = Assert.Single((await bench.RunAsync(TestFlow.Of(TestFlow.Job("a")))).Results.Jobs);
        Assert.Equal(job.Status == JobStatus.Failed ? "GKF6020" : null, job.Error?.Code);
        return job.Status;
    }

    private IEnumerable<string> Warned() => bench.Events.OfType<RunEvent.Warned>().Select(warned => warned.Diagnostic.Code);
}
