using System.Globalization;
using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Runtime.Results;

/// <summary>Whether manifests belong together: every reason why not, each told once for each file.</summary>
internal sealed class MergeCheck(DiagnosticBag diagnostics)
{
    public void Check(IReadOnlyList<MergedPart> parts)
    {
        var first = parts[0];
        foreach (var part in parts)
        {
            if (part.Results.Run.FinishedAt is null)
            {
                diagnostics.Add(MergeDiagnostics.Unfinished(part.File));
            }

            if (part != first && Difference(part, first) is { } difference)
            {
                diagnostics.Add(difference);
            }
        }

        if (!diagnostics.HasErrors)
        {
            CheckRuns(parts);
            CheckShards(parts);
        }
    }

    private static Diagnostic? Difference(MergedPart part, MergedPart first)
    {
        var (results, others) = (part.Results, first.Results);
        return results.Flow.Name != others.Flow.Name ? MergeDiagnostics.OtherFlow(part.File, results.Flow.Name, first.File, others.Flow.Name)
            : results.Run.Simulated != others.Run.Simulated ? MergeDiagnostics.SimulatedWithReal(part.File, first.File)
            : results.Run.Host != others.Run.Host ? MergeDiagnostics.OtherService(part.File, results.Run.Host, first.File, others.Run.Host)
            : results.Flow.Sha256 != others.Flow.Sha256 ? MergeDiagnostics.OtherText(part.File, first.File)
            : OtherJob(part, first) is { } job ? MergeDiagnostics.OtherJobs(part.File, job, first.File)
            : null;
    }

    /// <returns>The first job that the two don't have alike: its id, its inputs, or the shard it belongs to.</returns>
    private static string? OtherJob(MergedPart part, MergedPart first)
    {
        var (longer, shorter) = part.Marks.Count >= first.Marks.Count ? (part, first) : (first, part);
        for (var i = 0; i < longer.Marks.Count; i++)
        {
            if (i == shorter.Marks.Count || longer.Marks[i].Identity != shorter.Marks[i].Identity)
            {
                return (i < part.Marks.Count ? part : first).Results.Jobs[i].Id;
            }
        }

        return null;
    }

    private void CheckRuns(IReadOnlyList<MergedPart> parts)
    {
        var seen = new Dictionary<string, MergedPart>(StringComparer.Ordinal);
        foreach (var part in parts)
        {
            foreach (var run in part.Results.Run.MergedFrom?.Select(static each => each.Run) ?? [part.Results.Run.Id])
            {
                if (!seen.TryAdd(run, part))
                {
                    diagnostics.Add(MergeDiagnostics.Twice(part.File, seen[run].File, $"run {run}"));
                }
            }
        }
    }

    private void CheckShards(IReadOnlyList<MergedPart> parts)
    {
        var seen = new Dictionary<ResultsShard, MergedPart>();
        foreach (var part in parts)
        {
            foreach (var shard in part.Shards)
            {
                if (seen.Keys.FirstOrDefault(other => other.Count != shard.Count) is { } odd)
                {
                    diagnostics.Add(MergeDiagnostics.OtherCount(part.File, shard.ToString(), seen[odd].File, odd.ToString()));
                }
                else if (!seen.TryAdd(shard, part) && !diagnostics.HasErrors)
                {
                    diagnostics.Add(MergeDiagnostics.Twice(part.File, seen[shard].File, $"shard {shard}"));
                }
            }

            // Shared out by another version's rules, a job could be in two shards or in none.
            if (!diagnostics.HasErrors && Enumerable.Range(0, part.Marks.Count).FirstOrDefault(index => IsElsewhere(part.Marks[index], parts[0].Marks[index]), -1) is >= 0 and var moved)
            {
                diagnostics.Add(MergeDiagnostics.OtherJobs(part.File, part.Results.Jobs[moved].Id, parts[0].File));
            }
        }
    }

    private static bool IsElsewhere(JobMark job, JobMark other) => job.Shard is { } mine && other.Shard is { } its && mine != its;
}
