namespace GmiKlingFlow.Core.Templating;

/// <summary>The names that a template may read.</summary>
/// <param name="Values">Known now.</param>
/// <param name="Deferred">Names that exist but are known only later (<c>face</c>): what uses them becomes a residual expression.</param>
/// <param name="Elsewhere">Names that exist in the language but not at this place, each with the reason, for the message.</param>
public sealed record TemplateScope(
    IReadOnlyDictionary<string, TemplateValue> Values,
    IReadOnlySet<string> Deferred,
    IReadOnlyDictionary<string, string> Elsewhere);
