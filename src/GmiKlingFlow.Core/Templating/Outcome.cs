namespace GmiKlingFlow.Core.Templating;

/// <summary>What evaluating one expression gave: a value, a residual, or (neither) a diagnostic that has been added.</summary>
internal readonly struct Outcome
{
    private static readonly TemplateValue True = new TemplateValue.Bool(true);
    private static readonly TemplateValue False = new TemplateValue.Bool(false);

    private Outcome(TemplateValue? value, Expression? residual) => (Value, Residual) = (value, residual);

    public static Outcome Failed => default;

    public TemplateValue? Value { get; }

    public Expression? Residual { get; }

    public bool IsFailed => Value is null && Residual is null;

    public static implicit operator Outcome(TemplateValue? value) => new(value, null);

    public static Outcome Of(bool value) => new(value ? True : False, null);

    public static Outcome Later(Expression residual) => new(null, residual);

    /// <summary>The residual, or the value written as an expression.</summary>
    public Expression AsExpression() => Residual ?? ValueExpression.Of(Value ?? TemplateValue.Null.Instance);
}
