using System.Globalization;
using System.Text;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Planning;
using GmiKlingFlow.Core.Planning.Prices;

namespace GmiKlingFlow.Cli.Output.Plans;

/// <summary>A plan as a pull request's comment: a table, and each job's requests folded away.</summary>
internal static class PlanMarkdownRenderer
{
    // GitHub takes 65,536 characters in a comment; what surrounds the plan needs some of them.
    private const int MostCharacters = 60_000;
    private const int MostCharactersOfRows = 40_000;
    private const int DetailWidth = 100;

    public static void Render(Plan plan, PlanView view, TextWriter output, PlanComparisonMarkdown? change = null)
    {
        var verdict = $"**{MarkdownText.Of(PlanVerdict.Of(plan))}**";
        var jobs = plan.Jobs.Where(job => view.ShowAll || !PlanTextRenderer.IsHidden(job)).ToList();
        output.Write($"{verdict}\n\n");
        if (PlanVerdict.Prices(plan) is { } prices)
        {
            output.Write($"{MarkdownText.Of(prices)}\n\n");
        }

        var used = change?.Write(output) ?? 0;
        if (jobs.Count > 0)
        {
            used += WriteRows(jobs, output);
        }

        if (UnplannedProblems.Of(plan) is { Count: > 0 } unplanned)
        {
            used += WriteUnplanned(unplanned, output);
        }

        WriteDetails(plan, view, jobs, output, MostCharacters - used);
        if (PlanTextRenderer.Hidden(plan, view) is { Length: > 0 } hidden)
        {
            output.Write($"{MarkdownText.Of(hidden)}\n\n");
        }

        output.Write($"{verdict}\n");
    }

    private static int WriteRows(List<PlannedJob> jobs, TextWriter output)
    {
        output.Write("|  | Job | Video | Output | Cost | Why |\n|---|---|---|---|---:|---|\n");
        var used = 0;
        for (var i = 0; i < jobs.Count; i++)
        {
            var row = Row(jobs[i]);
            used += row.Length;
            if (used > MostCharactersOfRows)
            {
                output.Write(string.Create(CultureInfo.InvariantCulture, $"\n{jobs.Count - i} more jobs are not listed: a comment has no room for them.\n"));
                break;
            }

            output.Write(row);
        }

        output.Write('\n');
        return used;
    }

    private static int WriteUnplanned(IReadOnlyList<Diagnostic> problems, TextWriter output)
    {
        var list = new StringBuilder().Append(CultureInfo.InvariantCulture, $"Not planned because of {UnplannedProblems.Count(problems.Count)}:\n\n");
        foreach (var problem in problems.Take(UnplannedProblems.Most))
        {
            list.Append(CultureInfo.InvariantCulture, $"- {MarkdownText.Code(problem.Code)} {MarkdownText.Of(UnplannedProblems.Line(problem))}\n");
        }

        output.Write($"{list}\n");
        return list.Length;
    }

    private static string Row(PlannedJob job)
    {
        var cost = job.Steps.Sum(step => step.EstimatedUsd);
        return $"| {MarkdownText.Code(ActionMark.Of(job.Action))} | {MarkdownText.Code(job.Job.Id)} | {MarkdownText.Code(job.Job.Video.Name)} | {MarkdownText.Code(job.Job.Output)} | {(cost > 0 ? Money.Text(cost) : "")} | {MarkdownText.Of(job.Reason)} |\n";
    }

    private static void WriteDetails(Plan plan, PlanView view, List<PlannedJob> jobs, TextWriter output, int room)
    {
        var shared = new SharedRequests(plan);
        foreach (var job in jobs.Where(PlannedJobText.Sends))
        {
            using var text = new StringWriter(CultureInfo.InvariantCulture);
            PlanTextRenderer.RenderJob(job, shared, view with { Width = DetailWidth, Colour = false }, text);
            var details = $"<details><summary>{MarkdownText.Of(job.Job.Id)}</summary>\n\n{MarkdownText.Fenced("text", text.ToString())}\n</details>\n\n";
            room -= details.Length;
            if (room < 0)
            {
                output.Write("The requests of the other jobs are not shown: a comment has no room for them.\n\n");
                return;
            }

            output.Write(details);
        }
    }
}
