namespace GmiKlingFlow.Core.Templating.Syntax;

/// <summary>A piece of a template: text as it is, or an expression.</summary>
internal sealed record TemplatePart(string Text, Expression? Expression)
{
    public Extent At => Expression?.At ?? default;
}
