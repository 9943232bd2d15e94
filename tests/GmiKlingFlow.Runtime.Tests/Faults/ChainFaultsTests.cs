using System.Collections.Concurrent;
using GmiKlingFlow.Core.Media;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Runtime.Execution;
using GmiKlingFlow.Runtime.Results;
using GmiKlingFlow.Runtime.Tests.Execution;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Runtime.Tests.Faults;

/// <summary>Chained jobs against the simulator: two that share their first pass, and one that is that first pass alone.</summary>
public sealed class ChainFaultsTests(SmallMedia media) : IClassFixture<SmallMedia>, IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("POST /requests: 504-accepted every 2")]
    [InlineData("POST /requests: reset-accepted every 3", "GET /requests/*: 503 30%")]
    [InlineData("POST /requests: reset every 2", "GET /requests: 500 50%")]
    [InlineData("POST /requests kling-lip-sync: 429 every 2", "GET /storage/*: cut every 2")]
    [InlineData("POST /requests kling-lip-sync: failed at 2")]
    [InlineData("POST /requests kling-identify-face: garbage-200-accepted every 1")]
    [InlineData("GET /storage/*: 404 60%")]
    public async Task RunAsync_Faults_PaysForEveryPassOnce(params string[] faults)
    {
        await using var bench = await StartAsync(faults, newIds: false);
        var flow = Flow();
        await bench.RunAsync(flow);
        Assert.Null(await Judge.AfterRunAsync(bench));

        bench.Faults.IsOn = false;
        await bench.RunAsync(flow);
        Assert.Null(await Judge.AfterRunAsync(bench));
        Assert.Null(await Judge.AfterCleanRunAsync(bench));
    }

    [Fact]
    public async Task RunAsync_NoFaults_SharesTheFirstPass()
    {
        await using var bench = await StartAsync([], newIds: false);
        var report = await bench.RunAsync(Flow());

        Assert.All(report.Results.Jobs, job => Assert.Equal(JobStatus.Succeeded, job.Status));
        Assert.Equal((2, 3), (Charges(bench, ModelNames.IdentifyFace), Charges(bench, ModelNames.LipSync)));
    }

    [Fact]
    public async Task RunAsync_StoppedAtEveryEvent_GoesOnWithoutPayingTwice()
    {
        // Each run is stopped a little later than the one before, wherever that is, until one is not stopped at all.
        for (var stopAt = 1; ; stopAt += 2)
        {
            await using var bench = await StartAsync([], newIds: false);
            var flow = TestFlow.Of(Flow().Jobs[0]) with { Run = new RunSettings { MultiFace = MultiFace.Chain } };
            using var stop = new CancellationTokenSource();
            var (seen, at) = (0, stopAt);
            bench.OnEvent = _ =>
            {
                if (Interlocked.Increment(ref seen) == at)
                {
                    stop.Cancel();
                }
            };
            var first = await bench.RunAsync(flow, stop.Token);
            Assert.Null(await Judge.AfterRunAsync(bench));
            bench.OnEvent = null;
            await bench.RunAsync(flow);
            Assert.Null(await Judge.AfterRunAsync(bench));
            Assert.Null(await Judge.AfterCleanRunAsync(bench));
            Assert.Equal((2, 2), (Charges(bench, ModelNames.IdentifyFace), Charges(bench, ModelNames.LipSync)));
            if (first.End == RunEnd.Completed)
            {
                Assert.InRange(stopAt, 10, 100);
                return;
            }
        }
    }

    [Fact]
    public async Task RunAsync_ResultsHaveOtherIds_ToldApartByTheirTimes()
    {
        await using var bench = await StartAsync([], newIds: true, """[{ face_id: "0", start_time: 0, end_time: 2300 }, { face_id: "1", start_time: 200, end_time: 2600 }]""");
        var report = await bench.RunAsync(Flow());

        Assert.All(report.Results.Jobs, job => Assert.Equal((JobStatus.Succeeded, null), (job.Status, job.Error)));
        Assert.Equal(["0", "2"], report.Results.Jobs[0].Faces.Select(face => face.GetProperty("face_id").GetString()));
    }

    [Fact]
    public async Task RunAsync_ResultsHaveOtherIdsAndNothingElseTells_StopsAndKeepsWhatIsPaid()
    {
        await using var bench = await StartAsync([], newIds: true);
        var flow = Flow();
        var report = await bench.RunAsync(flow);

        Assert.Equal((JobStatus.Failed, "GKF4219"), (report.Results.Jobs[0].Status, report.Results.Jobs[0].Error?.Code));
        Assert.Contains("Pass 1 is done, paid and kept", report.Results.Jobs[0].Error?.Hint, StringComparison.Ordinal);
        Assert.Equal((2, 1), (Charges(bench, ModelNames.IdentifyFace), Charges(bench, ModelNames.LipSync)));
        Assert.Null(await Judge.AfterRunAsync(bench));
    }

    private static int Charges(FaultBench bench, string model) => bench.Simulator.Ledger.Charges.Count(charge => charge.Model == model);

    private async Task<FaultBench> StartAsync(string[] faults, bool newIds, string? faces = null)
    {
        var source = (MediaSource.LocalFile)media["b.mp4"];
        var video = folder.File("duet.mp4");
        File.Copy(source.FullPath, video, overwrite: true);
        folder.Write("duet.mp4.faces.yaml", faces ?? """[{ face_id: "0", start_time: 0, end_time: 2600 }, { face_id: "1", start_time: 0, end_time: 2600 }]""");
        return await FaultBench.StartAsync(faults, options => options with { MediaFiles = [video], NewFaceIdsInResults = newIds });
    }

    private Flow Flow()
    {
        var (first, second) = (FaultFlow.Job(media, "duet", "b", "b.mp3"), FaultFlow.Job(media, "duet", "b", "c.wav", 0.3));
        var duet = first with { Entries = [first.Entries[0], As(second.Entries[0], "1")] };
        var louder = FaultFlow.Job(media, "louder", "b", "c.wav", 0.3, 1.5);
        return TestFlow.Of(
            Named(duet),
            Named(duet with { Id = "louder", Output = "louder.mp4", Entries = [duet.Entries[0], As(louder.Entries[0], "1")] }),
            Named(first with { Id = "solo", Output = "solo.mp4" })) with
        { Run = new RunSettings { MultiFace = MultiFace.Chain } };
    }

    private static Job Named(Job job) => job with { Entries = [As(job.Entries[0], "0"), .. job.Entries.Skip(1)] };

    private static FaceEntry As(FaceEntry entry, string id) => entry with { Face = new FaceName($"face {id}", [new FaceSelector.ById(id)], entry.Face.Place) };
}
