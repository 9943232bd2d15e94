using System.Globalization;
using GmiKlingFlow.Core.Planning;

namespace GmiKlingFlow.Cli.Output.Plans;

/// <summary>A plan for people at a terminal and in a log (product 4).</summary>
internal static class PlanTextRenderer
{
    /// <summary>The verdict, one short block per job that does something, and the verdict again.</summary>
    public static void Render(Plan plan, PlanView view, TextWriter output)
    {
        var style = new Ansi(view.Colour);
        var verdict = style.Bold(PlanVerdict.Of(plan));
        var shared = new SharedRequests(plan);
        output.Write($"{verdict}\n\n");
        PlannedJob? before = null;
        foreach (var job in plan.Jobs.Where(job => view.ShowAll || !IsHidden(job)))
        {
            if (before is not null && !(IsOneLine(before) && IsOneLine(job)))
            {
                output.Write('\n');
            }

            RenderJob(job, shared, view, output);
            before = job;
        }

        output.Write(before is null ? "" : "\n");
        if (UnplannedProblems.Of(plan) is { Count: > 0 } unplanned)
        {
            new PlannedJobText(shared, view, output).WriteUnplanned(unplanned);
            output.Write('\n');
        }

        if (Hidden(plan, view) is { Length: > 0 } hidden)
        {
            output.Write($"{style.Dim(hidden)}\n\n");
        }

        output.Write($"{verdict}\n");
    }

    public static void RenderJob(PlannedJob job, SharedRequests shared, PlanView view, TextWriter output) =>
        new PlannedJobText(shared, view, output).Write(job);

    /// <summary>Whether mark and reason say all there is to say.</summary>
    public static bool IsOneLine(PlannedJob job) => job.Action is JobAction.Reuse or JobAction.Skip;

    /// <summary>Whether a job is listed only on demand: nothing happens to it, and the user knows or asked for it.</summary>
    public static bool IsHidden(PlannedJob job) => job.Action == JobAction.Reuse || job is { Action: JobAction.Skip, Job.SkippedBecause: null };

    /// <returns>How many jobs are not listed; empty when all are.</returns>
    public static string Hidden(Plan plan, PlanView view)
    {
        var reused = plan.Summary.Reuse;
        var left = plan.Jobs.Count(IsHidden) - reused;
        var counts = (reused, left) switch
        {
            (0, 0) => "",
            (_, 0) => string.Create(CultureInfo.InvariantCulture, $"{reused} reused"),
            (0, _) => string.Create(CultureInfo.InvariantCulture, $"{left} not selected"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{reused} reused and {left} not selected"),
        };
        return counts.Length == 0 || view.ShowAll ? "" : $"{counts} not listed: --all lists them.";
    }
}
