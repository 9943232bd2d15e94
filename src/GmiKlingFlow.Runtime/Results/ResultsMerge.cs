using System.Globalization;
using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Runtime.Results;

/// <summary>A manifest to be merged.</summary>
/// <param name="File">As it is shown to people.</param>
/// <param name="Folder">Absolute: what the manifest's files are relative to.</param>
public sealed record MergedPart(string File, string Folder, RunResults Results)
{
    /// <summary>Which shards it holds; empty where the jobs were not shared out.</summary>
    internal IReadOnlyList<ResultsShard> Shards => Results.Run switch
    {
        { Shard: { } shard } => [shard],
        { MergedFrom: { } parts } => [.. parts.Select(static part => part.Shard).OfType<ResultsShard>()],
        _ => [],
    };
}

/// <summary>Makes one results manifest of several runs of the same flow, mostly of its shards.</summary>
/// <param name="folder">Absolute, where the merged manifest will lie.</param>
public sealed class ResultsMerge(string folder, bool allowMissing, DiagnosticBag diagnostics)
{
    /// <param name="parts">At least one.</param>
    /// <returns>Null, with errors told, when they don't belong together.</returns>
    public RunResults? Of(IReadOnlyList<MergedPart> parts)
    {
        new MergeCheck(diagnostics).Check(parts);
        if (diagnostics.HasErrors)
        {
            return null;
        }

        var moved = parts.Select(part => part with { Results = new MovedResults(part.Folder, folder).Of(part.Results) }).ToList();
        var missing = Missing(parts);
        var jobs = Enumerable.Range(0, parts[0].Results.Jobs.Count).Select(index => Job(index, moved, missing)).ToList();
        if (missing.Count > 0)
        {
            diagnostics.Add(MergeDiagnostics.Missing(
                string.Join(", ", missing.Select(static shard => shard.ToString())),
                jobs.Count(job => missing.Any(shard => shard.Index == job.Shard)),
                allowMissing));
        }

        return diagnostics.HasErrors ? null : Whole(moved, jobs);
    }

    private static List<ResultsShard> Missing(IReadOnlyList<MergedPart> parts)
    {
        var there = parts.SelectMany(static part => part.Shards).ToHashSet();
        return there.FirstOrDefault() is { Count: var count }
            ? [.. Enumerable.Range(1, count).Select(index => new ResultsShard(index, count)).Where(shard => !there.Contains(shard))]
            : [];
    }

    /// <summary>The one result that there is of a job; where no part has run it, what its own shard says of it.</summary>
    private JobResult Job(int index, List<MergedPart> parts, List<ResultsShard> missing)
    {
        var told = parts.Select(part => (part.File, part.Shards, Job: part.Results.Jobs[index])).ToList();
        if (told.Where(static each => each.Job.Status is not (JobStatus.Skipped or JobStatus.Pending)).ToList() is [var ran, .. var others])
        {
            if (others is [var other, ..])
            {
                diagnostics.Add(MergeDiagnostics.JobTwice(ran.Job.Id, other.File, ran.File));
            }

            return ran.Job;
        }

        var job = told.FirstOrDefault(static each => each.Job.Status == JobStatus.Pending).Job
            ?? told.FirstOrDefault(static each => each.Shards.Any(shard => shard.Index == each.Job.Shard)).Job
            ?? told[0].Job;
        return missing.Find(shard => shard.Index == job.Shard) is { } lost
            ? job with { Status = JobStatus.Pending, Reason = null, Error = new JobError("GKF9076", $"Shard {lost}, which this job belongs to, is not among the merged results.", Retryable: true, Hint: null) }
            : job;
    }

    private static RunResults Whole(List<MergedPart> parts, List<JobResult> jobs)
    {
        var runs = parts.ConvertAll(static part => part.Results.Run);
        var (started, finished) = (runs.Min(static run => run.StartedAt), runs.Any(static run => run.FinishedAt is null) ? null : runs.Max(static run => run.FinishedAt));
        var run = new ResultsRun(
            MergedRun.IdOf(runs),
            started,
            finished,
            string.Join(", ", runs.Select(static each => each.ToolVersion).Distinct(StringComparer.Ordinal)),
            runs[0].Host,
            runs[0].Simulated)
        {
            RuleProfile = Common(runs.Select(static each => each.RuleProfile)),
            PlanSha256 = Common(runs.Select(static each => each.PlanSha256)),
            MergedFrom = [.. runs.SelectMany(static each => each.MergedFrom ?? [new MergedRun(each.Id, each.Shard)])],
        };
        var all = parts.ConvertAll(static part => part.Results);
        return new RunResults(
            all[0].Flow,
            run,
            jobs,
            ResultsSummary.Of(
                jobs,
                string.Join("; ", all.Select(static each => each.Summary.PriceSource).Distinct(StringComparer.Ordinal)),
                Math.Max(0, (long)((finished ?? runs.Max(static each => each.FinishedAt ?? each.StartedAt)) - started).TotalMilliseconds)))
        {
            Inputs = [.. all.SelectMany(static each => each.Inputs).Distinct()],
            // Only the parts that identified a video know its faces.
            Videos = [.. all.SelectMany(static each => each.Videos).GroupBy(static video => video.Name).Select(static same => same.FirstOrDefault(static video => video.Faces is not null) ?? same.First())],
            Audio = [.. all.SelectMany(static each => each.Audio).DistinctBy(static track => track.Name)],
        };
    }

    private static string? Common(IEnumerable<string?> values) => values.Distinct(StringComparer.Ordinal).ToList() is [var only] ? only : null;
}
