using YamlDotNet.Core;

namespace GmiKlingFlow.Core.Manifests.Yaml;

/// <summary>
/// The way back from a scalar's value to its text. Unquotes and unfolds the text once more (YAML 1.2, 7.3 and 8.1), remembering
/// where each character came from; made only when something has to be told about a piece of a value.
/// </summary>
internal sealed class ScalarMap
{
    private readonly List<int> starts = [];
    private readonly List<int> ends = [];
    private readonly System.Text.StringBuilder decoded = new();
    private readonly string text;
    private readonly int end;

    private ScalarMap(string text, int end)
    {
        this.text = text;
        this.end = end;
    }

    public static ScalarMap Of(ManifestScalar scalar)
    {
        var (source, value) = (scalar.Source.Text, scalar.Value);
        if (scalar.Style is ScalarStyle.Literal or ScalarStyle.Folded)
        {
            return OfBlock(scalar);
        }

        var map = new ScalarMap(source, scalar.End);
        map.DecodeFlow(scalar.Start, scalar.Style);
        return map.IsExact(value) ? map : Whole(scalar);
    }

    public (int Start, int End) Range(int offset, int length)
    {
        if (starts.Count == 0)
        {
            return (end, end);
        }

        if (offset >= starts.Count)
        {
            return (ends[^1], ends[^1]);
        }

        var last = Math.Min(offset + Math.Max(length, 1), starts.Count) - 1;
        return (starts[offset], length == 0 ? starts[offset] : ends[last]);
    }

    private static ScalarMap OfBlock(ManifestScalar scalar)
    {
        var (source, value) = (scalar.Source.Text, scalar.Value);
        var content = BlockDecoder.AfterHeader(source, scalar.Start, scalar.End);
        // An explicit indentation counts from the parent's, which a scalar doesn't know: the one that gives the value is the one.
        for (var indent = BlockDecoder.DetectIndent(source, content, scalar.End); indent >= 0; indent--)
        {
            var map = new ScalarMap(source, scalar.End);
            BlockDecoder.Decode(source, content, scalar.End, indent, scalar.Style == ScalarStyle.Folded, map.Add);
            if (map.IsExact(value))
            {
                return map;
            }
        }

        return Whole(scalar);
    }

    /// <summary>Chomping may leave out line breaks at the end: more decoded than there is value is no mismatch.</summary>
    private bool IsExact(string value)
    {
        if (decoded.Length < value.Length)
        {
            return false;
        }

        var excess = decoded.Length - value.Length;
        starts.RemoveRange(value.Length, excess);
        ends.RemoveRange(value.Length, excess);
        decoded.Length = value.Length;
        return decoded.Equals(value.AsSpan());
    }

    /// <summary>Should the text ever not decode to the value: every piece is the whole scalar, which is never wrong.</summary>
    private static ScalarMap Whole(ManifestScalar scalar)
    {
        var map = new ScalarMap(scalar.Source.Text, scalar.End);
        foreach (var character in scalar.Value)
        {
            map.Add(character, scalar.Start, scalar.End);
        }

        return map;
    }

    private void Add(char character, int from, int to)
    {
        decoded.Append(character);
        starts.Add(from);
        ends.Add(to);
    }

    private void DecodeFlow(int start, ScalarStyle style)
    {
        var quote = style switch { ScalarStyle.SingleQuoted => '\'', ScalarStyle.DoubleQuoted => '"', _ => '\0' };
        var i = quote == '\0' ? start : start + 1;
        while (i < end)
        {
            var c = text[i];
            if (c == quote && quote != '\0')
            {
                if (quote == '"' || i + 1 >= end || text[i + 1] != '\'')
                {
                    return;
                }

                Add('\'', i, i + 2);
                i += 2;
            }
            else if (c == '\\' && quote == '"')
            {
                i = Escape(i);
            }
            else if (c is ' ' or '\t' or '\r' or '\n')
            {
                i = White(i, afterEscapedBreak: false);
            }
            else
            {
                Add(c, i, i + 1);
                i++;
            }
        }
    }

    /// <summary>Blanks inside a line stay; around line breaks they go, one break is a space, each further one a line break.</summary>
    private int White(int i, bool afterEscapedBreak)
    {
        var from = i;
        var breaks = new List<(int Start, int End)>();
        while (i < end && text[i] is ' ' or '\t' or '\r' or '\n')
        {
            var length = BlockDecoder.BreakLength(text, i);
            if (length > 0)
            {
                breaks.Add((i, i + length));
            }

            i += Math.Max(1, length);
        }

        if (breaks.Count == 0 && !afterEscapedBreak)
        {
            for (var blank = from; blank < i; blank++)
            {
                Add(text[blank], blank, blank + 1);
            }
        }

        if (breaks.Count == 1 && !afterEscapedBreak)
        {
            Add(' ', breaks[0].Start, breaks[0].End);
        }

        foreach (var (at, to) in afterEscapedBreak ? breaks : breaks.Skip(1))
        {
            Add('\n', at, to);
        }

        return i;
    }

    private int Escape(int i)
    {
        if (i + 1 >= end)
        {
            return end;
        }

        var lineBreak = BlockDecoder.BreakLength(text, i + 1);
        if (lineBreak > 0)
        {
            return White(i + 1 + lineBreak, afterEscapedBreak: true);
        }

        var digits = text[i + 1] switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
        var to = Math.Min(i + 2 + digits, end);
        foreach (var unit in EscapeSequence.Decode(text.AsSpan(i + 1, to - i - 1)))
        {
            Add(unit, i, to);
        }

        return to;
    }
}
