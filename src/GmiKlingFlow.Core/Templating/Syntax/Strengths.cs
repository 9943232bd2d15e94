namespace GmiKlingFlow.Core.Templating.Syntax;

/// <summary>How tightly operators bind, in Scriban's order; a larger number binds tighter.</summary>
internal static class Strengths
{
    public const int Conditional = 10;

    /// <summary>The word <c>not</c>, which Scriban has not: looser than comparisons, as its readers expect.</summary>
    public const int NotWord = 60;

    public const int Unary = 200;

    /// <summary>Holds together, and needs brackets before a <c>.</c> or <c>[</c>.</summary>
    public const int Bracketed = 250;

    public const int Primary = 300;
}
