using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning;

namespace GmiKlingFlow.Runtime.Execution;

/// <summary>What each request costs by the plan's own estimates, whichever of the jobs that share it comes first.</summary>
internal sealed class PlanPrices
{
    private readonly Dictionary<string, decimal> byContent = new(StringComparer.Ordinal);
    private readonly decimal identify;

    public PlanPrices(Plan plan)
    {
        foreach (var step in plan.Jobs.SelectMany(j => j.Steps).Where(s => s.EstimatedUsd > 0))
        {
            byContent[step.ContentKey] = Math.Max(step.EstimatedUsd, byContent.GetValueOrDefault(step.ContentKey));
            identify = step.Model == ModelNames.IdentifyFace ? Math.Max(identify, step.EstimatedUsd) : identify;
        }
    }

    public decimal Sync(PlannedStep step) => byContent.GetValueOrDefault(step.ContentKey, step.EstimatedUsd);

    /// <summary>Also of one that the plan meant to do without: a session can end while a long run goes on.</summary>
    public decimal Identify(PlannedStep step) =>
        byContent.TryGetValue(step.ContentKey, out var planned) ? planned : identify > 0 ? identify : PriceList.BuiltIn.IdentifyUsd;
}
