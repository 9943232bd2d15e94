using System.Globalization;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Manifests.Binding;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Templating;
using GmiKlingFlow.Core.Timing;

namespace GmiKlingFlow.Core.Manifests.Expanding;

/// <summary>Evaluates values and turns what comes out into what a field needs. Null means left out, or a diagnostic was added.</summary>
internal sealed class ValueReader(DiagnosticBag diagnostics)
{
    /// <summary>Far beyond any media, and far from overflow.</summary>
    private const long LongestMilliseconds = 366L * 24 * 3600 * 1000;

    /// <summary>Where problems go; jobs change it, so that the same problem of a thousand rows can be told once.</summary>
    public DiagnosticBag Diagnostics { get; set; } = diagnostics;

    public TemplateResult Evaluate(Templated value, TemplateScope scope) => value switch
    {
        Templated.Fixed constant => new TemplateResult.Value(constant.Value),
        Templated.Computed computed => computed.Template.Evaluate(scope, Diagnostics),
        Templated.List list => Gathered(list.Items.Select(i => Evaluate(i, scope)), items => new TemplateValue.List(items)),
        Templated.Map map => Gathered(
            map.Members.Select(m => Evaluate(m.Value, scope)),
            values => new TemplateValue.Map([.. map.Members.Zip(values, (m, v) => KeyValuePair.Create(m.Key, v))])),
        _ => new TemplateResult.Failed(),
    };

    /// <summary>Evaluates where nothing can be deferred.</summary>
    public TemplateValue? Value(Templated value, TemplateScope scope) =>
        Evaluate(value, scope) is TemplateResult.Value known ? known.Content : null;

    /// <summary>Text; numbers and truth values as they were written.</summary>
    public string? Text(Templated value, TemplateScope scope, string key)
    {
        if (value is Templated.Fixed { Written: { } written, Value: not TemplateValue.Null })
        {
            return written;
        }

        switch (Value(value, scope))
        {
            case null:
                return null;
            case TemplateValue.Text text:
                return text.Value;
            case var other when other is TemplateValue.Null or TemplateValue.List or TemplateValue.Map:
                Diagnostics.Add(MeaningDiagnostics.TemplateGaveWrongKind(value.Place, key, "text", KindOf(other)));
                return null;
            case var scalar:
                return TemplateText.Of(scalar);
        }
    }

    /// <returns>Null: left out or null; <see cref="Setting{T}.Lost"/>: a diagnostic was added, now or where a name in it was lost.</returns>
    public Setting<TimeSpan>? Time(Templated? value, TemplateScope scope, string key) => value is null
        ? null
        : Evaluate(value, scope) switch
        {
            TemplateResult.Deferred later when !WaitsForLost(value, scope) => new Setting<TimeSpan>.Deferred(later.Residual, value.Place),
            TemplateResult.Value { Content: TemplateValue.Null } => null,
            TemplateResult.Value known when Time(known.Content, value, key) is { } time => new Setting<TimeSpan>.Known(time, value.Place),
            _ => new Setting<TimeSpan>.Lost(value.Place),
        };

    /// <returns>Null: left out or null; <see cref="Setting{T}.Lost"/>: a diagnostic was added, now or where a name in it was lost.</returns>
    public Setting<double>? Number(Templated? value, TemplateScope scope, string key) => value is null
        ? null
        : Evaluate(value, scope) switch
        {
            TemplateResult.Deferred later when !WaitsForLost(value, scope) => new Setting<double>.Deferred(later.Residual, value.Place),
            TemplateResult.Value { Content: TemplateValue.Null } => null,
            TemplateResult.Value known when Number(known.Content, value, key) is { } number => new Setting<double>.Known(number, value.Place),
            _ => new Setting<double>.Lost(value.Place),
        };

    /// <summary>Numbers are milliseconds and must be whole, as the API's are; text is a duration.</summary>
    public TimeSpan? Time(TemplateValue content, Templated value, string key)
    {
        switch (content)
        {
            case TemplateValue.Null:
                return null;
            case TemplateValue.Integer { Value: >= -LongestMilliseconds and <= LongestMilliseconds } whole:
                return TimeSpan.FromMilliseconds(whole.Value);
            case TemplateValue.Float { Value: >= -LongestMilliseconds and <= LongestMilliseconds } number when number.Value == Math.Truncate(number.Value):
                return TimeSpan.FromMilliseconds(number.Value);
            case TemplateValue.Span span:
                return span.Value;
            case TemplateValue.Text text when DurationText.TryParse(text.Value, out var duration):
                return duration;
            default:
                Diagnostics.Add(ShapeDiagnostics.NotADuration(value.Place, key, Shown(content, value)));
                return null;
        }
    }

    public double? Number(TemplateValue content, Templated value, string key)
    {
        switch (content)
        {
            case TemplateValue.Null:
                return null;
            case TemplateValue.Integer whole:
                return whole.Value;
            case TemplateValue.Float { Value: var number } when double.IsFinite(number):
                return number;
            default:
                Diagnostics.Add(ShapeDiagnostics.NotANumber(value.Place, key, Shown(content, value)));
                return null;
        }
    }

    /// <summary>A value as it was written, or as the template made it.</summary>
    public static string Shown(TemplateValue content, Templated value) =>
        value is Templated.Fixed { Written: { } written } ? written : TemplateText.Of(content);

    public static string KindOf(TemplateValue value) => value switch
    {
        TemplateValue.Null => "nothing (null)",
        TemplateValue.Bool => "true or false",
        TemplateValue.Integer or TemplateValue.Float => "a number",
        TemplateValue.Text => "text",
        TemplateValue.Moment => "a date",
        TemplateValue.Span => "a duration",
        TemplateValue.List => "a list",
        _ => "a map",
    };

    public static TemplateValue Milliseconds(TimeSpan? time) =>
        time is { } known ? new TemplateValue.Integer((long)Math.Floor(known.TotalMilliseconds)) : TemplateValue.Null.Instance;

    // A face comes with identify; what else is open in an entry never will.
    public static bool WaitsForLost(Templated value, TemplateScope scope) =>
        value is Templated.Computed { Template.Names: var names } && names.Any(name => name != "face" && scope.Deferred.Contains(name));

    private static TemplateResult Gathered(IEnumerable<TemplateResult> results, Func<IReadOnlyList<TemplateValue>, TemplateValue> make)
    {
        var all = results.ToList();
        var values = all.OfType<TemplateResult.Value>().Select(v => v.Content).ToList();
        return values.Count == all.Count ? new TemplateResult.Value(make(values)) : new TemplateResult.Failed();
    }
}
