using System.Text;
using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Core.Templating.Syntax;

/// <summary><c>target.name</c>, or <c>target?.name</c>, which is null where the target is null or has no such member.</summary>
internal sealed record MemberExpression(Expression Target, string Name, bool Optional) : Expression
{
    internal override int Strength => Strengths.Primary;

    internal override int Height { get; } = 1 + Target.Height;

    internal override void PrintTo(StringBuilder text)
    {
        PrintOperand(text, Target, inBrackets: Target.Strength < Strengths.Primary || !Optional && Target is MemberExpression { Optional: true });
        text.Append(Optional ? "?." : ".").Append(Name);
    }

    internal override Outcome Evaluate(Evaluator evaluator, bool tolerant)
    {
        var mayMiss = tolerant || Optional;
        var target = evaluator.Evaluate(Target, mayMiss);
        return target switch
        {
            { IsFailed: true } => target,
            { Residual: NameExpression name } when !mayMiss && !evaluator.Scope.WillHave(name.Name, Name) =>
                Missing(evaluator, NearestName.Of(Name, evaluator.Scope.DeferredMembers[name.Name])),
            { Residual: { } residual } => Outcome.Later(new MemberExpression(residual, Name, Optional) { At = At }),
            { Value: { } value } => Read(evaluator, value, mayMiss),
            _ => Outcome.Failed,
        };
    }

    private Outcome Read(Evaluator evaluator, TemplateValue target, bool mayMiss)
    {
        if (target is TemplateValue.Null)
        {
            return Optional
                ? TemplateValue.Null.Instance
                : evaluator.Fail(At, place => TemplateDiagnostics.MemberOfNull(place, Target.Print(), Name));
        }

        if (ValueMembers.Read(target, Name) is { } value)
        {
            return value;
        }

        if (mayMiss)
        {
            return TemplateValue.Null.Instance;
        }

        return ValueMembers.Names(target) is { } names
            ? Missing(evaluator, target is TemplateValue.Map map ? map.Nearest(Name) : NearestName.Of(Name, names))
            : evaluator.Fail(At, place => TemplateDiagnostics.NoMembers(place, Name, ValueKinds.WithArticle(target)));
    }

    private Outcome Missing(Evaluator evaluator, string? nearest) =>
        evaluator.Fail(At, place => TemplateDiagnostics.UnknownMember(place, Name, Target.Print(), nearest));
}
