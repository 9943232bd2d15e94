using System.Globalization;

namespace GmiKlingFlow.Core.Templating;

/// <summary>Scriban's conversions where a number is wanted: null is 0, true is 1, a float is rounded to even.</summary>
internal static class Conversion
{
    public static long? ToInteger(TemplateValue value) => value switch
    {
        TemplateValue.Null => 0,
        TemplateValue.Integer number => number.Value,
        TemplateValue.Bool truth => truth.Value ? 1 : 0,
        TemplateValue.Float { Value: > -9.2e18 and < 9.2e18 } number => (long)Math.Round(number.Value, MidpointRounding.ToEven),
        TemplateValue.Text text when long.TryParse(text.Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };

    public static double? ToNumber(TemplateValue value) => value switch
    {
        TemplateValue.Null => 0,
        TemplateValue.Integer number => number.Value,
        TemplateValue.Bool truth => truth.Value ? 1 : 0,
        TemplateValue.Float number => number.Value,
        _ => null,
    };
}
