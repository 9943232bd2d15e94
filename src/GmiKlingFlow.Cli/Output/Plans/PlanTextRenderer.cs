using System.Globalization;
using GmiKlingFlow.Core.Planning;

namespace GmiKlingFlow.Cli.Output.Plans;

/// <summary>A plan for people at a terminal and in a log (product 4).</summary>
internal static class PlanTextRenderer
{
    private const int WidestId = 32;

    /// <summary>The verdict, one short block per job that does something, and the verdict again.</summary>
    public static void Render(Plan plan, PlanView view, TextWriter output)
    {
        var style = new Ansi(view.Colour);
        var verdict = string.Concat(Verdict(plan, view).Select(line => $"{style.Bold(line)}\n"));
        var shared = new SharedRequests(plan);
        output.Write(verdict);
        foreach (var line in PlanVerdict.PriceLines(plan, view.Breaks ? view.Width : null))
        {
            output.Write($"{style.Dim(line)}\n");
        }

        output.Write('\n');
        foreach (var group in JobGroup.Of(plan, view.GroupBy))
        {
            RenderGroup(group, shared, view, output);
        }

        if (UnplannedProblems.Of(plan) is { Count: > 0 } unplanned)
        {
            new PlannedJobText(shared, view, output).WriteUnplanned(unplanned);
            output.Write('\n');
        }

        if (Hidden(plan, view) is { Length: > 0 } hidden)
        {
            output.Write($"{style.Dim(hidden)}\n\n");
        }

        output.Write(verdict);
    }

    /// <returns>One line in a log, for grep; as many as the width asks for on a terminal.</returns>
    public static IReadOnlyList<string> Verdict(Plan plan, PlanView view) => view.Breaks ? PlanVerdict.Lines(plan, view.Width) : [PlanVerdict.Of(plan)];

    private static void RenderGroup(JobGroup group, SharedRequests shared, PlanView view, TextWriter output)
    {
        if (group.Title.Length > 0)
        {
            foreach (var line in TextColumns.Flow([group.Title, group.Counts()], view.Width))
            {
                output.Write($"{new Ansi(view.Colour).Bold(line)}\n");
            }

            output.Write('\n');
        }

        PlannedJob? before = null;
        var jobs = group.Jobs.Where(job => view.ShowAll || !IsHidden(job)).ToList();
        var column = jobs.Where(IsOneLine).Select(static job => Printable.Width(Printable.Line(job.Job.Id))).DefaultIfEmpty(0).Max();
        var text = new PlannedJobText(shared, view, output) { IdColumns = Math.Min(column, WidestId) };
        foreach (var job in jobs)
        {
            if (before is not null && !(IsOneLine(before) && IsOneLine(job)))
            {
                output.Write('\n');
            }

            text.Write(job);
            before = job;
        }

        output.Write(before is null ? "" : "\n");
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
