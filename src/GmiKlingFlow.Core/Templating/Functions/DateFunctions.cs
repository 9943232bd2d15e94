using System.Globalization;

namespace GmiKlingFlow.Core.Templating.Functions;

/// <summary><c>date.*</c>, as in Scriban; dates are UTC, whatever the machine's time zone.</summary>
internal static class DateFunctions
{
    private static readonly Parameter Moment = Parameter.Moment("date");

    public static readonly Function[] All =
    [
        new("date", "add_days", a => AddTicks(a, TimeSpan.TicksPerDay), Moment, Parameter.Number("days")),
        new("date", "add_hours", a => AddTicks(a, TimeSpan.TicksPerHour), Moment, Parameter.Number("hours")),
        new("date", "add_milliseconds", a => AddTicks(a, TimeSpan.TicksPerMillisecond), Moment, Parameter.Number("millis")),
        new("date", "add_minutes", a => AddTicks(a, TimeSpan.TicksPerMinute), Moment, Parameter.Number("minutes")),
        new("date", "add_months", a => AddMonths(a, 1), Moment, Parameter.Integer("months")),
        new("date", "add_seconds", a => AddTicks(a, TimeSpan.TicksPerSecond), Moment, Parameter.Number("seconds")),
        new("date", "add_years", a => AddMonths(a, 12), Moment, Parameter.Integer("years")),
        new("date", "now", Now),
        new("date", "parse", Parse, Parameter.Text("text"), Parameter.Text("pattern").OrNull()),
        new("date", "to_string", ToText, Moment, Parameter.Text("pattern")),
    ];

    private static TemplateValue? Now(Arguments a) =>
        a.Clock is { } clock ? new TemplateValue.Moment(clock.GetUtcNow().UtcDateTime) : a.Fail(TemplateDiagnostics.NoClock);

    private static TemplateValue? Parse(Arguments a)
    {
        const DateTimeStyles Styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal | DateTimeStyles.AllowWhiteSpaces;
        if (a.Text(0).Length == 0)
        {
            return Arguments.Null;
        }

        DateTime moment;
        if (a.TextOrNull(1) is not { Length: > 0 } pattern)
        {
            // Dates without a day would take today's: only full dates are read.
            return DateTime.TryParse(a.Text(0), CultureInfo.InvariantCulture, Styles | DateTimeStyles.NoCurrentDateDefault, out moment) && moment.Year > 1
                ? new TemplateValue.Moment(moment)
                : a.Unfit(0, "a date such as 2026-01-31 or 2026-01-31T08:30:00Z");
        }

        if (DatePattern.ToNetFormat(pattern) is not { } format)
        {
            return a.Unfit(1, "a pattern of %Y %y %m %d %e %H %I %M %S %L %p %b %B %F %T %R %D");
        }

        return DateTime.TryParseExact(a.Text(0), format, CultureInfo.InvariantCulture, Styles | DateTimeStyles.NoCurrentDateDefault, out moment)
            ? new TemplateValue.Moment(moment)
            : a.Unfit(0, $"a date as in \"{Shown.Cut(pattern)}\"");
    }

    private static TemplateValue? ToText(Arguments a)
    {
        if (a[0] is not TemplateValue.Moment moment)
        {
            return Arguments.Null;
        }

        return a.MayMakeText((long)a.Text(1).Length * DatePattern.LongestPart) ? a.Make(DatePattern.Format(moment.Value, a.Text(1))) : null;
    }

    private static TemplateValue? AddTicks(Arguments a, long ticks)
    {
        if (a[0] is not TemplateValue.Moment moment)
        {
            return Arguments.Null;
        }

        return DateRange.Add(moment.Value, a.Number(1) * ticks) is { } later ? new TemplateValue.Moment(later) : a.Fail(TemplateDiagnostics.DateOutOfRange);
    }

    private static TemplateValue? AddMonths(Arguments a, int months)
    {
        if (a[0] is not TemplateValue.Moment moment)
        {
            return Arguments.Null;
        }

        var count = (Int128)a.Integer(1) * months;
        var month = count + (moment.Value.Year * 12) + moment.Value.Month - 1;
        return month >= 12 && month < 12 * 10_000
            ? new TemplateValue.Moment(moment.Value.AddMonths((int)count))
            : a.Fail(TemplateDiagnostics.DateOutOfRange);
    }
}
