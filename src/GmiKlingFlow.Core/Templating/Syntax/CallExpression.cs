using System.Text;
using GmiKlingFlow.Core.Templating.Functions;

namespace GmiKlingFlow.Core.Templating.Syntax;

/// <summary>A function with its arguments in the order of its parameters, however the call was written.</summary>
internal sealed record CallExpression : Expression
{
    public CallExpression(Function function, ExpressionList arguments)
    {
        Function = function;
        Arguments = WithoutDefaults(function, arguments);
        Height = 1 + Arguments.Height;
    }

    public Function Function { get; }

    public ExpressionList Arguments { get; }

    internal override int Strength => Strengths.Primary;

    internal override int Height { get; }

    internal override bool IsBoolean => Function.GivesBoolean;

    internal override void PrintTo(StringBuilder text)
    {
        text.Append(Function.FullName).Append('(');
        Arguments.PrintTo(text);
        text.Append(')');
    }

    internal override Outcome Evaluate(Evaluator evaluator, bool tolerant)
    {
        var outcomes = new Outcome[Arguments.Count];
        var allKnown = true;
        for (var i = 0; i < outcomes.Length; i++)
        {
            outcomes[i] = evaluator.Evaluate(Arguments[i], Function.FirstMayMiss && i == 0);
            if (outcomes[i].IsFailed)
            {
                return Outcome.Failed;
            }

            allKnown &= outcomes[i].Residual is null;
        }

        return allKnown
            ? Function.Invoke(evaluator, this, Outcomes.Values(outcomes))
            : Outcome.Later(new CallExpression(Function, [.. outcomes.Select((o, i) => Arguments[i] is FunctionReference ? Arguments[i] : o.AsExpression())]) { At = At });
    }

    // f(x, default) is f(x).
    private static ExpressionList WithoutDefaults(Function function, ExpressionList arguments)
    {
        var count = arguments.Count;
        while (count > 0
            && arguments[count - 1] is LiteralExpression { Value: var given }
            && function.Parameters[count - 1].Default is { } missing
            && given.Equals(missing))
        {
            count--;
        }

        return count == arguments.Count ? arguments : [.. arguments.Take(count)];
    }
}
