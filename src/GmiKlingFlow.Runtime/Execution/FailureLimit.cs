using GmiKlingFlow.Runtime.Results;

namespace GmiKlingFlow.Runtime.Execution;

/// <summary>Counts the jobs that fail, each once, and ends submission when there are too many.</summary>
/// <param name="most">Null for no limit.</param>
/// <param name="before">How many had failed already.</param>
internal sealed class FailureLimit(int? most, int before, StopSwitch stop)
{
    private readonly Lock gate = new();
    private readonly HashSet<string> failed = new(StringComparer.Ordinal);

    /// <summary>Called while the request still has its place in flight: the next one in line must not go before the failure counts.</summary>
    public void Count(string jobId, StepEnd? end)
    {
        if (end is StepEnd.Failed)
        {
            Add(jobId);
        }
    }

    public void Count(JobResult result)
    {
        if (result.Status == JobStatus.Failed)
        {
            Add(result.Id);
        }
    }

    private void Add(string jobId)
    {
        if (most is not { } limit)
        {
            return;
        }

        int now;
        lock (gate)
        {
            failed.Add(jobId);
            now = before + failed.Count;
        }

        if (now >= limit)
        {
            stop.TooManyFail(LimitFailures.TooMany(now, limit));
        }
    }
}
