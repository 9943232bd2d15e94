namespace GmiKlingFlow.Core.Templating;

/// <summary>Bounds that make every evaluation end, whatever the template says.</summary>
/// <param name="Steps">Evaluated nodes and loop rounds inside functions.</param>
/// <param name="Depth">Nesting of expressions, when parsed and when evaluated.</param>
/// <param name="OutputLength">Characters of any text, and elements of any list, that a template makes.</param>
public sealed record TemplateLimits(int Steps, int Depth, int OutputLength)
{
    public static readonly TemplateLimits Default = new(Steps: 100_000, Depth: 100, OutputLength: 1_000_000);
}
