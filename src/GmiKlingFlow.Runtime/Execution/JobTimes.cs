using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning;

namespace GmiKlingFlow.Runtime.Execution;

/// <summary>How long jobs may take at the service: as they did before, else as others of the same video did, else by their video's length.</summary>
internal sealed class JobTimes
{
    private readonly Dictionary<string, TimeSpan> ofJobs;
    private readonly Dictionary<string, TimeSpan> ofVideos;
    private readonly double scale;

    /// <param name="seen">How long a lip-sync of a job took at this service, by the job's id.</param>
    public JobTimes(Plan plan, IReadOnlyDictionary<string, TimeSpan> seen)
    {
        var known = plan.Jobs.Where(job => seen.ContainsKey(job.Job.Id)).ToList();
        ofJobs = known.ToDictionary(static job => job.Job.Id, job => seen[job.Job.Id], StringComparer.Ordinal);
        ofVideos = known.GroupBy(static job => job.VideoKey, StringComparer.Ordinal)
            .ToDictionary(static jobs => jobs.Key, jobs => TimeSpan.FromSeconds(jobs.Average(job => seen[job.Job.Id].TotalSeconds)), StringComparer.Ordinal);
        var guessed = known.Sum(static job => Estimates.Sync(job.Job.Video).TotalSeconds);
        scale = guessed > 0 ? known.Sum(job => seen[job.Job.Id].TotalSeconds) / guessed : 1;
    }

    /// <summary>From now until the job's last request is done; one pass waits for the other.</summary>
    public TimeSpan Left(PlannedJob job)
    {
        var sync = ofJobs.TryGetValue(job.Job.Id, out var own) ? own
            : ofVideos.TryGetValue(job.VideoKey, out var same) ? same
            : Estimates.Sync(job.Job.Video) * scale;
        var syncs = job.Steps.Count(static step => step is { Model: ModelNames.LipSync, Action: StepAction.Create });
        var identifies = job.Passes.Count(static pass => pass is { IsLater: true, Identify.Action: StepAction.Create });
        return (syncs * sync) + (identifies * Estimates.TypicalIdentify * scale);
    }
}
