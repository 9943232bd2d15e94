using System.Globalization;

namespace GmiKlingFlow.Core.Manifests.Yaml;

/// <summary>The escapes of double-quoted scalars (YAML 1.2, 5.7).</summary>
internal static class EscapeSequence
{
    /// <param name="escape">Without the backslash.</param>
    /// <returns>One or two UTF-16 units.</returns>
    public static string Decode(ReadOnlySpan<char> escape) => escape[0] switch
    {
        '0' => "\0",
        'a' => "\a",
        'b' => "\b",
        't' or '\t' => "\t",
        'n' => "\n",
        'v' => "\v",
        'f' => "\f",
        'r' => "\r",
        'e' => "\u001b",
        'N' => "\u0085",
        '_' => "\u00a0",
        'L' => "\u2028",
        'P' => "\u2029",
        'x' or 'u' or 'U' => FromCode(escape[1..]),
        _ => escape[..1].ToString(),
    };

    private static string FromCode(ReadOnlySpan<char> hex)
    {
        if (!uint.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
        {
            return "";
        }

        return code switch
        {
            <= char.MaxValue => ((char)code).ToString(),
            <= 0x10ffff => char.ConvertFromUtf32((int)code),
            _ => "",
        };
    }
}
