using System.Globalization;
using GmiKlingFlow.Core.Planning;
using GmiKlingFlow.Core.Planning.Prices;

namespace GmiKlingFlow.Cli.Output.Plans;

/// <summary>A plan in one line: its text's first and last.</summary>
internal static class PlanVerdict
{
    private const string Head = "Plan: ";
    private const string HeadIndent = "      ";

    private const int NarrowestForWholeParts = 40;

    // Keeps words together that a line break would tear apart: TextColumns breaks at blanks only.
    private const char Tie = '\u00A0';

    /// <returns>In one line, as in <c>Plan: 12 to send, 3 changed · est. $3.84 (cap $5.00) · about 14 min at 4 in flight</c>.</returns>
    public static string Of(Plan plan) => Head + string.Join(" · ", Parts(plan));

    /// <summary>The verdict as a terminal shows it: broken between its parts, with a hanging indent.</summary>
    public static IReadOnlyList<string> Lines(Plan plan, int width)
    {
        var text = string.Join(" · ", Parts(plan).Select(part => Whole(part, width).Replace($",{Tie}", ", ", StringComparison.Ordinal))).Replace(" ·", $"{Tie}·", StringComparison.Ordinal);
        return [.. TextColumns.Flow([text], width - Head.Length).Select(static (line, i) => $"{(i == 0 ? Head : HeadIndent)}{line.Replace(Tie, ' ')}")];
    }

    /// <summary>What the estimate goes by, below a verdict.</summary>
    /// <param name="width">Null leaves it in one line.</param>
    /// <returns>As in <c>prices: GET /models of 2026-11-22</c>, indented; empty where nothing is estimated.</returns>
    public static IEnumerable<string> PriceLines(Plan plan, int? width = null) => Prices(plan) is { } prices
        ? TextColumns.Flow([prices], (width ?? int.MaxValue) - HeadIndent.Length).Select(static line => $"{HeadIndent}{line}")
        : [];

    /// <returns>What the estimate goes by, as in <c>prices: GET /models of 2026-11-22</c>; null where nothing is estimated.</returns>
    public static string? Prices(Plan plan) => plan.Summary.EstimatedUsd > 0 ? $"prices: {plan.Summary.PriceSource}" : null;

    private static IEnumerable<string> Parts(Plan plan)
    {
        yield return Counts(plan);
        yield return $"est. {Cost(plan)}";
        if (Estimates.Duration(plan) is { } duration)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"about {Rough(duration)} at {plan.Flow.Run.Concurrency} in flight");
        }
    }

    private static string Whole(string words, int width) => width >= NarrowestForWholeParts ? words.Replace(' ', Tie) : words;

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
