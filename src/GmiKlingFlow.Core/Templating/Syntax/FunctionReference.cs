using System.Text;
using GmiKlingFlow.Core.Templating.Functions;

namespace GmiKlingFlow.Core.Templating.Syntax;

/// <summary><c>@string.upcase</c>: a function handed to <c>array.each</c> and its like. Never evaluated by itself.</summary>
internal sealed record FunctionReference(Function Function) : Expression
{
    internal override int Strength => Strengths.Primary;

    internal override int Height => 1;

    internal override void PrintTo(StringBuilder text) => text.Append('@').Append(Function.FullName);

    internal override Outcome Evaluate(Evaluator evaluator, bool tolerant) => TemplateValue.Null.Instance;
}
