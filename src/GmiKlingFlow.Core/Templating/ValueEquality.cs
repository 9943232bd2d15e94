namespace GmiKlingFlow.Core.Templating;

/// <summary>Whether two values are the same kind and the same content, lists and maps member by member.</summary>
internal static class ValueEquality
{
    public static bool AreEqual(TemplateValue a, TemplateValue b) => (a, b) switch
    {
        (TemplateValue.List x, TemplateValue.List y) =>
            x.Items.Count == y.Items.Count && x.Items.Zip(y.Items).All(pair => AreEqual(pair.First, pair.Second)),
        (TemplateValue.Map x, TemplateValue.Map y) =>
            x.Members.Count == y.Members.Count && x.Members.All(m => ValueMembers.Read(y, m.Key) is { } other && AreEqual(m.Value, other)),
        _ => a.Equals(b),
    };
}
