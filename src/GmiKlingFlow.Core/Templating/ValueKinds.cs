namespace GmiKlingFlow.Core.Templating;

/// <summary>The kinds of values in the words of messages.</summary>
internal static class ValueKinds
{
    public static string WithArticle(TemplateValue value) => value switch
    {
        TemplateValue.Null => "null",
        TemplateValue.Bool => "a boolean",
        TemplateValue.Integer => "a whole number",
        TemplateValue.Float => "a number",
        TemplateValue.Text => "a text",
        TemplateValue.Moment => "a date",
        TemplateValue.Span => "a timespan",
        TemplateValue.List => "a list",
        _ => "a map",
    };
}
