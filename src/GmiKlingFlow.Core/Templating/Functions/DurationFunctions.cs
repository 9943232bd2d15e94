using GmiKlingFlow.Core.Timing;

namespace GmiKlingFlow.Core.Templating.Functions;

/// <summary><c>ms(x)</c>, this language's one function that Scriban has not: durations as the API counts them.</summary>
internal static class DurationFunctions
{
    public static readonly Function[] All = [new("", "ms", Milliseconds, Parameter.Any("duration"))];

    private static TemplateValue? Milliseconds(Arguments a) => a[0] switch
    {
        TemplateValue.Integer number => number,
        TemplateValue.Float when Conversion.ToInteger(a[0]) is { } rounded => Arguments.Of(rounded),
        TemplateValue.Span span => Arguments.Of((long)Math.Round(span.Value.TotalMilliseconds)),
        TemplateValue.Text text when DurationText.TryParse(text.Value, out var duration) => Arguments.Of((long)Math.Round(duration.TotalMilliseconds)),
        _ => a.Unfit(0, "a duration such as 250ms, 1.5s or 00:00:01.500, or milliseconds"),
    };
}
