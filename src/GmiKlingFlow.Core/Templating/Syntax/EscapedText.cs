using System.Globalization;
using System.Text;

namespace GmiKlingFlow.Core.Templating.Syntax;

/// <summary>A text between quotes, with Scriban's escapes.</summary>
internal sealed class EscapedText(string text, int start, char quote)
{
    private readonly StringBuilder value = new();

    public string Value => value.ToString();

    /// <summary>Behind the closing quote, or where reading stopped.</summary>
    public int End { get; private set; } = start + 1;

    /// <summary>The escape that is not known; null when the closing quote is missing.</summary>
    public string? BadEscape { get; private set; }

    public bool Read()
    {
        while (End < text.Length)
        {
            var c = text[End];
            if (c == quote)
            {
                End++;
                return true;
            }

            if (c != '\\')
            {
                value.Append(c);
                End++;
            }
            else if (!ReadEscape())
            {
                return false;
            }
        }

        return false;
    }

    private bool ReadEscape()
    {
        if (End + 1 >= text.Length)
        {
            End = text.Length;
            return false;
        }

        var c = text[End + 1];
        var digits = c switch { 'u' => 4, 'x' => 2, _ => 0 };
        char? read = c switch
        {
            '\'' or '"' or '\\' => c,
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'b' => '\b',
            'f' => '\f',
            'u' or 'x' when End + 2 + digits <= text.Length
                && ushort.TryParse(text.AsSpan(End + 2, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) => (char)code,
            _ => null,
        };
        if (read is not { } character)
        {
            BadEscape = text[End..Math.Min(End + 2, text.Length)];
            return false;
        }

        value.Append(character);
        End += 2 + digits;
        return true;
    }
}
