using GmiKlingFlow.Core.Planning;
using GmiKlingFlow.Core.Planning.Comparing;

namespace GmiKlingFlow.Cli.Output.Plans;

/// <summary>A plan while its flow is edited: what the last save changed, a line for each job that does something, and the verdict last.</summary>
internal static class PlanBrief
{
    /// <param name="change">What differs from the plan before; null for the first one.</param>
    public static void Write(Plan plan, PlanComparison? change, PlanView view, TextWriter output)
    {
        var style = new Ansi(view.Colour);
        JobRows.Write([.. plan.Jobs.Where(static job => !PlanTextRenderer.IsHidden(job)).Select(job => Row(job, style))], view, output);
        if (PlanTextRenderer.Hidden(plan, view) is { Length: > 0 } hidden)
        {
            output.Write($"{style.Dim(hidden.Split(':')[0])}\n");
        }

        if (change is not null)
        {
            output.Write($"\n{style.Bold($"Since the plan before: {change.Summary()}")}\n");
            WriteChange(change, view, output);
        }

        output.Write('\n');
        foreach (var line in PlanTextRenderer.Verdict(plan, view))
        {
            output.Write($"{style.Bold(line)}\n");
        }
    }

    public static void WriteChange(PlanComparison change, PlanView view, TextWriter output) =>
        JobRows.Write([.. change.Jobs.Select(job => new JobRow(PlanComparisonText.Mark(job.Kind, new Ansi(view.Colour)), job.Id, job.EstimatedUsd, job.Reason))], view, output);

    private static JobRow Row(PlannedJob job, Ansi style) => new(ActionMark.Of(job.Action, style), job.Job.Id, PlannedJobText.Cost(job), job.Reason);
}
