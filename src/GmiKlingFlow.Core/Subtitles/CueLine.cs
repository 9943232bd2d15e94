namespace GmiKlingFlow.Core.Subtitles;

/// <summary>One line of a cue: what is said, and what at its beginning may name who says it.</summary>
/// <param name="Labels">With columns of the line.</param>
/// <param name="Text">What is seen, the labels too.</param>
/// <param name="HasSpeech">Whether there are words besides labels and descriptions in brackets.</param>
internal sealed record CueLine(IReadOnlyList<(LabelForm Form, string Name, Range Where, bool IsFirst)> Labels, string Text, bool HasSpeech)
{
    private const int LongestName = 40;

    public static CueLine Parse(string line)
    {
        var visible = new VisibleText(line);
        var (text, at) = (visible.Text, Skip(visible.Text, 0));
        var labels = new List<(LabelForm, string, Range, bool)>();
        foreach (var (name, offset, where) in visible.Voices)
        {
            labels.Add((LabelForm.Voice, name, where, Skip(text, 0) >= offset));
        }

        var isFirst = labels.Count == 0;
        if (Dash(text, at) is { } afterDash)
        {
            labels.Add((LabelForm.Dash, "", visible.Where(at, at + 1), isFirst));
            at = afterDash;
        }

        var chevrons = text.AsSpan(at).IndexOfAnyExcept('>') is var run && run < 0 ? text.Length - at : run;
        var afterChevrons = Skip(text, at + (chevrons >= 2 ? chevrons : 0));
        var before = labels.Count;
        var speech = Names(visible, afterChevrons, labels, isFirst);
        if (chevrons >= 2 && labels.Count == before)
        {
            labels.Add((LabelForm.Chevrons, "", visible.Where(at, at + chevrons), isFirst));
        }

        return new CueLine(labels, text.Trim(), HasWords(text.AsSpan(speech)));
    }

    // [sighs] ANNA (whispering): words
    private static int Names(VisibleText visible, int at, List<(LabelForm, string, Range, bool)> labels, bool isFirst)
    {
        var text = visible.Text;
        while (at < text.Length && Closing(text[at]) is { } closing && text.IndexOf(closing, at) is var end and > 0)
        {
            if (Name(text, at + 1, end) is { } inside)
            {
                labels.Add((LabelForm.Bracket, text[inside], visible.Where(inside.Start.Value, inside.End.Value), isFirst));
            }

            at = Skip(text, end + 1);
            at = at < text.Length && IsColon(text[at]) ? Skip(text, at + 1) : at;
        }

        var colon = text.AsSpan(at, Math.Min(text.Length - at, (2 * LongestName) + 1)).IndexOfAny(':', '：');
        if (colon <= 0 || IsTime(text, at + colon) || Name(text, at, WithoutRemark(text, at, at + colon)) is not { } name)
        {
            return at;
        }

        labels.Add((LabelForm.Colon, text[name], visible.Where(name.Start.Value, name.End.Value), isFirst));
        return at + colon + 1;
    }

    // A name has a letter, is not long, and is no sentence.
    private static Range? Name(string text, int from, int to)
    {
        from = Skip(text, from);
        while (to > from && VisibleText.IsBlank(text[to - 1]))
        {
            to--;
        }

        var name = text.AsSpan(from, Math.Max(0, to - from));
        return name.Length is > 0 and <= LongestName && name.IndexOfAny("?!,;\"<>[]{}|") < 0 && HasLetter(name) ? from..to : null;
    }

    // ANNA (V.O.): the remark is no part of the name.
    private static int WithoutRemark(string text, int from, int to)
    {
        var end = to;
        while (end > from && VisibleText.IsBlank(text[end - 1]))
        {
            end--;
        }

        if (end > from && text[end - 1] is ')' or ']' && text.LastIndexOf(text[end - 1] == ')' ? '(' : '[', end - 1, end - from) is var open && open > from)
        {
            return open;
        }

        return to;
    }

    private static int? Dash(string text, int at) =>
        at < text.Length && text[at] is '-' or '–' or '—' or '‐' or '‑' or '−' && Skip(text, at + 1) is var next && next < text.Length && text[next] is not ('-' or '>') ? next : null;

    private static int Skip(string text, int at)
    {
        while (at < text.Length && VisibleText.IsBlank(text[at]))
        {
            at++;
        }

        return at;
    }

    private static bool HasWords(ReadOnlySpan<char> text)
    {
        var depth = 0;
        foreach (var c in text)
        {
            depth = c is '[' or '(' or '（' ? depth + 1 : c is ']' or ')' or '）' ? Math.Max(0, depth - 1) : depth;
            if (depth == 0 && char.IsLetterOrDigit(c))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasLetter(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (char.IsLetter(c))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsColon(char c) => c is ':' or '：';

    private static bool IsTime(string text, int colon) =>
        char.IsAsciiDigit(text[colon - 1]) && colon + 1 < text.Length && char.IsAsciiDigit(text[colon + 1]);

    private static char? Closing(char c) => c switch { '[' => ']', '(' => ')', '（' => '）', _ => null };
}
