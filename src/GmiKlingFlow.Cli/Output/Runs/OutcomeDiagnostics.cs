using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Runtime.Results;

namespace GmiKlingFlow.Cli.Output.Runs;

/// <summary>Failed jobs as findings at the flow's lines: for annotations and code scanning.</summary>
internal static class OutcomeDiagnostics
{
    /// <returns>Each job that has no output and needs someone, in the plan's order; then why the run ended early.</returns>
    public static IReadOnlyList<Diagnostic> Of(FlowOutcome outcome)
    {
        if (outcome.Report is not { } report)
        {
            return [];
        }

        var places = outcome.Jobs.ToDictionary(static job => job.Id, static job => job.Place, StringComparer.Ordinal);
        var found = new List<Diagnostic>();
        foreach (var job in report.Results.Jobs)
        {
            if (job is { Status: JobStatus.Failed or JobStatus.Stalled or JobStatus.Unknown, Error: { } error })
            {
                found.Add(Finding(job, error, places.GetValueOrDefault(job.Id)));
            }
        }

        if (report.Reason is { } reason)
        {
            found.Add(new Diagnostic(reason.Code, Severity.Error, reason.Message, Place: null, reason.Hint));
        }

        return found;
    }

    // What is stalled or unknown may still come to its end: nothing is wrong with the flow there.
    private static Diagnostic Finding(JobResult job, JobError error, Place? place) => new(
        error.Code,
        job.Status == JobStatus.Failed ? Severity.Error : Severity.Warning,
        $"\"{job.Id}\" {(job.Status == JobStatus.Failed ? "" : "is ")}{RunWords.Status(job.Status)}: {error.Message}",
        place,
        error.Hint);
}
