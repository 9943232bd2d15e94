using GmiKlingFlow.Core.Templating;

namespace GmiKlingFlow.Core.Manifests.Expanding;

/// <summary>When a value of <c>include</c> or <c>exclude</c> is the matrix's own: same kind, same content; numbers by value; maps whatever their order.</summary>
internal static class MatrixEquality
{
    public static bool AreEqual(TemplateValue a, TemplateValue b) => (a, b) switch
    {
        (TemplateValue.Integer x, TemplateValue.Float y) => x.Value == y.Value,
        (TemplateValue.Float x, TemplateValue.Integer y) => x.Value == y.Value,
        (TemplateValue.List x, TemplateValue.List y) =>
            x.Items.Count == y.Items.Count && x.Items.Zip(y.Items).All(pair => AreEqual(pair.First, pair.Second)),
        (TemplateValue.Map x, TemplateValue.Map y) =>
            x.Members.Count == y.Members.Count && x.Members.All(m => y.Members.Any(n => n.Key == m.Key && AreEqual(m.Value, n.Value))),
        _ => a.Equals(b),
    };
}
