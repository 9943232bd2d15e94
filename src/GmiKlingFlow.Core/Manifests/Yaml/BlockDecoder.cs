namespace GmiKlingFlow.Core.Manifests.Yaml;

/// <summary>Literal and folded block scalars (YAML 1.2, 8.1), character by character.</summary>
internal static class BlockDecoder
{
    public delegate void Emit(char character, int from, int to);

    /// <returns>2 for CR LF, 1 for CR or LF alone, 0 where there is no line break.</returns>
    public static int BreakLength(string text, int at) => at >= text.Length
        ? 0
        : text[at] switch
        {
            '\r' when at + 1 < text.Length && text[at + 1] == '\n' => 2,
            '\r' or '\n' => 1,
            _ => 0,
        };

    /// <returns>Where the first line behind <c>|</c> or <c>&gt;</c>, its indicators and its comment starts.</returns>
    public static int AfterHeader(string text, int start, int end)
    {
        while (start < end && BreakLength(text, start) == 0)
        {
            start++;
        }

        return Math.Min(end, start + BreakLength(text, start));
    }

    /// <returns>The indentation of the first line that is not blank; of a scalar of blank lines the longest of them.</returns>
    public static int DetectIndent(string text, int start, int end)
    {
        var (indent, longest) = (0, 0);
        for (var i = start; i < end; i++)
        {
            if (text[i] == ' ')
            {
                indent++;
            }
            else if (BreakLength(text, i) > 0)
            {
                (indent, longest) = (0, Math.Max(indent, longest));
            }
            else
            {
                return indent;
            }
        }

        return Math.Max(indent, longest);
    }

    public static void Decode(string text, int start, int end, int indent, bool folded, Emit emit)
    {
        (int From, int To)? pendingBreak = null;
        var previousIsIndented = false;
        var blankLines = new List<(int From, int To)>();
        var i = start;
        while (i < end)
        {
            var lineStart = i;
            while (i < end && i - lineStart < indent && text[i] == ' ')
            {
                i++;
            }

            var length = BreakLength(text, i);
            if (length > 0)
            {
                blankLines.Add((i, i + length));
                i += length;
                continue;
            }

            if (i >= end)
            {
                break;
            }

            var isIndented = text[i] is ' ' or '\t';
            Join(folded && !previousIsIndented && !isIndented);
            previousIsIndented = isIndented;
            while (i < end && BreakLength(text, i) == 0)
            {
                emit(text[i], i, i + 1);
                i++;
            }

            length = BreakLength(text, i);
            pendingBreak = length > 0 ? (i, i + length) : null;
            i += length;
        }

        Join(fold: false);

        void Join(bool fold)
        {
            if (pendingBreak is var (from, to))
            {
                if (!fold)
                {
                    emit('\n', from, to);
                }
                else if (blankLines.Count == 0)
                {
                    emit(' ', from, to);
                }
            }

            foreach (var (blankFrom, blankTo) in blankLines)
            {
                emit('\n', blankFrom, blankTo);
            }

            blankLines.Clear();
            pendingBreak = null;
        }
    }
}
