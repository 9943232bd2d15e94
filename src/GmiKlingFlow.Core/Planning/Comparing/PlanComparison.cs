using System.Globalization;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning.Prices;

namespace GmiKlingFlow.Core.Planning.Comparing;

/// <summary>What became of a job since the base.</summary>
public enum JobChangeKind
{
    Add,
    Change,
    Rename,
    Remove,
}

/// <summary>A job that is not as it was in the base.</summary>
/// <param name="Was">Its id in the base; null for one that is added.</param>
/// <param name="Reason">Which of its inputs changed, or what else, in words for people.</param>
/// <param name="EstimatedUsd">What its own requests cost; those that an earlier change sends count there.</param>
public sealed record JobChange(string Id, string? Was, JobChangeKind Kind, string Reason, decimal EstimatedUsd);

/// <summary>A plan held against a base: what a change to the flow adds, changes, removes, and what that costs.</summary>
/// <param name="Jobs">Those that differ, in the plan's order; removed ones follow in the base's.</param>
/// <param name="Same">How many jobs are as they were.</param>
/// <param name="Requests">Model to number of requests that the added and changed jobs send, as a run of these alone would.</param>
/// <param name="EstimatedUsd">What these requests cost.</param>
public sealed record PlanComparison(PlanBase Base, IReadOnlyList<JobChange> Jobs, int Same, IReadOnlyDictionary<string, int> Requests, decimal EstimatedUsd)
{
    /// <param name="partsOf">What a key is made of, as far as the state remembers; null where it does not.</param>
    /// <param name="selection">Jobs that it leaves out are not compared.</param>
    public static PlanComparison Of(Plan plan, PlanBase before, Func<string, IReadOnlyList<KeyValuePair<string, string>>?> partsOf, JobSelection selection)
    {
        var old = before.Jobs.DistinctBy(static job => job.Id).ToDictionary(static job => job.Id, StringComparer.Ordinal);
        var gone = before.Jobs.Where(job => selection.Select.Count == 0 || selection.Select.Any(glob => JobSelection.Fits(glob, job.Id, job.Video, job.Labels)))
            .DistinctBy(static job => job.Id).ToDictionary(static job => job.Id, StringComparer.Ordinal);
        foreach (var job in plan.Jobs.Where(static job => job is not { Action: JobAction.Skip, Job.SkippedBecause: not null }))
        {
            gone.Remove(job.Job.Id);
        }

        // What an error keeps from being built has not left the flow; the error is told anyway.
        foreach (var unbuilt in plan.Flow.Unbuilt)
        {
            gone.Remove(unbuilt.Id ?? "");
        }

        Dictionary<string, Queue<BaseJob>>? goneByKey = null;
        var (changes, same, costs) = (new List<JobChange>(), 0, new ChangeCosts());
        foreach (var job in plan.Jobs.Where(static job => job.Action != JobAction.Skip))
        {
            if (old.TryGetValue(job.Job.Id, out var was))
            {
                if (JobDifference.Between(was, job, partsOf) is not { } reason)
                {
                    same++;
                    continue;
                }

                changes.Add(new JobChange(job.Job.Id, was.Id, JobChangeKind.Change, reason, was.Key == job.Key.Value ? 0 : costs.Add(job)));
            }
            else if (Renamed(job.Key.Value) is { } renamed)
            {
                gone.Remove(renamed.Id);
                changes.Add(new JobChange(job.Job.Id, renamed.Id, JobChangeKind.Rename, $"was \"{renamed.Id}\", with the same inputs", 0));
            }
            else
            {
                changes.Add(new JobChange(job.Job.Id, null, JobChangeKind.Add, job.Action == JobAction.Blocked ? "new, and blocked" : "new", costs.Add(job)));
            }
        }

        var skipped = plan.Jobs.Where(static job => job.Job.SkippedBecause is not null).ToDictionary(static job => job.Job.Id, static job => job.Job.SkippedBecause, StringComparer.Ordinal);
        changes.AddRange(before.Jobs.Where(job => gone.Remove(job.Id)).Select(job =>
            new JobChange(job.Id, job.Id, JobChangeKind.Remove, skipped.GetValueOrDefault(job.Id) is { } why ? $"skipped now: {why}" : "not in the flow any more", 0)));
        return new PlanComparison(before, changes, same, costs.Requests, costs.Usd);

        BaseJob? Renamed(string key)
        {
            goneByKey ??= gone.Values.GroupBy(static other => other.Key, StringComparer.Ordinal).ToDictionary(static same => same.Key, static same => new Queue<BaseJob>(same), StringComparer.Ordinal);
            if (!goneByKey.TryGetValue(key, out var others))
            {
                return null;
            }

            while (others.TryPeek(out var other) && !gone.ContainsKey(other.Id))
            {
                others.Dequeue();
            }

            return others.TryPeek(out var first) ? first : null;
        }
    }

    public int Count(JobChangeKind kind) => Jobs.Count(job => job.Kind == kind);

    /// <returns>As in <c>+12 jobs, 3 changed, -1 job, $3.84</c>; <c>nothing changed</c> where nothing did.</returns>
    public string Summary()
    {
        if (Jobs.Count == 0)
        {
            return "nothing changed";
        }

        var parts = new[]
        {
            Signed("+", Count(JobChangeKind.Add)),
            Counted(Count(JobChangeKind.Change), "changed"),
            Counted(Count(JobChangeKind.Rename), "renamed"),
            Signed("-", Count(JobChangeKind.Remove)),
            Money.Text(EstimatedUsd),
        };
        return string.Join(", ", parts.OfType<string>());
    }

    private static string? Signed(string sign, int count) => count == 0 ? null : Counted(count, count == 1 ? "job" : "jobs") is { } words ? $"{sign}{words}" : null;

    private static string? Counted(int count, string words) => count == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"{count} {words}");

    /// <summary>Adds up requests, each distinct one once.</summary>
    private sealed class ChangeCosts
    {
        private readonly HashSet<string> counted = new(StringComparer.Ordinal);
        private readonly SortedDictionary<string, int> requests = new(StringComparer.Ordinal) { [ModelNames.IdentifyFace] = 0, [ModelNames.LipSync] = 0 };

        public IReadOnlyDictionary<string, int> Requests => requests;

        public decimal Usd { get; private set; }

        public decimal Add(PlannedJob job)
        {
            decimal own = 0;
            foreach (var step in job.Steps.Where(step => step.Action == StepAction.Create && counted.Add(step.ContentKey)))
            {
                requests[step.Model] = requests.GetValueOrDefault(step.Model) + 1;
                own += step.PriceUsd;
            }

            Usd += own;
            return own;
        }
    }
}
