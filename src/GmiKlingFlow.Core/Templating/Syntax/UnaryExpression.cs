using System.Text;

namespace GmiKlingFlow.Core.Templating.Syntax;

internal enum UnaryOperator
{
    Not,
    Negate,
    Plus,
}

/// <summary><c>!a</c>, <c>-a</c> or <c>+a</c>.</summary>
internal sealed record UnaryExpression(UnaryOperator Operator, Expression Operand) : Expression
{
    internal override int Strength => Strengths.Unary;

    internal override int Height { get; } = 1 + Operand.Height;

    internal override bool IsBoolean => Operator == UnaryOperator.Not;

    private string Symbol => Operator switch
    {
        UnaryOperator.Not => "!",
        UnaryOperator.Negate => "-",
        _ => "+",
    };

    internal override void PrintTo(StringBuilder text)
    {
        text.Append(Symbol);
        PrintOperand(text, Operand, inBrackets: Operand.Strength <= Strengths.Unary);
    }

    internal override Outcome Evaluate(Evaluator evaluator, bool tolerant)
    {
        var operand = evaluator.Evaluate(Operand);
        return operand switch
        {
            { IsFailed: true } => operand,
            { Residual: { } residual } => Outcome.Later(new UnaryExpression(Operator, residual) { At = At }),
            { Value: { } value } when Operator == UnaryOperator.Not => Outcome.Of(!Truth.Of(value)),
            { Value: TemplateValue.Integer { Value: long.MinValue } } when Operator == UnaryOperator.Negate => evaluator.Fail(At, TemplateDiagnostics.NumberTooLarge),
            { Value: TemplateValue.Integer { Value: var number } } => new TemplateValue.Integer(Operator == UnaryOperator.Negate ? -number : number),
            { Value: TemplateValue.Float { Value: var number } } => new TemplateValue.Float(Operator == UnaryOperator.Negate ? -number : number),
            { Value: { } value } => evaluator.Fail(At, place => TemplateDiagnostics.OperatorNeedsNumber(place, Symbol, ValueKinds.WithArticle(value))),
            _ => Outcome.Failed,
        };
    }
}
