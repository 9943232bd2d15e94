using System.Text;

namespace GmiKlingFlow.Core.Templating.Syntax;

/// <summary><c>condition ? a : b</c>. With a known condition only the branch that counts is looked at.</summary>
internal sealed record ConditionalExpression(Expression Condition, Expression Then, Expression Else) : Expression
{
    internal override int Strength => Strengths.Conditional;

    internal override int Height { get; } = 1 + Math.Max(Condition.Height, Math.Max(Then.Height, Else.Height));

    internal override bool IsBoolean => Then.IsBoolean && Else.IsBoolean;

    internal override void PrintTo(StringBuilder text)
    {
        PrintOperand(text, Condition, inBrackets: Condition.Strength <= Strengths.Conditional);
        text.Append(" ? ");
        Then.PrintTo(text);
        text.Append(" : ");
        Else.PrintTo(text);
    }

    internal override Outcome Evaluate(Evaluator evaluator, bool tolerant)
    {
        var condition = evaluator.Evaluate(Condition);
        if (condition.Value is { } value)
        {
            return evaluator.Evaluate(Truth.Of(value) ? Then : Else, tolerant);
        }

        if (condition.Residual is not { } residual)
        {
            return condition;
        }

        // Both branches are checked now: an error in either is better told before anything is paid.
        var (then, otherwise) = (evaluator.Evaluate(Then, tolerant), evaluator.Evaluate(Else, tolerant));
        return then.IsFailed || otherwise.IsFailed
            ? Outcome.Failed
            : Outcome.Later(new ConditionalExpression(residual, then.AsExpression(), otherwise.AsExpression()) { At = At });
    }
}
