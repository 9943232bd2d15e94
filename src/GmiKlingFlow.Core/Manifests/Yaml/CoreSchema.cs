using System.Globalization;
using GmiKlingFlow.Core.Templating;

namespace GmiKlingFlow.Core.Manifests.Yaml;

/// <summary>
/// The types of plain scalars by the core schema of YAML 1.2 (10.3.2): <c>yes</c>, <c>on</c>, <c>1_000</c> and dates are text;
/// <c>0o14</c> and <c>0x0c</c> are numbers. A whole number that 64 bits can't hold stays text, so that no digit is lost.
/// </summary>
internal static class CoreSchema
{
    public static TemplateValue Resolve(string plain) => plain switch
    {
        _ when IsNull(plain) => TemplateValue.Null.Instance,
        "true" or "True" or "TRUE" => new TemplateValue.Bool(true),
        "false" or "False" or "FALSE" => new TemplateValue.Bool(false),
        ".nan" or ".NaN" or ".NAN" => new TemplateValue.Float(double.NaN),
        ".inf" or ".Inf" or ".INF" or "+.inf" or "+.Inf" or "+.INF" => new TemplateValue.Float(double.PositiveInfinity),
        "-.inf" or "-.Inf" or "-.INF" => new TemplateValue.Float(double.NegativeInfinity),
        _ => Number(plain) ?? new TemplateValue.Text(plain),
    };

    public static bool IsNull(string plain) => plain is "" or "~" or "null" or "Null" or "NULL";

    private static TemplateValue? Number(string plain)
    {
        if (plain.Length > 400 || !(char.IsAsciiDigit(plain[0]) || plain[0] is '+' or '-' or '.'))
        {
            return null;
        }

        if (plain.StartsWith("0o", StringComparison.Ordinal))
        {
            return plain.Length is > 2 and <= 22 && plain.AsSpan(2).IndexOfAnyExceptInRange('0', '7') < 0
                ? new TemplateValue.Integer(Convert.ToInt64(plain[2..], 8))
                : null;
        }

        if (plain.StartsWith("0x", StringComparison.Ordinal))
        {
            return long.TryParse(plain.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hex) && hex >= 0
                ? new TemplateValue.Integer(hex)
                : null;
        }

        if (long.TryParse(plain, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
        {
            return new TemplateValue.Integer(whole);
        }

        return IsFloat(plain) ? new TemplateValue.Float(double.Parse(plain, CultureInfo.InvariantCulture)) : null;
    }

    // [-+]?(\.[0-9]+|[0-9]+\.[0-9]*|[0-9]+(?=[eE]))([eE][-+]?[0-9]+)? - by hand, because the first regular expression costs a start a twelfth of its time.
    private static bool IsFloat(string plain)
    {
        var at = plain[0] is '+' or '-' ? 1 : 0;
        var whole = Digits(plain, ref at);
        var isDotted = at < plain.Length && plain[at] == '.';
        if (isDotted)
        {
            at++;
            if (Digits(plain, ref at) + whole == 0)
            {
                return false;
            }
        }

        if (at == plain.Length)
        {
            return isDotted;
        }

        if (whole == 0 && !isDotted || plain[at] is not ('e' or 'E'))
        {
            return false;
        }

        at++;
        if (at < plain.Length && plain[at] is '+' or '-')
        {
            at++;
        }

        return Digits(plain, ref at) > 0 && at == plain.Length;
    }

    private static int Digits(string text, ref int at)
    {
        var start = at;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }

        return at - start;
    }
}
