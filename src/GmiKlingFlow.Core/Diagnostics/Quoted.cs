using System.Globalization;
using System.Text;

namespace GmiKlingFlow.Core.Diagnostics;

/// <summary>A user's value as it may stand inside a message: one line, not long, no control characters.</summary>
internal static class Quoted
{
    private const int Longest = 80;

    public static string Short(string value)
    {
        var cut = value.Length <= Longest ? value : value[..(char.IsHighSurrogate(value[Longest - 2]) ? Longest - 2 : Longest - 1)] + "…";
        if (!cut.Any(IsUnprintable))
        {
            return cut;
        }

        var escaped = new StringBuilder();
        foreach (var c in cut)
        {
            _ = c switch
            {
                '\n' => escaped.Append("\\n"),
                '\t' => escaped.Append("\\t"),
                '\r' => escaped.Append("\\r"),
                _ when IsUnprintable(c) => escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => escaped.Append(c),
            };
        }

        return escaped.ToString();
    }

    /// <summary>A count for people: <c>16,777,216</c>.</summary>
    public static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    // Bidirectional controls could make a terminal show another text than the one that is there.
    private static bool IsUnprintable(char c) =>
        char.IsControl(c) || c is >= '\u202a' and <= '\u202e' or >= '\u2066' and <= '\u2069' or '\u2028' or '\u2029';
}
