using GmiKlingFlow.Core.Templating.Syntax;

namespace GmiKlingFlow.Core.Templating;

/// <summary>Sums in residuals, written one way however the texts were cut: <c>x{{ face.id }}y</c> and <c>"x" + face.id + "y"</c> are the same.</summary>
internal static class Concatenation
{
    public static Expression Add(Expression left, Expression right)
    {
        if (right is LiteralExpression { Value: TemplateValue.Text text } && left is BinaryExpression { Operator: BinaryOperator.Add } sum)
        {
            // (a + "x") + "y" is a + "xy": with a text in the middle, + only joins.
            if (sum.Right is LiteralExpression { Value: TemplateValue.Text middle })
            {
                return Sum(sum.Left, new LiteralExpression(new TemplateValue.Text(middle.Value + text.Value)), sum);
            }

            // "" + a + "x" is a + "x": the text at the end makes a text of it anyway.
            if (sum.Left is LiteralExpression { Value: TemplateValue.Text { Value: "" } })
            {
                return text.Value.Length == 0 ? sum : Sum(sum.Right, right, sum);
            }
        }

        return Sum(left, right, left);
    }

    private static BinaryExpression Sum(Expression left, Expression right, Expression at) => new(BinaryOperator.Add, left, right) { At = at.At };
}
