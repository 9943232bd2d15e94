namespace GmiKlingFlow.Core.Templating.Functions;

/// <summary><c>object.*</c>, as in Scriban.</summary>
internal static class ObjectFunctions
{
    private static readonly Parameter Value = Parameter.Any("value");

    public static readonly Function[] All =
    [
        new("object", "default", a => a[0] is TemplateValue.Null or TemplateValue.Text { Value: "" } ? a[1] : a[0], Value, Parameter.Any("default")) { FirstMayMiss = true },
        new("object", "has_key", a => Arguments.Of(Member(a) is not null), Parameter.Map("value"), Parameter.Text("key")) { GivesBoolean = true },
        new("object", "has_value", a => Arguments.Of(Member(a) is not (null or TemplateValue.Null)), Parameter.Map("value"), Parameter.Text("key")) { GivesBoolean = true },
        new("object", "keys", Keys, Parameter.Map("value")),
        new("object", "size", Size, Value),
        new("object", "to_json", a => JsonText.Of(a[0], a), Value),
        new("object", "typeof", TypeOf, Value),
        new("object", "values", Values, Parameter.Map("value")),
    ];

    private static TemplateValue? Member(Arguments a) => ValueMembers.Read(a[0], a.Text(1));

    private static TemplateValue? Keys(Arguments a) =>
        a[0] is TemplateValue.Map map ? a.Make([.. map.Members.Select(TemplateValue (m) => new TemplateValue.Text(m.Key))]) : a.Make([]);

    private static TemplateValue? Values(Arguments a) =>
        a[0] is TemplateValue.Map map ? a.Make([.. map.Members.Select(m => m.Value)]) : a.Make([]);

    private static TemplateValue? Size(Arguments a) => a[0] switch
    {
        TemplateValue.Null => Arguments.Of(0),
        TemplateValue.Text text => Arguments.Of(text.Value.Length),
        TemplateValue.List list => Arguments.Of(list.Items.Count),
        TemplateValue.Map map => Arguments.Of(map.Members.Count),
        _ => a.Unfit(0, "a text, a list or a map"),
    };

    private static TemplateValue TypeOf(Arguments a) => a[0] switch
    {
        TemplateValue.Null => a[0],
        TemplateValue.Bool => new TemplateValue.Text("boolean"),
        TemplateValue.Integer or TemplateValue.Float => new TemplateValue.Text("number"),
        TemplateValue.Text => new TemplateValue.Text("string"),
        TemplateValue.List => new TemplateValue.Text("array"),
        _ => new TemplateValue.Text("object"),
    };
}
