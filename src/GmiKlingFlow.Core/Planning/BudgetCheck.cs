using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Core.Planning;

/// <summary>Holds a plan's estimate against a budget.</summary>
public static class BudgetCheck
{
    /// <param name="budgetUsd">The flow's <c>budget_usd</c> or what the command line puts in its place; null for none.</param>
    /// <returns>Why a run must not start (exit 3); null when it may. An estimate that is exactly the budget may.</returns>
    public static Diagnostic? Refuse(Plan plan, decimal? budgetUsd) =>
        Refuse(plan.Summary.EstimatedUsd, budgetUsd);

    public static Diagnostic? Refuse(decimal estimatedUsd, decimal? budgetUsd) =>
        budgetUsd is { } budget && estimatedUsd > budget ? PlanDiagnostics.OverBudget(estimatedUsd, budget) : null;
}
