using System.Globalization;
using GmiKlingFlow.Core.Planning;
using GmiKlingFlow.Core.Planning.Comparing;

namespace GmiKlingFlow.Cli.Output.Plans;

/// <summary>What a change to a flow adds, changes, removes and costs, for people: the verdict and the change first and last, a line for each job between.</summary>
internal sealed class PlanComparisonText(PlanComparison comparison, bool isCheck, PlanView view, TextWriter output)
{
    private readonly Ansi style = new(view.Colour);

    public void Write(Plan plan)
    {
        var verdict = PlanTextRenderer.Verdict(plan, view);
        Lines(verdict, style.Bold);
        Lines(PlanVerdict.PriceLines(plan, view.Breaks ? view.Width : null), style.Dim);
        WriteSummary();
        Line("");
        WriteJobs(plan);
        if (UnplannedProblems.Of(plan) is { Count: > 0 } unplanned)
        {
            new PlannedJobText(new SharedRequests(plan), view, output).WriteUnplanned(unplanned);
            Line("");
        }

        if (comparison.Base.Notes.Count > 0)
        {
            Lines(comparison.Base.Notes.SelectMany(note => Hanging($"Note: {Printable.Line(note)}", "      ")), style.Dim);
            Line("");
        }

        WriteSummary();
        Lines(verdict, style.Bold);
    }

    /// <returns>In one line, as in <c>Change: +12 jobs, $3.84 · against main:flow.yaml</c>.</returns>
    public static string Summary(PlanComparison comparison, bool isCheck)
    {
        var name = Printable.Line(comparison.Base.Name);
        return !isCheck ? $"Change: {comparison.Summary()} · against {name}"
            : comparison.Jobs.Count == 0 ? string.Create(CultureInfo.InvariantCulture, $"Check: {name} holds, {comparison.Same} {(comparison.Same == 1 ? "job" : "jobs")} as planned")
            : $"Check: {name} does not hold: {comparison.Summary()}";
    }

    private void WriteSummary() => Lines(Hanging(Summary(comparison, isCheck), "        "), style.Bold);

    private void WriteJobs(Plan plan)
    {
        var changed = comparison.Jobs.ToDictionary(static job => (job.Id, job.Kind == JobChangeKind.Remove));
        var rows = comparison.Jobs.Select(job => new JobRow(Mark(job.Kind, style), job.Id, job.EstimatedUsd, job.Reason)).ToList();
        if (view.ShowAll)
        {
            rows.AddRange(plan.Jobs.Where(job => job.Action != JobAction.Skip && !changed.ContainsKey((job.Job.Id, false)))
                .Select(job => new JobRow(style.Dim("="), job.Job.Id, 0, "as it was")));
        }

        JobRows.Write(rows, view, output);
        Line(rows.Count > 0 ? "" : null);
        if (comparison.Same > 0 && !view.ShowAll && rows.Count > 0)
        {
            Lines(Hanging(string.Create(CultureInfo.InvariantCulture, $"{comparison.Same} as before not listed: --all lists them."), ""), style.Dim);
            Line("");
        }
    }

    public static string Mark(JobChangeKind kind, Ansi style) => kind switch
    {
        JobChangeKind.Add => style.Green("+"),
        JobChangeKind.Change => style.Yellow("~"),
        JobChangeKind.Rename => style.Cyan("→"),
        JobChangeKind.Remove => style.Red("-"),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "An unknown change."),
    };

    private IEnumerable<string> Hanging(string text, string indent) => view.Breaks
        ? TextColumns.Flow([text], view.Width - indent.Length, breaksWords: true).Select((line, i) => i == 0 ? line : $"{indent}{line}")
        : [text];

    private void Lines(IEnumerable<string> lines, Func<string, string> paint)
    {
        foreach (var line in lines)
        {
            Line(paint(line));
        }
    }

    private void Line(string? text)
    {
        if (text is not null)
        {
            output.Write(text);
            output.Write('\n');
        }
    }
}
