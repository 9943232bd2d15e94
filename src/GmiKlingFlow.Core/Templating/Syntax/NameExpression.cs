using System.Text;

namespace GmiKlingFlow.Core.Templating.Syntax;

/// <summary>A top-level name such as <c>vars</c>.</summary>
internal sealed record NameExpression(string Name) : Expression
{
    internal override int Strength => Strengths.Primary;

    internal override int Height => 1;

    internal override void PrintTo(StringBuilder text) => text.Append(Name);

    internal override Outcome Evaluate(Evaluator evaluator, bool tolerant)
    {
        var scope = evaluator.Scope;
        if (scope.Values.TryGetValue(Name, out var value))
        {
            return value;
        }

        if (scope.Deferred.Contains(Name))
        {
            return Outcome.Later(this);
        }

        return evaluator.Fail(At, scope.Elsewhere.TryGetValue(Name, out var reason)
            ? place => TemplateDiagnostics.NameNotHere(place, Name, reason)
            : place => TemplateDiagnostics.UnknownName(place, Name, scope.NearestTo(Name)));
    }
}
