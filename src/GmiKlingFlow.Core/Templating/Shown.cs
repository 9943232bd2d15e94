namespace GmiKlingFlow.Core.Templating;

/// <summary>Values as messages show them: short, and null by its name.</summary>
internal static class Shown
{
    private const int Longest = 60;

    public static string Of(TemplateValue value) => value is TemplateValue.Null ? "null" : Cut(TemplateText.TryOf(value, 10_000) ?? ValueKinds.WithArticle(value));

    public static string Cut(string text) => text.Length <= Longest ? text : text[..Longest] + "...";
}
