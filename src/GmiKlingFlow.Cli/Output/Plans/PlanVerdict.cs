using System.Globalization;
using GmiKlingFlow.Core.Planning;

namespace GmiKlingFlow.Cli.Output.Plans;

/// <summary>A plan in one line: its text's first and last.</summary>
internal static class PlanVerdict
{
    /// <returns>As in <c>Plan: 12 to send, 3 changed · est. $3.84 (cap $5.00) · about 14 min at 4 in flight · prices: GET /models of 2026-11-22</c>.</returns>
    public static string Of(Plan plan)
    {
        var text = $"Plan: {Counts(plan)} · est. {Cost(plan)}";
        text = Estimates.Duration(plan) is { } duration
            ? string.Create(CultureInfo.InvariantCulture, $"{text} · about {Rough(duration)} at {plan.Flow.Run.Concurrency} in flight")
            : text;
        return plan.Summary.EstimatedUsd > 0 ? $"{text} · prices: {plan.Summary.PriceSource}" : text;
    }

    private static string Counts(Plan plan)
    {
        var summary = plan.Summary;
        var counts = new List<string>();
        if (summary.Create == 0 && summary.Change == 0)
        {
            counts.Add("nothing to send");
        }

        Add(summary.Create, "to send");
        Add(summary.Change, "changed");
        Add(summary.Reuse, "reused");
        Add(summary.Resume, "to resume");
        Add(summary.Settle, "to settle");
        Add(summary.Blocked, "blocked");
        Add(summary.Skip, "skipped");
        if (UnplannedProblems.Of(plan).Count is > 0 and var errors)
        {
            counts.Add(UnplannedProblems.Count(errors));
        }

        return string.Join(", ", counts);

        void Add(int count, string words)
        {
            if (count > 0)
            {
                counts.Add(string.Create(CultureInfo.InvariantCulture, $"{count} {words}"));
            }
        }
    }

    private static string Cost(Plan plan)
    {
        var estimate = Money.Text(plan.Summary.EstimatedUsd);
        return plan.Flow.Run.BudgetUsd switch
        {
            null => estimate,
            { } cap when plan.Summary.EstimatedUsd > cap => $"{estimate} (above the cap {Money.Text(cap)})",
            { } cap => $"{estimate} (cap {Money.Text(cap)})",
        };
    }

    private static string Rough(TimeSpan duration)
    {
        if (duration < TimeSpan.FromMinutes(1))
        {
            return string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0} s");
        }

        var minutes = (long)Math.Ceiling(duration.TotalMinutes);
        return minutes < 100
            ? string.Create(CultureInfo.InvariantCulture, $"{minutes} min")
            : string.Create(CultureInfo.InvariantCulture, $"{minutes / 60} h {minutes % 60} min");
    }
}
