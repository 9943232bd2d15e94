using GmiKlingFlow.Core.Manifests.Binding;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Templating;
using GmiKlingFlow.Core.Timing;

namespace GmiKlingFlow.Core.Manifests.Expanding;

/// <summary>Face selectors with their values read (product 3.2).</summary>
internal sealed class SelectorReader(ValueReader values)
{
    /// <returns>Null when a diagnostic was added for one of them.</returns>
    public IReadOnlyList<FaceSelector>? Read(IReadOnlyList<SelectorTemplate> selectors, TemplateScope scope)
    {
        var found = new List<FaceSelector>(selectors.Count);
        foreach (var selector in selectors)
        {
            if (Read(selector, scope) is { } read)
            {
                found.Add(read);
            }
        }

        return found.Count == selectors.Count && found.Count > 0 ? found : null;
    }

    /// <summary>A selector in the words of the flow, for an entry that gives one instead of a name.</summary>
    public static string Shown(FaceSelector selector) => selector switch
    {
        FaceSelector.ById byId => $"id: \"{byId.Id}\"",
        FaceSelector.Only => "only: true",
        FaceSelector.At at => $"at: {DurationText.Of(at.Moment)}",
        FaceSelector.Longest => "longest: true",
        FaceSelector.ByIndex byIndex => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"index: {byIndex.Index}"),
        FaceSelector.Overlaps overlaps => $"overlaps: {DurationText.Of(overlaps.Range.Start)}..{DurationText.Of(overlaps.Range.End)}",
        _ => "",
    };

    private FaceSelector? Read(SelectorTemplate selector, TemplateScope scope)
    {
        if (selector.Key == "id")
        {
            return values.Text(selector.Value, scope, "id") is { Length: > 0 } id ? new FaceSelector.ById(id) : null;
        }

        if (values.Value(selector.Value, scope) is not { } value)
        {
            return null;
        }

        return selector.Key switch
        {
            "only" => IsTrue(selector, value) ? new FaceSelector.Only() : null,
            "longest" => IsTrue(selector, value) ? new FaceSelector.Longest() : null,
            "at" => Moment(selector, value) is { } moment ? new FaceSelector.At(moment) : null,
            "index" => Index(selector, value),
            _ => Range(selector, value),
        };
    }

    private bool IsTrue(SelectorTemplate selector, TemplateValue value)
    {
        if (value is TemplateValue.Bool { Value: true })
        {
            return true;
        }

        values.Diagnostics.Add(ShapeDiagnostics.SelectorIsOnlyTrue(selector.Place, selector.Key, ValueReader.Shown(value, selector.Value)));
        return false;
    }

    private TimeSpan? Moment(SelectorTemplate selector, TemplateValue value)
    {
        var moment = value is TemplateValue.Null ? null : values.Time(value, selector.Value, "at");
        if (value is TemplateValue.Null || moment < TimeSpan.Zero)
        {
            values.Diagnostics.Add(ShapeDiagnostics.NotADuration(selector.Place, "at", ValueReader.Shown(value, selector.Value)));
            return null;
        }

        return moment;
    }

    private FaceSelector.ByIndex? Index(SelectorTemplate selector, TemplateValue value)
    {
        switch (value)
        {
            case TemplateValue.Integer { Value: >= 0 and <= int.MaxValue } index:
                return new FaceSelector.ByIndex((int)index.Value);
            case TemplateValue.Integer:
                values.Diagnostics.Add(ShapeDiagnostics.OutOfRange(selector.Place, "index", ValueReader.Shown(value, selector.Value), "0 or more; 0 is the first face"));
                return null;
            default:
                values.Diagnostics.Add(ShapeDiagnostics.NotAWholeNumber(selector.Place, "index", ValueReader.Shown(value, selector.Value)));
                return null;
        }
    }

    private FaceSelector.Overlaps? Range(SelectorTemplate selector, TemplateValue value)
    {
        var text = ValueReader.Shown(value, selector.Value);
        var middle = text.IndexOf("..", StringComparison.Ordinal);
        if (value is TemplateValue.Text && middle > 0
            && DurationText.TryParse(text[..middle], out var start)
            && DurationText.TryParse(text[(middle + 2)..], out var end)
            && start < end)
        {
            return new FaceSelector.Overlaps(new TimeRange(start, end));
        }

        values.Diagnostics.Add(ShapeDiagnostics.NotARange(selector.Place, text));
        return null;
    }
}
