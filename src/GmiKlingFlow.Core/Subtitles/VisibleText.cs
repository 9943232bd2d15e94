using System.Text;

namespace GmiKlingFlow.Core.Subtitles;

/// <summary>A line of a cue without its mark-up, with the way back to the columns it was written in.</summary>
internal sealed class VisibleText
{
    private static readonly (string Entity, char Character)[] Entities =
        [("&amp;", '&'), ("&lt;", '<'), ("&gt;", '>'), ("&nbsp;", ' '), ("&lrm;", '\u200e'), ("&rlm;", '\u200f')];

    private readonly StringBuilder text = new();
    private readonly List<int> columns = [];
    private readonly List<(string Name, int At, Range Where)> voices = [];
    private readonly string line;

    public VisibleText(string line)
    {
        this.line = line;
        for (var i = 0; i < line.Length;)
        {
            i += TagAt(i) is { } tag ? tag : EntityAt(i) is { } entity ? entity : Keep(line[i], i, 1);
        }

        Text = text.ToString();
    }

    public string Text { get; }

    /// <summary>The names of <c>&lt;v NAME&gt;</c>, each with the offset in <see cref="Text"/> at which its words begin.</summary>
    public IReadOnlyList<(string Name, int At, Range Where)> Voices => voices;

    /// <returns>Where a stretch of <see cref="Text"/> stands in the line.</returns>
    public Range Where(int from, int to) => from >= to ? line.Length..line.Length : columns[from]..(columns[to - 1] + 1);

    /// <summary>What carries no meaning at the edge of a name: white space, and marks of direction and of byte order.</summary>
    public static bool IsBlank(char c) => char.IsWhiteSpace(c) || c is '\u200b' or '\u200e' or '\u200f' or '\ufeff' or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069');

    private int Keep(char c, int column, int length)
    {
        text.Append(c);
        columns.Add(column);
        return length;
    }

    // <i>, </i>, <font color="red">, <v.loud Anna>, <00:00:01.000>, and {\an8} of other players. "<3" and "a < b" are text.
    private int? TagAt(int start)
    {
        if (start + 1 >= line.Length || !(line[start] == '<' && (char.IsAsciiLetterOrDigit(line[start + 1]) || line[start + 1] == '/')) && !(line[start] == '{' && line[start + 1] == '\\'))
        {
            return null;
        }

        var end = line.IndexOf(line[start] == '<' ? '>' : '}', start);
        if (end < 0 || (char.IsAsciiDigit(line[start + 1]) && line.AsSpan(start, end - start).IndexOf(':') < 0))
        {
            return null;
        }

        AddVoice(start + 1, end);
        return end + 1 - start;
    }

    private void AddVoice(int from, int to)
    {
        if (line[from] is not ('v' or 'V') || from + 1 == to || line[from + 1] is not (' ' or '\t' or '.'))
        {
            return;
        }

        var space = line.AsSpan(from, to - from).IndexOfAny(' ', '\t');
        if (space >= 0 && line[(from + space)..to].Trim() is { Length: > 0 } name)
        {
            voices.Add((new VisibleText(name).Text, text.Length, (from + space + 1)..to));
        }
    }

    private int? EntityAt(int start)
    {
        foreach (var (entity, character) in Entities)
        {
            if (line[start] == '&' && line.AsSpan(start).StartsWith(entity, StringComparison.Ordinal))
            {
                return Keep(character, start, entity.Length);
            }
        }

        return null;
    }
}
