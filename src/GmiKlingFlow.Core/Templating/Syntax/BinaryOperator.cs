namespace GmiKlingFlow.Core.Templating.Syntax;

internal enum BinaryOperator
{
    Coalesce,
    Or,
    And,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Add,
    Subtract,
    Multiply,
    Divide,
    DivideWhole,
    Remainder,
    Range,
    RangeExclusive,
}

/// <summary>How binary operators are written, and how tightly they bind (Scriban's order).</summary>
internal static class BinaryOperators
{
    public static BinaryOperator? Of(string symbol) => symbol switch
    {
        "??" => BinaryOperator.Coalesce,
        "||" or "or" => BinaryOperator.Or,
        "&&" or "and" => BinaryOperator.And,
        "==" => BinaryOperator.Equal,
        "!=" => BinaryOperator.NotEqual,
        "<" => BinaryOperator.Less,
        "<=" => BinaryOperator.LessOrEqual,
        ">" => BinaryOperator.Greater,
        ">=" => BinaryOperator.GreaterOrEqual,
        "+" => BinaryOperator.Add,
        "-" => BinaryOperator.Subtract,
        "*" => BinaryOperator.Multiply,
        "/" => BinaryOperator.Divide,
        "//" => BinaryOperator.DivideWhole,
        "%" => BinaryOperator.Remainder,
        ".." => BinaryOperator.Range,
        "..<" => BinaryOperator.RangeExclusive,
        _ => null,
    };

    public static string Symbol(BinaryOperator op) => op switch
    {
        BinaryOperator.Coalesce => "??",
        BinaryOperator.Or => "||",
        BinaryOperator.And => "&&",
        BinaryOperator.Equal => "==",
        BinaryOperator.NotEqual => "!=",
        BinaryOperator.Less => "<",
        BinaryOperator.LessOrEqual => "<=",
        BinaryOperator.Greater => ">",
        BinaryOperator.GreaterOrEqual => ">=",
        BinaryOperator.Add => "+",
        BinaryOperator.Subtract => "-",
        BinaryOperator.Multiply => "*",
        BinaryOperator.Divide => "/",
        BinaryOperator.DivideWhole => "//",
        BinaryOperator.Remainder => "%",
        BinaryOperator.Range => "..",
        _ => "..<",
    };

    public static int Strength(BinaryOperator op) => op switch
    {
        BinaryOperator.Coalesce => 20,
        BinaryOperator.Or => 30,
        BinaryOperator.And => 40,
        BinaryOperator.Equal or BinaryOperator.NotEqual => 70,
        <= BinaryOperator.GreaterOrEqual => 80,
        BinaryOperator.Add or BinaryOperator.Subtract => 100,
        <= BinaryOperator.Remainder => 110,
        _ => 130,
    };

    public static bool IsComparison(BinaryOperator op) => op is >= BinaryOperator.Equal and <= BinaryOperator.GreaterOrEqual;
}
