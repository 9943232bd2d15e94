namespace GmiKlingFlow.Core.Templating;

/// <summary>The order of values of one kind, null first; texts by code unit, the same on every machine.</summary>
internal sealed class ValueOrder : IComparer<TemplateValue>
{
    public const int NullKind = 0;
    public const int NoOrder = -1;

    public static readonly ValueOrder Instance = new();

    public static int KindOf(TemplateValue value) => value switch
    {
        TemplateValue.Null => NullKind,
        TemplateValue.Integer or TemplateValue.Float => 1,
        TemplateValue.Text => 2,
        TemplateValue.Bool => 3,
        TemplateValue.Moment => 4,
        TemplateValue.Span => 5,
        _ => NoOrder,
    };

    public int Compare(TemplateValue? x, TemplateValue? y) => (x, y) switch
    {
        (TemplateValue.Integer a, TemplateValue.Integer b) => a.Value.CompareTo(b.Value),
        (TemplateValue.Text a, TemplateValue.Text b) => string.CompareOrdinal(a.Value, b.Value),
        (TemplateValue.Bool a, TemplateValue.Bool b) => a.Value.CompareTo(b.Value),
        (TemplateValue.Moment a, TemplateValue.Moment b) => a.Value.CompareTo(b.Value),
        (TemplateValue.Span a, TemplateValue.Span b) => a.Value.CompareTo(b.Value),
        (TemplateValue.Integer or TemplateValue.Float, TemplateValue.Integer or TemplateValue.Float) => Number(x).CompareTo(Number(y)),
        _ => (x is TemplateValue.Null ? 0 : 1).CompareTo(y is TemplateValue.Null ? 0 : 1),
    };

    private static double Number(TemplateValue value) => Conversion.ToNumber(value) ?? 0;
}
