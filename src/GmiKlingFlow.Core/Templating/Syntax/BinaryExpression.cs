using System.Text;

namespace GmiKlingFlow.Core.Templating.Syntax;

/// <summary><c>a + b</c> and its like; all bind to the left.</summary>
internal sealed record BinaryExpression(BinaryOperator Operator, Expression Left, Expression Right) : Expression
{
    internal override int Strength => BinaryOperators.Strength(Operator);

    internal override int Height { get; } = 1 + Math.Max(Left.Height, Right.Height);

    internal override bool IsBoolean => Operator is BinaryOperator.And or BinaryOperator.Or || BinaryOperators.IsComparison(Operator);

    internal override void PrintTo(StringBuilder text)
    {
        PrintOperand(text, Left, inBrackets: Left.Strength < Strength);
        text.Append(' ').Append(BinaryOperators.Symbol(Operator)).Append(' ');
        PrintOperand(text, Right, inBrackets: Right.Strength <= Strength);
    }

    internal override Outcome Evaluate(Evaluator evaluator, bool tolerant) => Operator switch
    {
        BinaryOperator.And => EvaluateAnd(evaluator),
        BinaryOperator.Or => EvaluateOr(evaluator),
        BinaryOperator.Coalesce => EvaluateCoalesce(evaluator, tolerant),
        _ => EvaluateBoth(evaluator),
    };

    private Outcome EvaluateBoth(Evaluator evaluator)
    {
        var left = evaluator.Evaluate(Left);
        if (left.IsFailed || evaluator.Evaluate(Right) is not { IsFailed: false } right)
        {
            return Outcome.Failed;
        }

        return left.Value is { } a && right.Value is { } b
            ? Arithmetic.Apply(evaluator, At, Operator, a, b)
            : Outcome.Later(Operator == BinaryOperator.Add
                ? Concatenation.Add(left.AsExpression(), right.AsExpression())
                : With(left.AsExpression(), right.AsExpression()));
    }

    private Outcome EvaluateAnd(Evaluator evaluator)
    {
        var left = evaluator.Evaluate(Left);
        if (left.IsFailed || left.Value is { } known && !Truth.Of(known))
        {
            return left.IsFailed ? left : Outcome.Of(false);
        }

        var right = evaluator.Evaluate(Right);
        return (left.Residual, right) switch
        {
            (_, { IsFailed: true }) => right,
            (null, { Value: { } value }) => Outcome.Of(Truth.Of(value)),
            (null, { Residual: { } later }) => Outcome.Later(AsBoolean(later)),
            ({ IsBoolean: true } later, { Value: { } value }) when Truth.Of(value) => Outcome.Later(later),
            ({ } later, { Value: { } value }) => Outcome.Later(With(later, BooleanLiteral(Truth.Of(value)))),
            ({ } later, _) => Outcome.Later(With(later, right.AsExpression())),
            _ => Outcome.Failed,
        };
    }

    private Outcome EvaluateOr(Evaluator evaluator)
    {
        var left = evaluator.Evaluate(Left);
        if (left.IsFailed || left.Value is { } known && Truth.Of(known))
        {
            return left.IsFailed ? left : Outcome.Of(true);
        }

        var right = evaluator.Evaluate(Right);
        return (left.Residual, right) switch
        {
            (_, { IsFailed: true }) => right,
            (null, { Value: { } value }) => Outcome.Of(Truth.Of(value)),
            (null, { Residual: { } later }) => Outcome.Later(AsBoolean(later)),
            ({ } later, { Value: { } value }) when !Truth.Of(value) => Outcome.Later(AsBoolean(later)),
            ({ } later, { Value: not null }) => Outcome.Later(With(later, BooleanLiteral(true))),
            ({ } later, _) => Outcome.Later(With(later, right.AsExpression())),
            _ => Outcome.Failed,
        };
    }

    private Outcome EvaluateCoalesce(Evaluator evaluator, bool tolerant)
    {
        var left = evaluator.Evaluate(Left, tolerant: true);
        if (left.IsFailed || left.Value is not (null or TemplateValue.Null))
        {
            return left;
        }

        var right = evaluator.Evaluate(Right, tolerant);
        return left.Residual is not { } later || right.IsFailed ? right : Outcome.Later(With(later, right.AsExpression()));
    }

    // One form for "the truth of x": x itself where it is a boolean anyway, else true && x.
    private static Expression AsBoolean(Expression later) =>
        later.IsBoolean ? later : new BinaryExpression(BinaryOperator.And, BooleanLiteral(true), later) { At = later.At };

    private static LiteralExpression BooleanLiteral(bool value) => new(new TemplateValue.Bool(value));

    private BinaryExpression With(Expression left, Expression right) => new(Operator, left, right) { At = At };
}
