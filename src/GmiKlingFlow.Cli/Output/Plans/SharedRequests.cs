using GmiKlingFlow.Core.Planning;

namespace GmiKlingFlow.Cli.Output.Plans;

/// <summary>Knows which job of a plan sends a request that several jobs use.</summary>
internal sealed class SharedRequests
{
    private readonly Dictionary<string, string> firstJobs = new(StringComparer.Ordinal);

    public SharedRequests(Plan plan)
    {
        foreach (var job in plan.Jobs)
        {
            foreach (var step in job.Steps)
            {
                if (step.Action == StepAction.Create)
                {
                    firstJobs.TryAdd(step.ContentKey, job.Job.Id);
                }
            }
        }
    }

    /// <returns>The job that sends this step's request; null when it is this one.</returns>
    public string? SentBy(PlannedJob job, PlannedStep step) =>
        firstJobs.TryGetValue(step.ContentKey, out var first) && first != job.Job.Id ? first : null;
}
