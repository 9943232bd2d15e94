using System.Text.Json;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Runtime.Results;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Runtime.Tests.Results;

public sealed class ResultsMergeTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly string Root = Path.GetTempPath();

    private readonly DiagnosticBag told = new();

    [Fact]
    public void Of_AllShards_HasEachJobsOwnResultInThePlansOrder()
    {
        var merged = Merge([Part(1, 3), Part(2, 3), Part(3, 3)]) ?? throw new InvalidOperationException("Not merged.");

        Assert.Empty(told);
        Assert.Equal(["job-0", "job-1", "job-2", "job-3", "job-4", "job-5"], merged.Jobs.Select(job => job.Id));
        Assert.All(merged.Jobs, job => Assert.Equal(JobStatus.Succeeded, job.Status));
        Assert.Equal((6, 6, 0, 0.42m), (merged.Summary.Total, merged.Summary.Succeeded, merged.Summary.Skipped, merged.Summary.CostUsd));
        Assert.Equal(["run-1 1/3", "run-2 2/3", "run-3 3/3"], merged.Run.MergedFrom?.Select(part => $"{part.Run} {part.Shard}"));
    }

    [Fact]
    public void Of_AnyOrder_IsTheSameRun()
    {
        var (one, other) = (Merge([Part(1, 2), Part(2, 2)]), Merge([Part(2, 2), Part(1, 2)]));

        Assert.Equal((one?.Run.Id, one?.Summary), (other?.Run.Id, other?.Summary));
        Assert.Matches("^merged-[0-9a-f]{12}$", one?.Run.Id);
    }

    [Fact]
    public void Of_Times_GoFromTheFirstStartToTheLastEnd()
    {
        var late = Part(2, 2);
        late = With(late, r => r with { Run = r.Run with { StartedAt = Start.AddMinutes(5), FinishedAt = Start.AddMinutes(9) } });

        Assert.Equal((long)TimeSpan.FromMinutes(9).TotalMilliseconds, Merge([Part(1, 2), late])?.Summary.WallMs);
    }

    [Fact]
    public void Of_MissingShard_IsAnErrorThatNamesItAndItsJobs()
    {
        Assert.Null(Merge([Part(1, 3), Part(3, 3)]));
        Assert.Equal("\"2/3\" is missing: 2 jobs have no results. Add it, or go without it with --allow-missing.", Assert.Single(told).Message);
    }

    [Fact]
    public void Of_MissingShardAllowed_TellsItsJobsAsPending()
    {
        var merged = Merge([Part(1, 3), Part(3, 3)], allowMissing: true);

        Assert.Equal(Severity.Warning, Assert.Single(told).Severity);
        Assert.Equal(["job-1 GKF9076", "job-4 GKF9076"], merged?.Jobs.Where(job => job.Status == JobStatus.Pending).Select(job => $"{job.Id} {job.Error?.Code}"));
    }

    [Fact]
    public void Of_MergedAgain_KnowsWhichShardsItHolds()
    {
        var half = Merge([Part(1, 3), Part(3, 3)], allowMissing: true) ?? throw new InvalidOperationException("Not merged.");
        var again = new DiagnosticBag();
        var whole = new ResultsMerge(Root, allowMissing: false, again).Of([new MergedPart("half.json", Root, half, JobMarks.Of(half.Jobs)), Part(2, 3)]);

        Assert.Empty(again);
        Assert.Equal((6, 3), (whole?.Summary.Succeeded, whole?.Run.MergedFrom?.Count));
    }

    [Fact]
    public void Of_ShardTwice_IsRefused()
    {
        var again = Part(1, 2);

        Assert.Equal("GKF9074", Refused(Part(1, 2), Part(2, 2), With(again, r => r with { Run = r.Run with { Id = "run-9" } }) with { File = "again.json" }));
        Assert.Contains("shard 1/2", told.Single().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_SameFileTwice_IsRefused() => Assert.Equal("GKF9074", Refused(Part(1, 2), Part(1, 2), Part(2, 2)));

    [Fact]
    public void Of_OtherCount_IsRefused() => Assert.Equal("GKF9075", Refused(Part(1, 2), Part(2, 3)));

    [Fact]
    public void Of_OtherFlow_IsRefused() => Assert.Equal("GKF9072", Refused(Part(1, 2), With(Part(2, 2), r => r with { Flow = r.Flow with { Name = "other" } })));

    [Fact]
    public void Of_OtherText_IsRefused() => Assert.Equal("GKF9073", Refused(Part(1, 2), With(Part(2, 2), r => r with { Flow = r.Flow with { Sha256 = new string('e', 64) } })));

    [Fact]
    public void Of_SimulatedWithReal_IsRefused() => Assert.Equal("GKF9078", Refused(Part(1, 2), With(Part(2, 2), r => r with { Run = r.Run with { Simulated = true } })));

    [Fact]
    public void Of_OtherService_IsRefused() => Assert.Equal("GKF9079", Refused(Part(1, 2), With(Part(2, 2), r => r with { Run = r.Run with { Host = "other" } })));

    [Fact]
    public void Of_OtherInputs_NamesTheJob()
    {
        Assert.Equal("GKF9080", Refused(Part(1, 2), With(Part(2, 2), r => r with { Jobs = [.. r.Jobs.Select(job => job.Id == "job-3" ? job with { Key = "other" } : job)] })));
        Assert.StartsWith("\"job-3\"", told.Single().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_OtherNumberOfJobs_IsRefused() => Assert.Equal("GKF9080", Refused(Part(1, 2), With(Part(2, 2), r => r with { Jobs = [.. r.Jobs.SkipLast(1)] })));

    [Fact]
    public void Of_JobsSharedOutOtherwise_IsRefused() =>
        Assert.Equal("GKF9080", Refused(Part(1, 2), With(Part(2, 2), r => r with { Jobs = [.. r.Jobs.Select(job => job with { Shard = 3 - job.Shard })] })));

    [Fact]
    public void Of_JobRunInTwoSelections_IsRefused() => Assert.Equal("GKF9077", Refused(Selected("a", 0, 1, 2), Selected("b", 2, 3, 4, 5)));

    [Fact]
    public void Of_Selections_AreMergedWithoutShards()
    {
        var merged = Merge([Selected("a", 0, 1, 2), Selected("b", 3, 4)]);

        Assert.Empty(told);
        Assert.Equal((5, 1), (merged?.Summary.Succeeded, merged?.Summary.Skipped));
    }

    [Fact]
    public void Of_PendingInOnePart_GivesWayToWhatRanInAnother()
    {
        var cutOff = With(Selected("a", 0, 1, 2, 3, 4, 5), r => r with { Jobs = [.. r.Jobs.Select(job => job.Id == "job-5" ? job with { Status = JobStatus.Pending, Steps = [] } : job)] });

        Assert.Equal(6, Merge([cutOff, Selected("b", 5)])?.Summary.Succeeded);
    }

    [Fact]
    public void Of_RunThatWasCutOff_Warns()
    {
        var merged = Merge([Part(1, 2), With(Part(2, 2), r => r with { Run = r.Run with { FinishedAt = null } })]);

        Assert.Equal(("GKF9081", Severity.Warning), (told.Single().Code, told.Single().Severity));
        Assert.Null(merged?.Run.FinishedAt);
    }

    [Fact]
    public void Of_PartsInOtherFolders_NamesTheirFilesFromTheNewPlace()
    {
        var merged = new ResultsMerge(Path.Combine(Root, "all"), allowMissing: false, told).Of([Part(1, 2, "one"), Part(2, 2, "two")]);

        Assert.Equal(["../one/job-0.mp4", "../two/job-1.mp4"], merged?.Jobs.Take(2).Select(job => job.Output?.File));
        Assert.Equal(["../clips/host.mp4", "https://e.com/a.mp3"], merged?.Inputs.Select(input => input.Name));
        Assert.Equal(("../clips/host.mp4", "https://e.com/a.mp3", "../flow.yaml"), (merged?.Videos.Single().Input, merged?.Audio.Single().Input, merged?.Flow.File));
        Assert.Equal(["../clips/host.mp4", "https://e.com/a.mp3"], merged?.Jobs[0].Inputs);
        Assert.NotNull(merged?.Videos.Single().Faces);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Write_Merged_FitsTheSchema(bool asYaml)
    {
        var merged = Merge([Part(1, 2), Part(2, 2)]) ?? throw new InvalidOperationException("Not merged.");
        using var stream = new MemoryStream();
        ResultsWriter.Write(stream, merged, asYaml);
        var text = System.Text.Encoding.UTF8.GetString(stream.ToArray());

        Assert.Contains("merged_from", text, StringComparison.Ordinal);
        if (!asYaml)
        {
            Assert.Empty(SchemaJudge.Errors("results.v1.schema.json", System.Text.Json.Nodes.JsonNode.Parse(text))[0]);
        }
    }

    [Fact]
    public void Codes_OfMerging_AreOfTheCommandLineAndExplained() =>
        Assert.All(CatalogueAssert.CodesInStage(typeof(MergeDiagnostics), '9'), code => Assert.NotNull(Explanation.Of(code)));

    private RunResults? Merge(IReadOnlyList<MergedPart> parts, bool allowMissing = false) => new ResultsMerge(Root, allowMissing, told).Of(parts);

    private string Refused(params IReadOnlyList<MergedPart> parts)
    {
        Assert.Null(Merge(parts));
        return Assert.Single(told).Code;
    }

    private static MergedPart With(MergedPart part, Func<RunResults, RunResults> change) => Given(part.File, part.Folder, change(part.Results));

    private static MergedPart Given(string file, string folder, RunResults results) => new(file, folder, results, JobMarks.Of(results.Jobs));

    /// <summary>Six jobs, every count-th of them run by the shard.</summary>
    private static MergedPart Part(int index, int count, string folder = "") =>
        Of($"shard-{index}.json", folder, $"run-{index}", new ResultsShard(index, count), job => job % count == index - 1, job => (job % count) + 1);

    private static MergedPart Selected(string name, params int[] jobs) => Of($"{name}.json", "", name, null, jobs.Contains, _ => null);

    private static MergedPart Of(string file, string folder, string run, ResultsShard? shard, Func<int, bool> ran, Func<int, int?> shardOf)
    {
        var jobs = Enumerable.Range(0, 6).Select(i => Job(i, ran(i)) with { Shard = shardOf(i), Reason = ran(i) ? null : "left out" }).ToList();
        var results = new RunResults(
            new ResultsFlow("launch", "../flow.yaml", new string('a', 64)),
            new ResultsRun(run, Start, Start.AddMinutes(2), "0.1.0", "queue.example.com", Simulated: false) { Shard = shard },
            jobs,
            ResultsSummary.Of(jobs, "built-in list", 120_000))
        {
            Inputs = [new ResultsInput(FlowInputKind.Video, "../clips/host.mp4", null, new string('b', 64), 10), new ResultsInput(FlowInputKind.Audio, null, "https://e.com/a.mp3", null, null)],
            Videos = [new VideoResult("host", "../clips/host.mp4", 6000, shard?.Index == 1 ? null : [new FaceResult("0", 0, 6000)])],
            Audio = [new AudioResult("hello", "https://e.com/a.mp3", 3000)],
        };
        return Given(file, Path.Combine(Root, folder), results);
    }

    private static JobResult Job(int number, bool ran) => new(
        $"job-{number}",
        $"{number}".PadLeft(64, '0'),
        new Dictionary<string, string>(),
        ran ? JobStatus.Succeeded : JobStatus.Skipped,
        "host",
        [JsonElement.Parse("""{"face_id":"0"}""")],
        ran ? [new StepResult(ModelNames.LipSync, $"r-{number}", "succeeded", 1, Start, Start.AddMinutes(1), 100, 2, new StepCost(0.07m, "estimated"))] : [],
        ran ? new OutputResult($"job-{number}.mp4", new string('c', 64), 10, 6000, null) : null,
        null)
    {
        Inputs = ["../clips/host.mp4", "https://e.com/a.mp3"],
    };
}
