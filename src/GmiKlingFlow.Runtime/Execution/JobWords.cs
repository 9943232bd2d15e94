using GmiKlingFlow.Runtime.Results;

namespace GmiKlingFlow.Runtime.Execution;

/// <summary>The words of a job's status in the state: the same as in results.</summary>
internal static class JobWords
{
    public static string Of(JobStatus status) => status switch
    {
        JobStatus.Pending => "pending",
        JobStatus.Succeeded => "succeeded",
        JobStatus.Reused => "reused",
        JobStatus.Failed => "failed",
        JobStatus.Stalled => "stalled",
        JobStatus.Unknown => "unknown",
        JobStatus.Skipped => "skipped",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "A status without a word."),
    };
}
