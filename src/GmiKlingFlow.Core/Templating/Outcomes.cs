using GmiKlingFlow.Core.Templating.Syntax;

namespace GmiKlingFlow.Core.Templating;

/// <summary>Several outcomes, none of them failed.</summary>
internal static class Outcomes
{
    /// <summary>Their values; only when all are known.</summary>
    public static TemplateValue[] Values(Outcome[] outcomes) =>
        Array.ConvertAll(outcomes, static o => o.Value ?? TemplateValue.Null.Instance);

    public static ExpressionList Expressions(Outcome[] outcomes) =>
        new(Array.ConvertAll(outcomes, static o => o.AsExpression()));
}
