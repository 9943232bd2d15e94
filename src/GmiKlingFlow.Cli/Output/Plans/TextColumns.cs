using System.Text;

namespace GmiKlingFlow.Cli.Output.Plans;

/// <summary>Lays text out in a hanging indent: items side by side as long as they fit, broken at spaces where one alone does not.</summary>
internal static class TextColumns
{
    private const string Separator = " · ";

    /// <param name="breaksWords">True: a word that is wider than a line is broken too, behind a <c>/</c> where there is one.</param>
    /// <returns>Lines without the indent, each at most <paramref name="width"/> columns wide unless a single word is wider.</returns>
    public static IReadOnlyList<string> Flow(IEnumerable<string> items, int width, bool breaksWords = false) => Flow(items, width, breaksWords, new StringBuilder());

    /// <param name="line">Empty, and empty again afterwards: for callers with many thousand lines.</param>
    public static IReadOnlyList<string> Flow(IEnumerable<string> items, int width, bool breaksWords, StringBuilder line)
    {
        var lines = new List<string>(1);
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
                Words(lines, line, item, width, breaksWords);
            }
        }

        Break(lines, line);
        return lines;
    }

    private static void Words(List<string> lines, StringBuilder line, string item, int width, bool breaksWords)
    {
        var used = 0;
        foreach (var word in item.Split(' ').SelectMany(word => breaksWords ? Pieces(word, width) : [(word, false)]))
        {
            var (text, goesOn) = word;
            var length = Printable.Width(text);
            if (used > 0 && (goesOn || used + 1 + length > width))
            {
                Break(lines, line);
                used = 0;
            }

            line.Append(used > 0 ? " " : "").Append(text);
            used += (used > 0 ? 1 : 0) + length;
        }

        Break(lines, line);
    }

    /// <returns>A word in pieces that fit, each with whether it goes on where the one before stopped.</returns>
    private static IEnumerable<(string Text, bool GoesOn)> Pieces(string word, int width)
    {
        var goesOn = false;
        while (Printable.Width(word) > Math.Max(2, width))
        {
            var (length, columns) = (0, 0);
            foreach (var rune in word.EnumerateRunes())
            {
                if ((columns += Printable.Width(rune)) > Math.Max(2, width))
                {
                    break;
                }

                length += rune.Utf16SequenceLength;
            }

            // A break behind a slash reads best, unless it leaves most of the line empty.
            length = word.LastIndexOf('/', length - 1) + 1 is var slash && slash > length / 2 ? slash : length;
            yield return (word[..length], goesOn);
            (word, goesOn) = (word[length..], true);
        }

        yield return (word, goesOn);
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
