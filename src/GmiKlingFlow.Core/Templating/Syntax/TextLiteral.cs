using System.Globalization;
using System.Text;

namespace GmiKlingFlow.Core.Templating.Syntax;

/// <summary>How texts are written between double quotes.</summary>
internal static class TextLiteral
{
    /// <summary>Escapes everything that is not plainly visible on one line, so that a printed residual stays one line.</summary>
    public static void Print(StringBuilder text, string value)
    {
        text.Append('"');
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                _ when char.IsHighSurrogate(c) && i + 1 < value.Length && char.IsLowSurrogate(value[i + 1]) => text.Append(c).Append(value[++i]),
                _ when char.IsControl(c) || char.IsSurrogate(c) || c is '\u2028' or '\u2029' => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => text.Append(c),
            };
        }

        text.Append('"');
    }
}
