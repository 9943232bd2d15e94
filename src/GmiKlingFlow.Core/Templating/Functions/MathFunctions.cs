using System.Globalization;
using GmiKlingFlow.Core.Templating.Syntax;

namespace GmiKlingFlow.Core.Templating.Functions;

/// <summary><c>math.*</c>, as in Scriban: ceil, floor and round give floats.</summary>
internal static class MathFunctions
{
    private const int MostDigits = 100;

    private static readonly Parameter Value = Parameter.Any("value");
    private static readonly Parameter With = Parameter.Any("with");

    public static readonly Function[] All =
    [
        new("math", "abs", Abs, Value),
        new("math", "ceil", a => a.Make(Math.Ceiling(a.Number(0))), Parameter.Number("value")),
        new("math", "divided_by", DividedBy, Parameter.Number("value"), Parameter.Any("divisor")),
        new("math", "floor", a => a.Make(Math.Floor(a.Number(0))), Parameter.Number("value")),
        new("math", "format", Format, Value, Parameter.Text("format")),
        new("math", "is_number", a => Arguments.Of(a[0] is TemplateValue.Integer or TemplateValue.Float), Value) { GivesBoolean = true },
        new("math", "minus", a => a.Apply(BinaryOperator.Subtract, a[0], a[1]), Value, With),
        new("math", "modulo", a => a.Apply(BinaryOperator.Remainder, a[0], a[1]), Value, With),
        new("math", "plus", a => a.Apply(BinaryOperator.Add, a[0], a[1]), Value, With),
        new("math", "round", Round, Parameter.Number("value"), Parameter.Integer("precision").Or(new TemplateValue.Integer(0))),
        new("math", "times", a => a.Apply(BinaryOperator.Multiply, a[0], a[1]), Value, With),
    ];

    private static TemplateValue? Abs(Arguments a) => a[0] switch
    {
        TemplateValue.Null => a[0],
        TemplateValue.Integer { Value: > long.MinValue } number => Arguments.Of(Math.Abs(number.Value)),
        TemplateValue.Float number => a.Make(Math.Abs(number.Value)),
        _ => a.Unfit(0, "a number"),
    };

    // By a whole number the result is rounded down to a whole number.
    private static TemplateValue? DividedBy(Arguments a)
    {
        var quotient = a.Apply(BinaryOperator.Divide, a[0], a[1]);
        return quotient is TemplateValue.Float result && a[1] is TemplateValue.Integer
            ? Conversion.ToInteger(new TemplateValue.Float(Math.Floor(result.Value))) is { } whole ? Arguments.Of(whole) : a.Fail(TemplateDiagnostics.NumberTooLarge)
            : quotient;
    }

    private static TemplateValue? Round(Arguments a) =>
        a.Integer(1) is >= 0 and <= 15 and var digits ? a.Make(Math.Round(a.Number(0), (int)digits)) : a.Unfit(1, "0 to 15 digits");

    private static TemplateValue? Format(Arguments a)
    {
        var format = a.Text(1);
        if (a.IsNull(0))
        {
            return a.Make("");
        }

        // "D999999999" would be a gigabyte.
        if (format.Length > 1 && int.TryParse(format.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var digits) && digits > MostDigits)
        {
            return a.Unfit(1, $"at most {MostDigits} digits");
        }

        try
        {
            return a[0] switch
            {
                TemplateValue.Integer number => a.Make(number.Value.ToString(format, CultureInfo.InvariantCulture)),
                TemplateValue.Float number => a.Make(number.Value.ToString(format, CultureInfo.InvariantCulture)),
                _ => a.Unfit(0, "a number"),
            };
        }
        catch (FormatException)
        {
            return a.Unfit(1, "a .NET number format such as \"0.00\", \"D3\" or \"X4\"");
        }
    }
}
