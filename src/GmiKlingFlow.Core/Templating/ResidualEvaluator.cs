using System.Collections.Frozen;
using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Core.Templating;

/// <summary>Computes what was left of a template, once the names it waited for are known.</summary>
public static class ResidualEvaluator
{
    private static readonly FrozenDictionary<string, string> Nowhere = FrozenDictionary<string, string>.Empty;

    /// <param name="names">The values of the names that were deferred, such as <c>face</c>.</param>
    /// <param name="place">The place of the whole template, for diagnostics.</param>
    /// <returns>Null, with a diagnostic, when it can't be computed.</returns>
    public static TemplateValue? Evaluate(
        Expression residual,
        IReadOnlyDictionary<string, TemplateValue> names,
        Place place,
        DiagnosticBag diagnostics)
    {
        var scope = new TemplateScope(names, FrozenSet<string>.Empty, Nowhere);
        return new Evaluator(scope, (_, _) => place, diagnostics, TemplateLimits.Default).EvaluateRoot(residual).Value;
    }
}
