using System.Globalization;
using System.Text;

namespace GmiKlingFlow.Core.Templating.Functions;

// The functions that are more than a line.
internal static partial class StringFunctions
{
    /// <summary>Scriban's escapes, as it prints texts inside lists.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' => escaped.Append("\\\""),
                '\\' => escaped.Append("\\\\"),
                '\a' => escaped.Append("\\a"),
                '\b' => escaped.Append("\\b"),
                '\t' => escaped.Append("\\t"),
                '\r' => escaped.Append("\\r"),
                '\v' => escaped.Append("\\v"),
                '\f' => escaped.Append("\\f"),
                '\n' => escaped.Append("\\n"),
                < ' ' => escaped.Append(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}"),
                _ => escaped.Append(c),
            };
        }

        return escaped.ToString();
    }

    private static TemplateValue? Capitalize(Arguments a)
    {
        var text = a.Text(0);
        return text.Length == 0 ? a.Make("") : a.Make(char.ToUpperInvariant(text[0]) + text[1..]);
    }

    private static TemplateValue? CapitalizeWords(Arguments a)
    {
        var letters = a.Text(0).ToCharArray();
        var startsWord = true;
        for (var i = 0; i < letters.Length; i++)
        {
            if (char.IsWhiteSpace(letters[i]))
            {
                startsWord = true;
            }
            else if (startsWord && char.IsLetter(letters[i]))
            {
                letters[i] = char.ToUpperInvariant(letters[i]);
                startsWord = false;
            }
        }

        return a.Make(new string(letters));
    }

    private static TemplateValue? Handleize(Arguments a)
    {
        var handle = new StringBuilder();
        var last = '\0';
        foreach (var c in a.Text(0))
        {
            var kept = char.IsLetterOrDigit(c) ? char.ToLowerInvariant(c) : '-';
            if (kept != '-' || last != '-')
            {
                handle.Append(kept);
            }

            last = kept;
        }

        return a.Make(last == '-' && handle.Length > 0 ? handle.ToString(0, handle.Length - 1) : handle.ToString());
    }

    private static TemplateValue? IndexOf(Arguments a)
    {
        var start = a.Integer(2);
        return start < 0 || start > a.Text(0).Length
            ? a.Unfit(2, "a position in the text")
            : Arguments.Of(a.Text(0).IndexOf(a.Text(1), (int)start, StringComparison.Ordinal));
    }

    private static TemplateValue? Remove(Arguments a) =>
        a.Text(0).Length == 0 || a.Text(1).Length == 0 ? a[0] : a.Make(a.Text(0).Replace(a.Text(1), "", StringComparison.Ordinal));

    // As in Scriban, the one occurrence is looked for without regard to case.
    private static TemplateValue? ReplaceOne(Arguments a, string replacement, bool fromEnd)
    {
        var (text, match) = (a.Text(0), a.Text(1));
        if (text.Length == 0 || match.Length == 0)
        {
            return a.Make(text);
        }

        var at = fromEnd
            ? text.LastIndexOf(match, StringComparison.OrdinalIgnoreCase)
            : text.IndexOf(match, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            return a[0];
        }

        return a.MayMakeText((long)text.Length + replacement.Length)
            ? new TemplateValue.Text(string.Concat(text.AsSpan(0, at), replacement, text.AsSpan(at + match.Length)))
            : null;
    }

    private static TemplateValue? Replace(Arguments a)
    {
        var (text, match, replacement) = (a.Text(0), a.Text(1), a.Text(2));
        if (text.Length == 0)
        {
            return a.Make("");
        }

        if (match.Length == 0)
        {
            return a.Unfit(1, "a text that is not empty");
        }

        var growth = (long)Math.Max(0, replacement.Length - match.Length) * text.AsSpan().Count(match);
        return a.MayMakeText(text.Length + growth) ? new TemplateValue.Text(text.Replace(match, replacement, StringComparison.Ordinal)) : null;
    }

    private static TemplateValue? Slice(Arguments a, int defaultLength)
    {
        var (text, start) = (a.Text(0), a.Integer(1));
        var length = a.IsNull(2) ? defaultLength : a.Integer(2);
        if (length < 0)
        {
            return a.Unfit(2, "0 or more characters");
        }

        // From the end when negative; what lies before the text is cut off.
        start = start < 0 ? Math.Max(start, -int.MaxValue) + text.Length : Math.Min(start, text.Length);
        var end = Math.Min(start + Math.Min(length, int.MaxValue), text.Length);
        start = Math.Max(start, 0);
        return a.Make(end > start ? text[(int)start..(int)end] : "");
    }

    private static TemplateValue? Split(Arguments a)
    {
        var (text, match) = (a.Text(0), a.Text(1));
        var parts = match.Length == 0 ? [text] : text.Split(match, StringSplitOptions.RemoveEmptyEntries);
        return a.Make([.. parts.Where(p => p.Length > 0).Select(TemplateValue (p) => new TemplateValue.Text(p))]);
    }

    private static TemplateValue? Truncate(Arguments a)
    {
        var (text, ellipsis) = (a.Text(0), a.Text(2));
        var length = Math.Max(a.Integer(1), 0);
        return text.Length <= length ? a.Make(text) : a.Make(text[..(int)Math.Max(length - ellipsis.Length, 0)] + ellipsis);
    }

    // The dots are added even where nothing was cut off: so does Scriban.
    private static TemplateValue? TruncateWords(Arguments a)
    {
        var text = a.Text(0);
        if (text.Length == 0)
        {
            return a.Make("");
        }

        var words = new StringBuilder();
        var left = a.Integer(1);
        for (var i = 0; left > 0 && i <= text.Length; left--)
        {
            var end = i;
            while (end < text.Length && !char.IsWhiteSpace(text[end]))
            {
                end++;
            }

            words.Append(i == 0 ? "" : " ").Append(text, i, end - i);
            i = end;
            while (i < text.Length && char.IsWhiteSpace(text[i]))
            {
                i++;
            }

            if (i == end)
            {
                break;
            }
        }

        return a.Make(words.Append("...").ToString());
    }
}
