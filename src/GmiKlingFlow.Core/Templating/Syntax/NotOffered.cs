using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Core.Templating.Syntax;

/// <summary>Parts of Scriban that flows do without, each with what to use in its place.</summary>
internal static class NotOffered
{
    /// <returns>The diagnostic for what stands there, or null when it is something else.</returns>
    public static Func<Place, Diagnostic>? At(IReadOnlyList<Token> tokens, int index)
    {
        var token = tokens[index];
        var isAssigned = index + 1 < tokens.Count && IsAssignment(tokens[index + 1].Written) && tokens[index + 1].Kind == TokenKind.Symbol;
        return token.Kind switch
        {
            TokenKind.Name when !isAssigned && Statement(token.Written) is { } alternative =>
                place => TemplateDiagnostics.StatementNotOffered(place, token.Written, alternative),
            TokenKind.Symbol when Operator(token.Written) is { } alternative =>
                place => TemplateDiagnostics.OperatorNotOffered(place, token.Written, alternative),
            _ => null,
        };
    }

    private static string? Statement(string word) => word switch
    {
        "for" or "while" or "tablerow" => "Use \"matrix:\" for repetition, or array functions.",
        "if" or "else" or "case" => "Use \"condition ? a : b\", or \"when:\" for whole jobs.",
        "when" => "Use \"when:\" of the job.",
        "end" => "Templates hold one expression.",
        "func" or "do" or "ret" or "wrap" or "with" or "capture" => "Write the expression out, or put it in \"vars:\".",
        "import" or "include" or "include_join" => "Use \"include:\" of the flow.",
        "break" or "continue" or "readonly" => "Templates hold one expression.",
        "this" or "empty" => "Name the value, as in \"vars.x\".",
        _ => null,
    };

    private static string? Operator(string symbol) => symbol switch
    {
        _ when IsAssignment(symbol) => "Put the value in \"vars:\"; to compare use \"==\".",
        "++" or "--" => "Write \"+ 1\" or \"- 1\".",
        ";" => "Templates hold one expression.",
        "<<" or ">>" => "Multiply or divide instead.",
        "&" => "Use \"&&\".",
        "^" or "$" => "Write the values out.",
        "@" => "It is for arguments of array.each, array.filter and array.join.",
        "?!" => "Use \"condition ? a : b\".",
        _ => null,
    };

    private static bool IsAssignment(string symbol) => symbol is "=" or "+=" or "-=" or "*=" or "/=" or "//=" or "%=";
}
