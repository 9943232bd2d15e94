using GmiKlingFlow.Core.Templating;

namespace GmiKlingFlow.Core.Manifests.Expanding;

/// <summary>When a value of <c>include</c> or <c>exclude</c> is the matrix's own: same kind, same content; numbers by value; maps whatever their order.</summary>
internal sealed class MatrixEquality : IEqualityComparer<TemplateValue>
{
    public static readonly MatrixEquality Instance = new();

    private MatrixEquality()
    {
    }

    public bool Equals(TemplateValue? x, TemplateValue? y) => x is null || y is null ? ReferenceEquals(x, y) : AreEqual(x, y);

    public int GetHashCode(TemplateValue value) => value switch
    {
        TemplateValue.Integer number => ((double)number.Value).GetHashCode(),
        TemplateValue.Float number => number.Value.GetHashCode(),
        TemplateValue.List list => HashOf(list.Items),
        TemplateValue.Map map => HashOf(map.Members),
        _ => value.GetHashCode(),
    };

    private static bool AreEqual(TemplateValue a, TemplateValue b) => (a, b) switch
    {
        (TemplateValue.Integer x, TemplateValue.Float y) => x.Value == y.Value,
        (TemplateValue.Float x, TemplateValue.Integer y) => x.Value == y.Value,
        (TemplateValue.List x, TemplateValue.List y) =>
            x.Items.Count == y.Items.Count && x.Items.Zip(y.Items).All(pair => AreEqual(pair.First, pair.Second)),
        (TemplateValue.Map x, TemplateValue.Map y) =>
            x.Members.Count == y.Members.Count && x.Members.All(m => y.Members.Any(n => n.Key == m.Key && AreEqual(m.Value, n.Value))),
        _ => a.Equals(b),
    };

    private int HashOf(IReadOnlyList<TemplateValue> items)
    {
        var hash = new HashCode();
        foreach (var item in items)
        {
            hash.Add(GetHashCode(item));
        }

        return hash.ToHashCode();
    }

    // A sum: the order of members is no difference.
    private int HashOf(IReadOnlyList<KeyValuePair<string, TemplateValue>> members)
    {
        var hash = members.Count;
        foreach (var (name, value) in members)
        {
            hash += HashCode.Combine(name, GetHashCode(value));
        }

        return hash;
    }
}
