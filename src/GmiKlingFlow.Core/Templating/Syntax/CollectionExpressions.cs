using System.Text;

namespace GmiKlingFlow.Core.Templating.Syntax;

/// <summary><c>[a, b]</c>.</summary>
internal sealed record ListExpression(ExpressionList Items) : Expression
{
    internal override int Strength => Strengths.Bracketed;

    internal override int Height { get; } = 1 + Items.Height;

    internal override void PrintTo(StringBuilder text)
    {
        text.Append('[');
        Items.PrintTo(text);
        text.Append(']');
    }

    internal override Outcome Evaluate(Evaluator evaluator, bool tolerant)
    {
        if (evaluator.EvaluateAll(Items, out var allKnown) is not { } outcomes)
        {
            return Outcome.Failed;
        }

        return allKnown
            ? new TemplateValue.List(Outcomes.Values(outcomes))
            : Outcome.Later(new ListExpression(Outcomes.Expressions(outcomes)));
    }
}

/// <summary><c>{a: 1}</c>. No key twice.</summary>
internal sealed record MapExpression(KeyList Keys, ExpressionList Values) : Expression
{
    internal override int Strength => Strengths.Bracketed;

    internal override int Height { get; } = 1 + Values.Height;

    internal override void PrintTo(StringBuilder text)
    {
        text.Append('{');
        for (var i = 0; i < Keys.Count; i++)
        {
            text.Append(i == 0 ? "" : ", ");
            TemplateText.PrintKey(text, Keys[i]);
            text.Append(": ");
            Values[i].PrintTo(text);
        }

        text.Append('}');
    }

    internal override Outcome Evaluate(Evaluator evaluator, bool tolerant)
    {
        if (evaluator.EvaluateAll(Values, out var allKnown) is not { } outcomes)
        {
            return Outcome.Failed;
        }

        return allKnown
            ? new TemplateValue.Map([.. Keys.Zip(Outcomes.Values(outcomes), KeyValuePair.Create)])
            : Outcome.Later(new MapExpression(Keys, Outcomes.Expressions(outcomes)));
    }
}
