using GmiKlingFlow.Core.Templating.Syntax;

namespace GmiKlingFlow.Core.Templating;

/// <summary>Operators on two known values, with Scriban's meaning: text wins over numbers, null makes null, <c>/</c> is always a float.</summary>
internal static class Arithmetic
{
    public static Outcome Apply(Evaluator evaluator, Extent at, BinaryOperator op, TemplateValue left, TemplateValue right) => (left, right) switch
    {
        (TemplateValue.Text, _) or (_, TemplateValue.Text) => TextArithmetic.Apply(evaluator, at, op, left, right),
        (TemplateValue.Null, _) or (_, TemplateValue.Null) => WithNull(op, left, right),
        (TemplateValue.Integer a, TemplateValue.Integer b) => WholeNumbers(evaluator, at, op, a.Value, b.Value),
        _ when Number(left) is { } a && Number(right) is { } b && (left is TemplateValue.Float || right is TemplateValue.Float) => Floats(evaluator, at, op, a, b),
        _ when Whole(left) is { } a && Whole(right) is { } b && (left is not TemplateValue.Bool || right is not TemplateValue.Bool) => WholeNumbers(evaluator, at, op, a, b),
        (TemplateValue.Moment a, TemplateValue.Moment b) when op == BinaryOperator.Subtract => new TemplateValue.Span(a.Value - b.Value),
        (TemplateValue.Moment a, TemplateValue.Moment b) when BinaryOperators.IsComparison(op) => Outcome.Of(Compared(op, a.Value.CompareTo(b.Value))),
        (TemplateValue.Moment a, TemplateValue.Span b) when op == BinaryOperator.Add => Later(evaluator, at, a.Value, b.Value),
        _ when op is BinaryOperator.Equal or BinaryOperator.NotEqual && left.GetType() == right.GetType() =>
            Outcome.Of(ValueEquality.AreEqual(left, right) == (op == BinaryOperator.Equal)),
        _ => Unfit(evaluator, at, op, left, right),
    };

    public static Outcome Unfit(Evaluator evaluator, Extent at, BinaryOperator op, TemplateValue left, TemplateValue right) =>
        evaluator.Fail(at, place => TemplateDiagnostics.OperatorUnfit(place, BinaryOperators.Symbol(op), ValueKinds.WithArticle(left), ValueKinds.WithArticle(right)));

    public static bool Compared(BinaryOperator op, int order) => op switch
    {
        BinaryOperator.Equal => order == 0,
        BinaryOperator.NotEqual => order != 0,
        BinaryOperator.Less => order < 0,
        BinaryOperator.LessOrEqual => order <= 0,
        BinaryOperator.Greater => order > 0,
        _ => order >= 0,
    };

    private static Outcome WithNull(BinaryOperator op, TemplateValue left, TemplateValue right) => op switch
    {
        BinaryOperator.Equal => Outcome.Of(left is TemplateValue.Null && right is TemplateValue.Null),
        BinaryOperator.NotEqual => Outcome.Of(left is not TemplateValue.Null || right is not TemplateValue.Null),
        _ when BinaryOperators.IsComparison(op) => Outcome.Of(false),
        _ => TemplateValue.Null.Instance,
    };

    private static Outcome WholeNumbers(Evaluator evaluator, Extent at, BinaryOperator op, long a, long b)
    {
        switch (op)
        {
            case BinaryOperator.Divide:
                return Finite(evaluator, at, (double)a / b);
            case BinaryOperator.DivideWhole or BinaryOperator.Remainder when b == 0:
                return evaluator.Fail(at, TemplateDiagnostics.DivisionByZero);
            case BinaryOperator.Range or BinaryOperator.RangeExclusive:
                return Range(evaluator, at, a, b, inclusive: op == BinaryOperator.Range);
            case var _ when BinaryOperators.IsComparison(op):
                return Outcome.Of(Compared(op, a.CompareTo(b)));
        }

        Int128 result = op switch
        {
            BinaryOperator.Add => (Int128)a + b,
            BinaryOperator.Subtract => (Int128)a - b,
            BinaryOperator.Multiply => (Int128)a * b,
            BinaryOperator.DivideWhole => (Int128)a / b,
            _ => (Int128)a % b,
        };
        return result >= long.MinValue && result <= long.MaxValue
            ? new TemplateValue.Integer((long)result)
            : evaluator.Fail(at, TemplateDiagnostics.NumberTooLarge);
    }

    private static Outcome Range(Evaluator evaluator, Extent at, long first, long last, bool inclusive)
    {
        var (step, distance) = first <= last ? (1, (Int128)last - first) : (-1, (Int128)first - last);
        var count = distance + (inclusive ? 1 : 0);
        if (!evaluator.MayMakeList((long)Int128.Min(count, long.MaxValue), at))
        {
            return Outcome.Failed;
        }

        var items = new TemplateValue[(int)count];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = new TemplateValue.Integer(first + ((long)i * step));
        }

        return new TemplateValue.List(items);
    }

    private static Outcome Floats(Evaluator evaluator, Extent at, BinaryOperator op, double a, double b) => op switch
    {
        BinaryOperator.Add => Finite(evaluator, at, a + b),
        BinaryOperator.Subtract => Finite(evaluator, at, a - b),
        BinaryOperator.Multiply => Finite(evaluator, at, a * b),
        BinaryOperator.Divide => Finite(evaluator, at, a / b),
        BinaryOperator.DivideWhole => Finite(evaluator, at, Math.Round(a / b)),
        BinaryOperator.Remainder => Finite(evaluator, at, a % b),
        BinaryOperator.NotEqual => Outcome.Of(!a.Equals(b)),
        _ when BinaryOperators.IsComparison(op) => Outcome.Of(Compared(op, a.CompareTo(b))),
        _ => Unfit(evaluator, at, op, new TemplateValue.Float(a), new TemplateValue.Float(b)),
    };

    // Scriban goes on with infinity and not-a-number, which no request can carry.
    private static Outcome Finite(Evaluator evaluator, Extent at, double value) =>
        double.IsFinite(value) ? new TemplateValue.Float(value) : evaluator.Fail(at, TemplateDiagnostics.DivisionByZero);

    private static Outcome Later(Evaluator evaluator, Extent at, DateTime moment, TimeSpan by) =>
        DateRange.Add(moment, by.Ticks) is { } later ? new TemplateValue.Moment(later) : evaluator.Fail(at, TemplateDiagnostics.DateOutOfRange);

    private static double? Number(TemplateValue value) => value is TemplateValue.Float number ? number.Value : Whole(value);

    private static long? Whole(TemplateValue value) => value switch
    {
        TemplateValue.Integer number => number.Value,
        TemplateValue.Bool truth => truth.Value ? 1 : 0,
        _ => null,
    };
}
