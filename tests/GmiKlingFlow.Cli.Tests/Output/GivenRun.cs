using GmiKlingFlow.Cli.Output.Runs;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Runtime.Execution;
using GmiKlingFlow.Runtime.Results;

namespace GmiKlingFlow.Cli.Tests.Output;

/// <summary>What a run came to, made without one.</summary>
internal static class GivenRun
{
    public static readonly DateTimeOffset Start = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    /// <summary>One job of each status.</summary>
    public static readonly IReadOnlyList<JobResult> EveryStatus =
    [
        Job("done", JobStatus.Succeeded) with { StartedAt = Start.AddSeconds(0.5), FinishedAt = Start.AddSeconds(61.75), Steps = [Step(1, 20), Step(20, 60)], Output = new OutputResult("done.mp4", new string('b', 64), 10, 6000, "https://e.com/done.mp4") },
        Job("again", JobStatus.Reused),
        Job("bad", JobStatus.Failed) with { Error = new JobError("GKF7021", "\"400\" & <no>.", false, "Mend it.") },
        Job("slow", JobStatus.Stalled) with { Error = new JobError("GKF8021", "Still running.", true, null) },
        Job("lost", JobStatus.Unknown) with { Error = new JobError("GKF8022", "Nobody knows.", true, "gkflow settle FLOW JOB") },
        Job("left", JobStatus.Pending) with { Error = new JobError("GKF9070", "Enough.", true, null) },
        Job("out", JobStatus.Skipped) with { Shard = 2, Reason = "left to shard 2/2" },
    ];

    public static Flow Flow { get; } = new(
        "launch",
        "flows/launch.yaml",
        "/flows/launch.yaml",
        new string('a', 64),
        new Dictionary<string, Video>(),
        new Dictionary<string, AudioTrack>(),
        [.. EveryStatus.Select((job, i) => new Job(job.Id, [], new Video("host", new MediaSource.RemoteUrl(new Uri("https://e.com/v.mp4")), null, new Dictionary<string, FaceName>(), At(3)), [], $"{job.Id}.mp4", null, false, At(10 + i)))],
        new RunSettings());

    public static JobResult Job(string id, JobStatus status) => new(id, new string('c', 64), new Dictionary<string, string> { ["locale"] = "en" }, status, "host", [], [], null, null);

    public static StepResult Step(double from, double to) =>
        new(ModelNames.LipSync, "r-1", "succeeded", 1, Start.AddSeconds(from), Start.AddSeconds(to), 100, 3, new StepCost(0.07m, "estimated"));

    public static FlowOutcome Outcome(IReadOnlyList<JobResult>? jobs = null, RunEnd end = RunEnd.Completed, Failure? reason = null)
    {
        jobs ??= EveryStatus;
        int Count(JobStatus status) => jobs.Count(job => job.Status == status);
        var results = new RunResults(
            new ResultsFlow(Flow.Name, "../flows/launch.yaml", Flow.Sha256),
            new ResultsRun("20261122T120000Z-12345678", Start, Start.AddSeconds(90.5), "0.1.0", "queue.example.com", Simulated: false) { Shard = new ResultsShard(1, 2) },
            jobs,
            new ResultsSummary(
                jobs.Count, Count(JobStatus.Succeeded), Count(JobStatus.Reused), Count(JobStatus.Failed), Count(JobStatus.Stalled), Count(JobStatus.Unknown), Count(JobStatus.Pending), Count(JobStatus.Skipped),
                jobs.Sum(job => job.Steps.Sum(step => step.Cost.Usd)), "built-in list", 90_500));
        return new FlowOutcome(Flow, new RunReport(results, end, reason, "/out/results.json"), []);
    }

    private static Place At(int line) => new(new SourceSpan("flows/launch.yaml", line, 5, line, 9), "jobs[0]");
}
