using GmiKlingFlow.Core.Planning.Prices;

namespace GmiKlingFlow.Cli.Output.Plans;

/// <param name="Mark">One column wide; may be coloured.</param>
/// <param name="Usd">Zero is not shown.</param>
internal sealed record JobRow(string Mark, string Id, decimal Usd, string Reason)
{
    public string Cost => Usd > 0 ? Money.Text(Usd) : "";
}

/// <summary>Jobs as a table: mark, id, cost to the right, reason; where there is no room for columns the reason goes below.</summary>
internal static class JobRows
{
    private const int WidestId = 40;
    private const int Indent = 2;
    private const int FewestReasonColumns = 30;

    public static void Write(IReadOnlyList<JobRow> rows, PlanView view, TextWriter output)
    {
        var ids = Math.Min(WidestId, rows.Select(static row => Printable.Width(Printable.Line(row.Id))).DefaultIfEmpty(0).Max());
        var costs = rows.Select(static row => row.Cost.Length).DefaultIfEmpty(0).Max();
        foreach (var row in rows)
        {
            foreach (var line in Lines(row, ids, costs, view))
            {
                output.Write(line);
                output.Write('\n');
            }
        }
    }

    private static IEnumerable<string> Lines(JobRow row, int ids, int costs, PlanView view)
    {
        var (id, reason) = (Printable.Line(row.Id), Printable.Line(row.Reason));
        var head = $"{id}{new string(' ', Math.Max(0, ids - Printable.Width(id)))}  {(costs == 0 ? "" : $"{row.Cost.PadLeft(costs)}  ")}";
        var column = Indent + Printable.Width(head);
        if (view.Width - column >= FewestReasonColumns)
        {
            return TextColumns.Flow([reason], view.Width - column, view.Breaks).Select((line, i) => i == 0 ? $"{row.Mark} {head}{line}" : $"{new string(' ', column)}{line}");
        }

        return TextColumns.Flow([row.Cost.Length == 0 ? id : $"{id}  {row.Cost}"], view.Width - Indent, view.Breaks).Select((line, i) => $"{(i == 0 ? row.Mark : " ")} {line}")
            .Concat(TextColumns.Flow([reason], view.Width - 4, view.Breaks).Select(static line => $"    {line}"));
    }
}
