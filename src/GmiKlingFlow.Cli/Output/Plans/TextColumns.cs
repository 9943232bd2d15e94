using System.Text;

namespace GmiKlingFlow.Cli.Output.Plans;

/// <summary>Lays text out in a hanging indent: items side by side as long as they fit, broken at spaces where one alone does not.</summary>
internal static class TextColumns
{
    private const string Separator = " · ";

    /// <returns>Lines without the indent, each at most <paramref name="width"/> columns wide unless a single word is wider.</returns>
    public static IReadOnlyList<string> Flow(IEnumerable<string> items, int width)
    {
        var lines = new List<string>();
        var line = new StringBuilder();
        var used = 0;
        foreach (var item in items)
        {
            var length = Printable.Width(item);
            if (used > 0 && used + Separator.Length + length <= width)
            {
                line.Append(Separator).Append(item);
                used += Separator.Length + length;
                continue;
            }

            Break(lines, line);
            used = 0;
            if (length <= width)
            {
                line.Append(item);
                used = length;
            }
            else
            {
                Words(lines, line, item, width);
            }
        }

        Break(lines, line);
        return lines;
    }

    private static void Words(List<string> lines, StringBuilder line, string item, int width)
    {
        var used = 0;
        foreach (var word in item.Split(' '))
        {
            var length = Printable.Width(word);
            if (used > 0 && used + 1 + length > width)
            {
                Break(lines, line);
                used = 0;
            }

            line.Append(used > 0 ? " " : "").Append(word);
            used += (used > 0 ? 1 : 0) + length;
        }

        Break(lines, line);
    }

    private static void Break(List<string> lines, StringBuilder line)
    {
        if (line.Length > 0)
        {
            lines.Add(line.ToString());
            line.Clear();
        }
    }
}
