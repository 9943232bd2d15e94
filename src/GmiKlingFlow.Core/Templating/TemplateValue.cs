namespace GmiKlingFlow.Core.Templating;

/// <summary>A typed value of the template language.</summary>
public abstract record TemplateValue
{
    private TemplateValue()
    {
    }

    public sealed record Null : TemplateValue
    {
        public static readonly Null Instance = new();
    }

    public sealed record Bool(bool Value) : TemplateValue;

    public sealed record Integer(long Value) : TemplateValue;

    public sealed record Float(double Value) : TemplateValue;

    public sealed record Text(string Value) : TemplateValue;

    public sealed record Moment(DateTime Value) : TemplateValue;

    public sealed record Span(TimeSpan Value) : TemplateValue;

    public sealed record List(IReadOnlyList<TemplateValue> Items) : TemplateValue;

    /// <summary>Members in the order they were written.</summary>
    public sealed record Map(IReadOnlyList<KeyValuePair<string, TemplateValue>> Members) : TemplateValue;
}
