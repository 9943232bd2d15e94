using GmiKlingFlow.Core.Templating.Syntax;

namespace GmiKlingFlow.Core.Templating.Functions;

/// <summary>The arguments of one call, already of the kinds the parameters ask for, and the bounds its result must keep.</summary>
internal sealed class Arguments(Evaluator evaluator, Function function, CallExpression call, TemplateValue[] values)
{
    public TimeProvider? Clock => evaluator.Scope.Clock;

    public TemplateValue this[int index] => values[index];

    public static TemplateValue Null => TemplateValue.Null.Instance;

    public static TemplateValue Of(bool value) => new TemplateValue.Bool(value);

    public static TemplateValue Of(long value) => new TemplateValue.Integer(value);

    /// <summary>The text; empty for null.</summary>
    public string Text(int index) => (values[index] as TemplateValue.Text)?.Value ?? "";

    public string? TextOrNull(int index) => (values[index] as TemplateValue.Text)?.Value;

    public long Integer(int index) => (values[index] as TemplateValue.Integer)?.Value ?? 0;

    public double Number(int index) => (values[index] as TemplateValue.Float)?.Value ?? 0;

    public IReadOnlyList<TemplateValue>? List(int index) => (values[index] as TemplateValue.List)?.Items;

    public bool IsNull(int index) => values[index] is TemplateValue.Null;

    public TemplateValue? Make(string text) => MayMakeText(text.Length) ? new TemplateValue.Text(text) : null;

    public TemplateValue? Make(double number) =>
        double.IsFinite(number) ? new TemplateValue.Float(number) : evaluator.Fail(call.At, TemplateDiagnostics.NumberTooLarge).Value;

    public TemplateValue? Make(ICollection<TemplateValue> items) => MayMakeList(items.Count) ? new TemplateValue.List([.. items]) : null;

    public bool MayMakeText(long length) => evaluator.MayMakeText(length, call.At);

    /// <summary>Asks whether a text that is being made may grow.</summary>
    public bool MayAppend(long length, long more) => evaluator.MayAppend(length, more, call.At);

    public bool MayMakeList(long count) => evaluator.MayMakeList(count, call.At);

    public bool Spend(long steps) => evaluator.Spend(steps, call.At);

    public string? TextOf(TemplateValue value) => evaluator.TextOf(value, call.At);

    public TemplateValue? Apply(BinaryOperator op, TemplateValue left, TemplateValue right) => Arithmetic.Apply(evaluator, call.At, op, left, right).Value;

    /// <summary>Calls the function given as the argument with one value; without such an argument gives the value itself.</summary>
    public TemplateValue? CallArgument(int index, TemplateValue value)
    {
        if (index >= call.Arguments.Count || call.Arguments[index] is not FunctionReference reference)
        {
            return value;
        }

        return evaluator.Spend(1, call.At) ? reference.Function.Invoke(evaluator, call, [value]).Value : null;
    }

    /// <summary>Adds a diagnostic that this argument is not what the function needs.</summary>
    public TemplateValue? Unfit(int index, string expected) =>
        evaluator.Fail(At(index), place => TemplateDiagnostics.ArgumentUnfit(place, function.FullName, Shown.Of(values[index]), expected)).Value;

    public TemplateValue? Fail(Func<Diagnostics.Place, Diagnostics.Diagnostic> diagnostic) => evaluator.Fail(call.At, diagnostic).Value;

    private Extent At(int index) => index < call.Arguments.Count && call.Arguments[index].At.Length > 0 ? call.Arguments[index].At : call.At;
}
