using System.Globalization;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Planning;

namespace GmiKlingFlow.Cli.Output.Plans;

/// <summary>Errors that stand against no job of the plan, mostly because they kept the job from being made: without them a plan would look done.</summary>
internal static class UnplannedProblems
{
    /// <summary>So many are shown; standard error tells all.</summary>
    public const int Most = 20;

    public static IReadOnlyList<Diagnostic> Of(Plan plan)
    {
        if (!plan.Diagnostics.Any(static problem => problem.Severity == Severity.Error))
        {
            return [];
        }

        var ofJobs = plan.Jobs.SelectMany(static job => job.Problems).ToHashSet();
        return [.. plan.Diagnostics.Where(problem => problem.Severity == Severity.Error && !ofJobs.Contains(problem))];
    }

    /// <returns>As in <c>2 errors</c>.</returns>
    public static string Count(int errors) => string.Create(CultureInfo.InvariantCulture, $"{errors} {(errors == 1 ? "error" : "errors")}");

    /// <returns>Message and place in one line.</returns>
    public static string Line(Diagnostic problem)
    {
        var place = problem.Place is { Span: var span } ? string.Create(CultureInfo.InvariantCulture, $" ({span.File}:{span.Line}:{span.Column})") : "";
        return Printable.Line($"{problem.Message}{place}");
    }
}
