using System.Globalization;
using System.Text;
using GmiKlingFlow.Core.Planning.Comparing;
using GmiKlingFlow.Core.Planning.Prices;

namespace GmiKlingFlow.Cli.Output.Plans;

/// <summary>What a change adds, changes, removes and costs, above a plan in a pull request's comment.</summary>
internal sealed class PlanComparisonMarkdown(PlanComparison comparison, bool isCheck)
{
    private const int MostCharacters = 15_000;

    /// <returns>How many characters of the comment it takes.</returns>
    public int Write(TextWriter output)
    {
        var text = new StringBuilder($"**{MarkdownText.Of(PlanComparisonText.Summary(comparison, isCheck))}**\n\n");
        var rows = comparison.Jobs.Select(Row).ToList();
        if (rows.Count > 0)
        {
            text.Append("|  | Job | Cost | Change |\n|---|---|---:|---|\n");
            var room = MostCharacters;
            var shown = rows.TakeWhile(row => (room -= row.Length) >= 0).ToList();
            text.AppendJoin("", shown);
            text.Append(shown.Count < rows.Count ? string.Create(CultureInfo.InvariantCulture, $"\n{rows.Count - shown.Count} more are not listed: a comment has no room for them.\n\n") : "\n");
        }

        foreach (var note in comparison.Base.Notes)
        {
            text.Append(CultureInfo.InvariantCulture, $"- {MarkdownText.Of(note)}\n");
        }

        text.Append(comparison.Base.Notes.Count > 0 ? "\n" : "");
        output.Write(text.ToString());
        return text.Length;
    }

    private static string Row(JobChange job) =>
        $"| {MarkdownText.Code(Mark(job.Kind))} | {MarkdownText.Code(job.Id)} | {(job.EstimatedUsd > 0 ? Money.Text(job.EstimatedUsd) : "")} | {MarkdownText.Of(job.Reason)} |\n";

    private static string Mark(JobChangeKind kind) => kind switch
    {
        JobChangeKind.Add => "+",
        JobChangeKind.Change => "~",
        JobChangeKind.Rename => "→",
        _ => "-",
    };
}
