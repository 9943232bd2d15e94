using System.Runtime.CompilerServices;

namespace GmiKlingFlow.Core.Templating;

/// <summary>What stands after a dot: the members of maps, the size of lists and texts, the parts of dates and timespans.</summary>
internal static class ValueMembers
{
    private const int ManyMembers = 16;

    // A map under "vars" is read once per job: a large one is looked up by key, not searched ten thousand times.
    private static readonly ConditionalWeakTable<IReadOnlyList<KeyValuePair<string, TemplateValue>>, Dictionary<string, TemplateValue>> Indexes = [];

    private static readonly string[] SizeOnly = ["size"];

    private static readonly string[] DateParts = ["year", "month", "day", "day_of_year", "hour", "minute", "second", "millisecond"];

    private static readonly string[] SpanParts =
    [
        "days", "hours", "minutes", "seconds", "milliseconds",
        "total_days", "total_hours", "total_minutes", "total_seconds", "total_milliseconds",
    ];

    /// <returns>The names it has, or null for kinds without members.</returns>
    public static IEnumerable<string>? Names(TemplateValue value) => value switch
    {
        TemplateValue.Map map => map.Members.Select(m => m.Key),
        TemplateValue.List or TemplateValue.Text => SizeOnly,
        TemplateValue.Moment => DateParts,
        TemplateValue.Span => SpanParts,
        _ => null,
    };

    /// <returns>Null when there is no such member.</returns>
    public static TemplateValue? Read(TemplateValue value, string name) => value switch
    {
        TemplateValue.Map map => Find(map, name),
        TemplateValue.List list when name == "size" => new TemplateValue.Integer(list.Items.Count),
        TemplateValue.Text text when name == "size" => new TemplateValue.Integer(text.Value.Length),
        TemplateValue.Moment moment => Part(moment.Value, name) is { } part ? new TemplateValue.Integer(part) : null,
        TemplateValue.Span span => Part(span.Value, name),
        _ => null,
    };

    private static TemplateValue? Find(TemplateValue.Map map, string name)
    {
        var members = map.Members;
        if (members.Count > ManyMembers)
        {
            return Indexes.GetValue(members, Index).GetValueOrDefault(name);
        }

        for (var i = 0; i < members.Count; i++)
        {
            if (string.Equals(members[i].Key, name, StringComparison.Ordinal))
            {
                return members[i].Value;
            }
        }

        return null;
    }

    // The first of a key counts, as when searched.
    private static Dictionary<string, TemplateValue> Index(IReadOnlyList<KeyValuePair<string, TemplateValue>> members)
    {
        var index = new Dictionary<string, TemplateValue>(members.Count, StringComparer.Ordinal);
        foreach (var (key, value) in members)
        {
            index.TryAdd(key, value);
        }

        return index;
    }

    private static int? Part(DateTime moment, string name) => name switch
    {
        "year" => moment.Year,
        "month" => moment.Month,
        "day" => moment.Day,
        "day_of_year" => moment.DayOfYear,
        "hour" => moment.Hour,
        "minute" => moment.Minute,
        "second" => moment.Second,
        "millisecond" => moment.Millisecond,
        _ => null,
    };

    private static TemplateValue? Part(TimeSpan span, string name) => name switch
    {
        "days" => new TemplateValue.Integer(span.Days),
        "hours" => new TemplateValue.Integer(span.Hours),
        "minutes" => new TemplateValue.Integer(span.Minutes),
        "seconds" => new TemplateValue.Integer(span.Seconds),
        "milliseconds" => new TemplateValue.Integer(span.Milliseconds),
        "total_days" => new TemplateValue.Float(span.TotalDays),
        "total_hours" => new TemplateValue.Float(span.TotalHours),
        "total_minutes" => new TemplateValue.Float(span.TotalMinutes),
        "total_seconds" => new TemplateValue.Float(span.TotalSeconds),
        "total_milliseconds" => new TemplateValue.Float(span.TotalMilliseconds),
        _ => null,
    };
}
