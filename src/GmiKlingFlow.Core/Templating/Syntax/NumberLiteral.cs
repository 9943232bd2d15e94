using System.Globalization;
using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Core.Templating.Syntax;

/// <summary>A number written in a template: <c>100</c>, <c>1e3</c>, <c>0x1ef</c>, <c>1.5</c>, <c>1.0e-3</c>, <c>2d</c>.</summary>
/// <param name="Value">Null with a problem, and for 9223372036854775808.</param>
internal readonly record struct NumberLiteral(int Length, TemplateValue? Value, Func<Place, Diagnostic>? Problem)
{
    private const ulong OneMoreThanLargest = 1UL << 63;

    public static NumberLiteral Read(string text, int start)
    {
        var isHexadecimal = string.Compare(text, start, "0x", 0, 2, StringComparison.OrdinalIgnoreCase) == 0;
        var end = isHexadecimal ? start + 2 + HexDigits(text, start + 2) : DecimalEnd(text, start);
        var written = text[start..end];
        var suffix = end < text.Length && Lexer.ContinuesName(text[end]) ? text[end] : ' ';
        var afterSuffix = end + 1 < text.Length && Lexer.ContinuesName(text[end + 1]);
        if (isHexadecimal)
        {
            return suffix == ' ' ? Whole(written[2..], NumberStyles.AllowHexSpecifier, written.Length) : Unreadable(text, start);
        }

        return suffix switch
        {
            'd' or 'D' when !afterSuffix => Float(written, written.Length + 1),
            ' ' when written.Contains('.', StringComparison.Ordinal) || written.Contains("e-", StringComparison.OrdinalIgnoreCase) => Float(written, written.Length),
            ' ' when written.AsSpan().IndexOfAny('e', 'E') >= 0 => WholeWithExponent(written),
            ' ' => Whole(written, NumberStyles.None, written.Length),
            _ => Unreadable(text, start),
        };
    }

    private static int DecimalEnd(string text, int start)
    {
        var end = start + Digits(text, start);
        if (end + 1 < text.Length && text[end] == '.' && char.IsAsciiDigit(text[end + 1]))
        {
            end += 1 + Digits(text, end + 1);
        }

        if (end < text.Length && text[end] is 'e' or 'E')
        {
            var digits = end + 1 < text.Length && text[end + 1] is '+' or '-' ? end + 2 : end + 1;
            var count = Digits(text, digits);
            end = count > 0 ? digits + count : end;
        }

        return end;
    }

    private static int Digits(string text, int start)
    {
        var length = text.AsSpan(Math.Min(start, text.Length)).IndexOfAnyExceptInRange('0', '9');
        return length < 0 ? text.Length - start : length;
    }

    private static int HexDigits(string text, int start)
    {
        var length = 0;
        while (start + length < text.Length && char.IsAsciiHexDigit(text[start + length]))
        {
            length++;
        }

        return length;
    }

    private static NumberLiteral Whole(string digits, NumberStyles styles, int length)
    {
        if (!ulong.TryParse(digits, styles, CultureInfo.InvariantCulture, out var value) || value > OneMoreThanLargest)
        {
            return new(length, null, TemplateDiagnostics.NumberTooLarge);
        }

        return new(length, value == OneMoreThanLargest ? null : new TemplateValue.Integer((long)value), null);
    }

    private static NumberLiteral WholeWithExponent(string written) =>
        long.TryParse(written, NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var value)
            ? new(written.Length, new TemplateValue.Integer(value), null)
            : new(written.Length, null, TemplateDiagnostics.NumberTooLarge);

    private static NumberLiteral Float(string written, int length) =>
        double.TryParse(written, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? new(length, new TemplateValue.Float(value), null)
            : new(length, null, TemplateDiagnostics.NumberTooLarge);

    private static NumberLiteral Unreadable(string text, int start)
    {
        var end = start;
        while (end < text.Length && Lexer.ContinuesName(text[end]))
        {
            end++;
        }

        var written = text[start..end];
        return new(end - start, null, place => TemplateDiagnostics.NotANumber(place, written));
    }
}
