using System.Globalization;

namespace GmiKlingFlow.Core.Templating.Functions;

/// <summary><c>timespan.*</c>, as in Scriban.</summary>
internal static class TimespanFunctions
{
    public static readonly Function[] All =
    [
        new("timespan", "from_days", a => From(a, TimeSpan.TicksPerDay), Parameter.Number("days")),
        new("timespan", "from_hours", a => From(a, TimeSpan.TicksPerHour), Parameter.Number("hours")),
        new("timespan", "from_milliseconds", a => From(a, TimeSpan.TicksPerMillisecond), Parameter.Number("millis")),
        new("timespan", "from_minutes", a => From(a, TimeSpan.TicksPerMinute), Parameter.Number("minutes")),
        new("timespan", "from_seconds", a => From(a, TimeSpan.TicksPerSecond), Parameter.Number("seconds")),
        new("timespan", "parse", Parse, Parameter.Text("text")),
    ];

    private static TemplateValue? From(Arguments a, long ticks) =>
        Math.Abs(a.Number(0) * ticks) < 9.2e18 ? new TemplateValue.Span(new TimeSpan((long)(a.Number(0) * ticks))) : a.Fail(TemplateDiagnostics.NumberTooLarge);

    private static TemplateValue? Parse(Arguments a)
    {
        if (a.Text(0).Length == 0)
        {
            return new TemplateValue.Span(TimeSpan.Zero);
        }

        return TimeSpan.TryParse(a.Text(0), CultureInfo.InvariantCulture, out var span)
            ? new TemplateValue.Span(span)
            : a.Unfit(0, "a timespan such as 00:00:01.5 or 1.02:00:00");
    }
}
