using System.Collections;
using System.Globalization;
using System.Text.Json;
using GmiKlingFlow.Runtime.Results;

namespace GmiKlingFlow.Runtime.Tests.Results;

/// <summary>Results of jobs that succeeded.</summary>
internal static class GivenJobs
{
    public static IReadOnlyList<JobResult> Some(int count) => [.. Enumerable.Range(0, count).Select(Job)];

    public static RunResults Results(IReadOnlyList<JobResult> jobs) => new(
        new ResultsFlow("test", "flow.yaml", new string('0', 64)),
        new ResultsRun("run", DateTimeOffset.UnixEpoch, null, "0.1.0", "localhost", Simulated: true),
        jobs,
        ResultsSummary.Of(jobs, "test", 0));

    public static JobResult Job(int number)
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

    /// <summary>Jobs that are made when they are asked for, as those of a file are, and tell how many of them are held at once.</summary>
    public sealed class Watched(int count) : IReadOnlyList<JobResult>
    {
        private const int BetweenLooks = 100;
        private readonly List<WeakReference> given = [];

        public int MostHeld { get; private set; }

        public int Given { get; private set; }

        public int Count => count;

        public JobResult this[int index]
        {
            get
            {
                if (++Given % BetweenLooks == 0)
                {
                    GC.Collect();
                    given.RemoveAll(static job => !job.IsAlive);
                    MostHeld = Math.Max(MostHeld, given.Count);
                }

                var job = Job(index);
                given.Add(new WeakReference(job));
                return job;
            }
        }

        public IEnumerator<JobResult> GetEnumerator()
        {
            for (var i = 0; i < count; i++)
            {
                yield return this[i];
            }
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
