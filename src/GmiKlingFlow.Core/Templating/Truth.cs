namespace GmiKlingFlow.Core.Templating;

/// <summary>What counts as true: everything but null and false, so also 0 and the empty text (as in Scriban).</summary>
internal static class Truth
{
    public static bool Of(TemplateValue value) => value is not (TemplateValue.Null or TemplateValue.Bool { Value: false });
}
