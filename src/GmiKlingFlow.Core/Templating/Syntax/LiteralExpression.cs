using System.Globalization;
using System.Text;

namespace GmiKlingFlow.Core.Templating.Syntax;

/// <summary>A null, boolean, number or text written out.</summary>
internal sealed record LiteralExpression(TemplateValue Value) : Expression
{
    internal override int Strength => Value switch
    {
        TemplateValue.Integer { Value: < 0 } => Strengths.Unary,
        TemplateValue.Float number when double.IsNegative(number.Value) => Strengths.Unary,
        TemplateValue.Integer or TemplateValue.Float => Strengths.Bracketed,
        _ => Strengths.Primary,
    };

    internal override int Height => 1;

    internal override bool IsBoolean => Value is TemplateValue.Bool;

    internal override Outcome Evaluate(Evaluator evaluator, bool tolerant) => Value;

    internal override void PrintTo(StringBuilder text)
    {
        switch (Value)
        {
            case TemplateValue.Null:
                text.Append("null");
                break;
            case TemplateValue.Text content:
                TextLiteral.Print(text, content.Value);
                break;
            case TemplateValue.Float number:
                PrintFloat(text, number.Value);
                break;
            default:
                text.Append(TemplateText.Of(Value));
                break;
        }
    }

    // Always with a point, so that it is read back as a float: 5.0, 1.0E+21.
    private static void PrintFloat(StringBuilder text, double number)
    {
        var digits = number.ToString("R", CultureInfo.InvariantCulture);
        var exponent = digits.IndexOf('E', StringComparison.Ordinal);
        text.Append(digits switch
        {
            _ when digits.Contains('.', StringComparison.Ordinal) => digits,
            _ when exponent < 0 => digits + ".0",
            _ => digits.Insert(exponent, ".0"),
        });
    }
}
