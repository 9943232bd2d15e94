using System.Globalization;
using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Runtime.Results;

/// <summary>A manifest to be merged.</summary>
/// <param name="File">As it is shown to people.</param>
/// <param name="Folder">Absolute: what the manifest's files are relative to.</param>
/// <param name="Marks">Of its jobs.</param>
public sealed record MergedPart(string File, string Folder, RunResults Results, JobMarks Marks)
{
    /// <summary>Which shards it holds; empty where the jobs were not shared out.</summary>
    internal IReadOnlyList<ResultsShard> Shards { get; } = Results.Run switch
    {
        { Shard: { } shard } => [shard],
        { MergedFrom: { } parts } => [.. parts.Select(static part => part.Shard).OfType<ResultsShard>()],
        _ => [],
    };
}

/// <summary>Makes one results manifest of several runs of the same flow, mostly of its shards. Jobs stay where they are until they are asked for.</summary>
/// <param name="folder">Absolute, where the merged manifest will lie.</param>
public sealed class ResultsMerge(string folder, bool allowMissing, DiagnosticBag diagnostics)
{
    /// <param name="parts">At least one.</param>
    /// <returns>Null, with errors told, when they don't belong together. Its jobs are read from the parts' own.</returns>
    public RunResults? Of(IReadOnlyList<MergedPart> parts)
    {
        new MergeCheck(diagnostics).Check(parts);
        if (diagnostics.HasErrors)
        {
            return null;
        }

        var missing = Missing(parts);
        var count = parts[0].Marks.Count;
        var (sources, lost, tally) = (new int[count], new ResultsShard?[count], new ResultsTally());
        for (var i = 0; i < count; i++)
        {
            var job = parts[sources[i] = Source(i, parts)].Marks[i];
            lost[i] = job.HasRun ? null : missing.Find(shard => shard.Index == job.Shard);
            tally.Add(lost[i] is null ? job.Status : JobStatus.Pending, job.CostUsd);
        }

        if (missing.Count > 0)
        {
            diagnostics.Add(MergeDiagnostics.Missing(
                string.Join(", ", missing.Select(static shard => shard.ToString())),
                Enumerable.Range(0, count).Count(index => missing.Any(shard => shard.Index == parts[sources[index]].Marks[index].Shard)),
                allowMissing));
        }

        if (diagnostics.HasErrors)
        {
            return null;
        }

        var moved = parts.Select(part => new MovedResults(part.Results, part.Folder, folder)).ToList();
        return Whole(parts, moved, new MergedJobs(moved, sources, lost), tally);
    }

    private static List<ResultsShard> Missing(IReadOnlyList<MergedPart> parts)
    {
        var there = parts.SelectMany(static part => part.Shards).ToHashSet();
        return there.FirstOrDefault() is { Count: var count }
            ? [.. Enumerable.Range(1, count).Select(index => new ResultsShard(index, count)).Where(shard => !there.Contains(shard))]
            : [];
    }

    /// <returns>The part that has the one result that there is of a job; where none has run it, the one of its own shard.</returns>
    private int Source(int index, IReadOnlyList<MergedPart> parts)
    {
        if (Find(parts, part => part.Marks[index].HasRun) is { } ran)
        {
            if (Find(parts, part => part.Marks[index].HasRun, ran + 1) is { } other)
            {
                diagnostics.Add(MergeDiagnostics.JobTwice(parts[ran].Results.Jobs[index].Id, parts[other].File, parts[ran].File));
            }

            return ran;
        }

        return Find(parts, part => part.Marks[index].Status == JobStatus.Pending)
            ?? Find(parts, part => part.Shards.Any(shard => shard.Index == part.Marks[index].Shard))
            ?? 0;
    }

    private static int? Find(IReadOnlyList<MergedPart> parts, Func<MergedPart, bool> isWanted, int from = 0)
    {
        for (var i = from; i < parts.Count; i++)
        {
            if (isWanted(parts[i]))
            {
                return i;
            }
        }

        return null;
    }

    private static RunResults Whole(IReadOnlyList<MergedPart> parts, List<MovedResults> moved, MergedJobs jobs, ResultsTally tally)
    {
        var runs = parts.Select(static part => part.Results.Run).ToList();
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
        return new RunResults(
            moved[0].Flow,
            run,
            jobs,
            tally.Summary(
                string.Join("; ", parts.Select(static each => each.Results.Summary.PriceSource).Distinct(StringComparer.Ordinal)),
                Math.Max(0, (long)((finished ?? runs.Max(static each => each.FinishedAt ?? each.StartedAt)) - started).TotalMilliseconds)))
        {
            Inputs = [.. moved.SelectMany(static each => each.Inputs).Distinct()],
            // Only the parts that identified a video know its faces.
            Videos = [.. moved.SelectMany(static each => each.Videos).GroupBy(static video => video.Name).Select(static same => same.FirstOrDefault(static video => video.Faces is not null) ?? same.First())],
            Audio = [.. moved.SelectMany(static each => each.Audio).DistinctBy(static track => track.Name)],
        };
    }

    private static string? Common(IEnumerable<string?> values) => values.Distinct(StringComparer.Ordinal).ToList() is [var only] ? only : null;
}
