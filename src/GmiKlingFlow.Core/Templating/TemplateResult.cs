namespace GmiKlingFlow.Core.Templating;

/// <summary>What evaluating a template gave.</summary>
public abstract record TemplateResult
{
    private TemplateResult()
    {
    }

    /// <summary>A scalar that is exactly one expression keeps the expression's type; everything else is text.</summary>
    public sealed record Value(TemplateValue Content) : TemplateResult;

    /// <summary>It needs a name that is known only later; what could be computed is folded in.</summary>
    public sealed record Deferred(Expression Residual) : TemplateResult;

    /// <summary>A diagnostic has been added.</summary>
    public sealed record Failed : TemplateResult;
}
