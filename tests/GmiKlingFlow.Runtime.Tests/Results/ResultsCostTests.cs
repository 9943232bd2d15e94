using System.Globalization;
using System.Text.Json;
using GmiKlingFlow.Runtime.Results;
using Xunit;

namespace GmiKlingFlow.Runtime.Tests.Results;

/// <summary>Bounds on what a job's result costs to write, in bytes: at least twice what was measured. Times are measured by hand (tests/Benchmarks).</summary>
public sealed class ResultsCostTests
{
    private const int Few = 50;
    private const int Further = 500;

    [Theory]
    [InlineData(false, 1024)]
    [InlineData(true, 48 * 1024)]
    public void Write_EachFurtherJob_AllocatesLittle(bool asYaml, long most)
    {
        // The first call pays for what is made once.
        _ = Allocated(Few, asYaml);

        Assert.InRange((Allocated(Few + Further, asYaml) - Allocated(Few, asYaml)) / Further, 0, most);
    }

    private static long Allocated(int jobs, bool asYaml)
    {
        var results = Of([.. Enumerable.Range(0, jobs).Select(Job)]);
        var before = GC.GetAllocatedBytesForCurrentThread();
        ResultsWriter.Write(Stream.Null, results, asYaml);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static RunResults Of(IReadOnlyList<JobResult> jobs) => new(
        new ResultsFlow("test", "flow.yaml", new string('0', 64)),
        new ResultsRun("run", DateTimeOffset.UnixEpoch, null, "0.1.0", "localhost", Simulated: true),
        jobs,
        ResultsSummary.Of(jobs, "test", 0));

    private static JobResult Job(int number)
    {
        using var face = JsonDocument.Parse("""{"face_id":"0","sound_file":"https://media.example.com/hello.mp3","sound_start_time":0,"sound_end_time":2950,"sound_insert_time":250}""");
        var id = string.Create(CultureInfo.InvariantCulture, $"job-{number}");
        return new JobResult(
            id,
            new string('1', 64),
            new Dictionary<string, string> { ["locale"] = "de" },
            JobStatus.Succeeded,
            "host",
            [face.RootElement.Clone()],
            [Step("kling-identify-face"), Step("kling-lip-sync")],
            new OutputResult($"{id}.mp4", new string('2', 64), 60641, 5000, null),
            null)
        {
            Inputs = ["host.mp4", "hello.wav"],
            Entries = [new EntryResult("anna", "hello")],
        };
    }

    private static StepResult Step(string model) => new(model, "request", "succeeded", 1, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, 10, 3, new StepCost(0.07m, "estimated"))
    {
        PayloadSha256 = new string('3', 64),
    };
}
