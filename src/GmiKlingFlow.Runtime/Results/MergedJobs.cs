using System.Collections;

namespace GmiKlingFlow.Runtime.Results;

/// <summary>The jobs of merged results: each is read from the part that tells of it when it is asked for.</summary>
/// <param name="sources">For each job the index of its part.</param>
/// <param name="lost">For each job the shard that is missing; null where it is there.</param>
internal sealed class MergedJobs(IReadOnlyList<MovedResults> parts, IReadOnlyList<int> sources, IReadOnlyList<ResultsShard?> lost) : IReadOnlyList<JobResult>
{
    public int Count => sources.Count;

    public JobResult this[int index] => parts[sources[index]].Job(index) is var job && lost[index] is { } shard
        ? job with { Status = JobStatus.Pending, Reason = null, Error = new JobError("GKF9076", $"Shard {shard}, which this job belongs to, is not among the merged results.", Retryable: true, Hint: null) }
        : job;

    public IEnumerator<JobResult> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
