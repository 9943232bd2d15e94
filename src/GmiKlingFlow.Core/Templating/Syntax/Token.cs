namespace GmiKlingFlow.Core.Templating.Syntax;

internal enum TokenKind
{
    Name,
    Number,
    Text,
    Symbol,
    End,
}

/// <summary>A word of an expression.</summary>
/// <param name="Written">As it stands in the template; of a text the value between the quotes.</param>
/// <param name="Value">Of numbers: the value without a sign, or null for 9223372036854775808, which only a minus makes fit.</param>
/// <param name="AfterSpace">White space stands before it: <c>f [1]</c> is a call and <c>f[1]</c> is not.</param>
/// <param name="AfterLine">A line ended before it, which ends an expression outside brackets.</param>
internal readonly record struct Token(TokenKind Kind, Extent At, string Written, TemplateValue? Value, bool AfterSpace, bool AfterLine)
{
    public bool Is(string symbol) => Kind == TokenKind.Symbol && Written == symbol;

    public bool IsName(string name) => Kind == TokenKind.Name && Written == name;
}
