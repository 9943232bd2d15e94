using System.Text;
using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Core.Templating.Syntax;

/// <summary><c>target[key]</c>: an element of a list, counted from the end when negative; a member of a map; a character of a text.</summary>
internal sealed record IndexExpression(Expression Target, Expression Key) : Expression
{
    internal override int Strength => Strengths.Primary;

    internal override int Height { get; } = 1 + Math.Max(Target.Height, Key.Height);

    internal override void PrintTo(StringBuilder text)
    {
        PrintOperand(text, Target, inBrackets: Target.Strength < Strengths.Primary);
        text.Append('[');
        Key.PrintTo(text);
        text.Append(']');
    }

    internal override Outcome Evaluate(Evaluator evaluator, bool tolerant)
    {
        var target = evaluator.Evaluate(Target, tolerant);
        if (target.IsFailed || evaluator.Evaluate(Key) is not { IsFailed: false } key)
        {
            return Outcome.Failed;
        }

        // face["id"] is face.id: face is a map. What is deeper may be a text, whose index and members are different things.
        if (target.Residual is NameExpression && key.Value is TemplateValue.Text { Value: var name } && TemplateText.IsPlainKey(name))
        {
            return new MemberExpression(target.Residual, name, Optional: false) { At = At }.Evaluate(evaluator, tolerant);
        }

        return target.Value is { } value && key.Value is { } index
            ? Read(evaluator, value, index, tolerant)
            : Outcome.Later(new IndexExpression(target.AsExpression(), key.AsExpression()) { At = At });
    }

    private Outcome Read(Evaluator evaluator, TemplateValue target, TemplateValue key, bool tolerant)
    {
        if (target is TemplateValue.Null)
        {
            return evaluator.Fail(At, place => TemplateDiagnostics.MemberOfNull(place, Target.Print(), TemplateText.Of(key)));
        }

        var read = (target, key) switch
        {
            (TemplateValue.List list, TemplateValue.Integer { Value: var i }) => Position(i, list.Items.Count) is { } at ? list.Items[at] : null,
            (TemplateValue.Text text, TemplateValue.Integer { Value: var i }) =>
                Position(i, text.Value.Length) is { } at ? new TemplateValue.Text(text.Value[at].ToString()) : null,
            (TemplateValue.Map, TemplateValue.Text or TemplateValue.Integer or TemplateValue.Float or TemplateValue.Bool) =>
                ValueMembers.Read(target, TemplateText.Of(key)),
            _ => evaluator.Fail(Key.At, place => TemplateDiagnostics.CannotIndex(place, ValueKinds.WithArticle(target), ValueKinds.WithArticle(key))).Value,
        };
        if (read is not null || evaluator.HasFailed)
        {
            return read;
        }

        return tolerant ? TemplateValue.Null.Instance : Missing(evaluator, target, key);
    }

    private Outcome Missing(Evaluator evaluator, TemplateValue target, TemplateValue key) => target switch
    {
        TemplateValue.Map map => evaluator.Fail(Key.At, place => TemplateDiagnostics.UnknownMember(
            place, TemplateText.Of(key), Target.Print(), map.Nearest(TemplateText.Of(key)))),
        TemplateValue.List list => evaluator.Fail(Key.At, place => TemplateDiagnostics.IndexOutOfRange(place, TemplateText.Of(key), list.Items.Count)),
        _ => evaluator.Fail(Key.At, place => TemplateDiagnostics.IndexOutOfRange(place, TemplateText.Of(key), TemplateText.Of(target).Length)),
    };

    private static int? Position(long index, int count)
    {
        var position = index < 0 ? index + count : index;
        return position >= 0 && position < count ? (int)position : null;
    }
}
