using System.Globalization;
using System.Text;
using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Cli.Output;

/// <summary>Makes text from files and servers safe to show: a flow must not be able to steer a terminal.</summary>
internal static class Printable
{
    /// <summary>Control characters and direction overrides become <c>\u001b</c> and the like; line breaks become spaces; what signs a URL is hidden.</summary>
    public static string Line(string text)
    {
        text = SignedText.Hidden(text);
        if (!IsUnsafe(text))
        {
            return text;
        }

        var line = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            _ = c is '\n' or '\r' or '\t'
                ? line.Append(' ')
                : char.IsControl(c) || Unwanted.Contains(c)
                    ? line.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}")
                    : line.Append(c);
        }

        return line.ToString();
    }

    /// <summary>How many columns a text takes on a terminal, as far as can be told from the characters alone.</summary>
    public static int Width(ReadOnlySpan<char> text)
    {
        var width = 0;
        while (width < text.Length && text[width] < 0x80)
        {
            width++;
        }

        foreach (var rune in text[width..].EnumerateRunes())
        {
            width += Width(rune);
        }

        return width;
    }

    public static int Width(Rune rune) => rune.Value switch
    {
        0x200D or >= 0xFE00 and <= 0xFE0F => 0,
        >= 0x1100 and <= 0x115F or >= 0x2E80 and <= 0xA4CF or >= 0xAC00 and <= 0xD7A3 or >= 0xF900 and <= 0xFAFF
            or >= 0xFE30 and <= 0xFE6F or >= 0xFF00 and <= 0xFF60 or >= 0x1F300 and <= 0x1FAFF or >= 0x20000 and <= 0x3FFFD => 2,
        _ => Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark ? 0 : 1,
    };

    /// <summary>The text as far as it fits; what is cut off becomes an ellipsis.</summary>
    public static string Cut(string text, int columns)
    {
        if (Width(text) <= columns)
        {
            return text;
        }

        var (kept, width) = (new StringBuilder(text.Length), 0);
        foreach (var rune in text.EnumerateRunes())
        {
            if ((width += Width(rune)) > columns - 1)
            {
                break;
            }

            kept.Append(rune.ToString());
        }

        return kept.Append('…').ToString();
    }

    // Nearly all text is plain ASCII: one look at each character.
    private static bool IsUnsafe(string text)
    {
        foreach (var c in text)
        {
            if (c is < ' ' or >= '\u007F' && (c <= '\u009F' || Unwanted.Contains(c)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The text as far as it fits, with its beginning and its end: what is left out between them becomes an ellipsis.</summary>
    public static string CutInside(string text, int columns)
    {
        if (Width(text) <= columns)
        {
            return text;
        }

        var (runes, end, room) = (text.EnumerateRunes().ToArray(), new List<Rune>(), Math.Max(0, columns - 1) / 2);
        for (var i = runes.Length - 1; i >= 0 && (room -= Width(runes[i])) >= 0; i--)
        {
            end.Insert(0, runes[i]);
        }

        var tail = string.Concat(end.Select(static rune => rune.ToString()));
        return Cut(text, columns - Width(tail)) + tail;
    }

    private static ReadOnlySpan<char> Unwanted => ['\u061C', '\u200B', '\u200E', '\u200F', '\uFEFF', '\u2028', '\u2029', '\u202A', '\u202B', '\u202C', '\u202D', '\u202E', '\u2066', '\u2067', '\u2068', '\u2069'];
}
