using System.Globalization;
using System.Text;

namespace GmiKlingFlow.Cli.Output.Plans;

/// <summary>Makes text from flows safe inside GitHub's Markdown: it can form no mark-up, no HTML, no mention and no link.</summary>
internal static class MarkdownText
{
    private const string Special = "\\`*_{}[]<>|~&$^";

    /// <returns>One line that shows as the text itself, in a table's cell too.</returns>
    public static string Of(string text)
    {
        var safe = new StringBuilder(text.Length + 16);
        foreach (var c in Printable.Line(text))
        {
            // As an entity "@" and "#" would still become a mention and an issue's link; an empty comment keeps them apart from what follows.
            _ = c is '@' or '#' ? safe.Append(c).Append("<!-- -->")
                : Special.Contains(c, StringComparison.Ordinal) ? safe.Append(CultureInfo.InvariantCulture, $"&#{(int)c};")
                : safe.Append(c);
        }

        return safe.Replace("://", "&#58;//").Replace("www.", "www&#46;").ToString();
    }

    /// <returns>A code span; in it nothing is mark-up.</returns>
    public static string Code(string text)
    {
        var line = Printable.Line(text);
        var fence = new string('`', LongestRun(line) + 1);
        var padding = line.StartsWith('`') || line.EndsWith('`') || line.Length == 0 ? " " : "";
        return $"{fence}{padding}{line.Replace("|", "\\|", StringComparison.Ordinal)}{padding}{fence}";
    }

    /// <returns>A fenced block that its content can't close, with a line break at its end.</returns>
    public static string Fenced(string language, string content)
    {
        var fence = new string('`', Math.Max(3, LongestRun(content) + 1));
        return $"{fence}{language}\n{content.TrimEnd('\n')}\n{fence}\n";
    }

    private static int LongestRun(string text)
    {
        var (longest, run) = (0, 0);
        foreach (var c in text)
        {
            run = c == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }
}
