using System.Text;
using GmiKlingFlow.Core.Templating.Syntax;

namespace GmiKlingFlow.Core.Templating;

/// <summary>Operators where at least one side is a text: the other side is turned into text first, as in Scriban.</summary>
internal static class TextArithmetic
{
    public static Outcome Apply(Evaluator evaluator, Extent at, BinaryOperator op, TemplateValue left, TemplateValue right)
    {
        if (op == BinaryOperator.Multiply)
        {
            return Repeat(evaluator, at, left, right);
        }

        if (op != BinaryOperator.Add && !BinaryOperators.IsComparison(op))
        {
            return Arithmetic.Unfit(evaluator, at, op, left, right);
        }

        if (evaluator.TextOf(left, at) is not { } a || evaluator.TextOf(right, at) is not { } b)
        {
            return Outcome.Failed;
        }

        if (op == BinaryOperator.Add)
        {
            return evaluator.MayMakeText((long)a.Length + b.Length, at) ? new TemplateValue.Text(a + b) : Outcome.Failed;
        }

        return Outcome.Of(Arithmetic.Compared(op, string.CompareOrdinal(a, b)));
    }

    private static Outcome Repeat(Evaluator evaluator, Extent at, TemplateValue left, TemplateValue right)
    {
        var (text, times) = right is TemplateValue.Text ? (right, left) : (left, right);
        if (Conversion.ToInteger(times) is not { } count)
        {
            return Arithmetic.Unfit(evaluator, at, BinaryOperator.Multiply, left, right);
        }

        var content = TemplateText.Of(text);
        if (count <= 0 || content.Length == 0)
        {
            return new TemplateValue.Text("");
        }

        return evaluator.MayMakeText(Math.BigMul(content.Length, (int)Math.Min(count, int.MaxValue)), at)
            ? new TemplateValue.Text(new StringBuilder(content.Length * (int)count).Insert(0, content, (int)count).ToString())
            : Outcome.Failed;
    }
}
