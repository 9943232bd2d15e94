using GmiKlingFlow.Core.Model;

namespace GmiKlingFlow.Core.Planning;

/// <summary>Adds up a plan while it is made. A request that several jobs share is counted once.</summary>
internal sealed class PlanCounter
{
    private readonly int[] actions = new int[Enum.GetValues<JobAction>().Length];
    private readonly HashSet<string> identifies = new(StringComparer.Ordinal);
    private readonly HashSet<string> syncs = new(StringComparer.Ordinal);
    private decimal estimatedUsd;

    public void Count(PlannedJob job)
    {
        actions[(int)job.Action]++;
        foreach (var step in job.Steps)
        {
            estimatedUsd += step.EstimatedUsd;
            if (step.Action == StepAction.Create)
            {
                (step.Model == ModelNames.IdentifyFace ? identifies : syncs).Add(step.ContentKey);
            }
        }
    }

    public PlanSummary Summary(int jobs, string priceSource) => new(
        jobs,
        actions[(int)JobAction.Create],
        actions[(int)JobAction.Change],
        actions[(int)JobAction.Resume],
        actions[(int)JobAction.Settle],
        actions[(int)JobAction.Reuse],
        actions[(int)JobAction.Blocked],
        actions[(int)JobAction.Skip],
        new SortedDictionary<string, int>(StringComparer.Ordinal) { [ModelNames.IdentifyFace] = identifies.Count, [ModelNames.LipSync] = syncs.Count },
        estimatedUsd,
        priceSource);
}
