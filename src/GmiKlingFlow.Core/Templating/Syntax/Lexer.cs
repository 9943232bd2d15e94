using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Core.Templating.Syntax;

/// <summary>Cuts one <c>{{ }}</c> block into tokens and finds its end.</summary>
internal sealed class Lexer(string text, int start, Func<int, int, Place> placeOf, DiagnosticBag diagnostics, int opening)
{
    // Longest first.
    private static readonly string[] Symbols =
    [
        "..<", "//=",
        "?.", "??", "?!", "==", "!=", "<=", ">=", "<<", ">>", "&&", "||", "|>", "++", "+=", "--", "-=", "*=", "//", "/=", "%=", "..",
        "?", "=", "!", "<", ">", "&", "|", "+", "-", "*", "/", "%", ".", ",", ":", ";", "(", ")", "[", "]", "{", "}", "@", "^", "$",
    ];

    private readonly List<Token> tokens = [];
    private int position = start;
    private int openBraces;
    private bool afterSpace;
    private bool afterLine;

    /// <summary>Just behind the <c>}}</c>.</summary>
    public int End => position;

    /// <summary><c>-</c> or <c>~</c> before the <c>}}</c>; else a space.</summary>
    public char Strip { get; private set; } = ' ';

    public static bool StartsName(char c) => c == '_' || char.IsLetter(c);

    public static bool ContinuesName(char c) => c == '_' || char.IsLetterOrDigit(c);

    public static bool IsReserved(string name) => name is "true" or "false" or "null" or "and" or "or" or "not";

    /// <returns>Null, with a diagnostic, when it can't be read.</returns>
    public List<Token>? Read()
    {
        while (true)
        {
            SkipSpace();
            if (position >= text.Length)
            {
                Add(TemplateDiagnostics.NotClosed, opening, 2);
                return null;
            }

            if (openBraces == 0 && AtEnd())
            {
                tokens.Add(new Token(TokenKind.End, new Extent(position, 2), "}}", null, afterSpace, afterLine));
                position += Strip == ' ' ? 2 : 3;
                return tokens;
            }

            if (!ReadToken())
            {
                return null;
            }

            afterSpace = afterLine = false;
        }
    }

    private bool AtEnd()
    {
        if (At("}}"))
        {
            return true;
        }

        if (!At("-}}") && !At("~}}"))
        {
            return false;
        }

        Strip = text[position];
        return true;
    }

    private void SkipSpace()
    {
        while (position < text.Length)
        {
            if (text[position] == '#')
            {
                SkipComment();
            }
            else if (!char.IsWhiteSpace(text[position]))
            {
                return;
            }
            else
            {
                afterLine |= text[position++] == '\n';
            }

            afterSpace = true;
        }
    }

    // # to the end of the line, ## to the next ##; both end with the block as well.
    private void SkipComment()
    {
        var ends = At("##") ? "##" : "\n";
        position += ends.Length;
        while (position < text.Length && !At("}}"))
        {
            if (At(ends))
            {
                position += ends == "##" ? 2 : 0;
                return;
            }

            position++;
        }
    }

    private bool ReadToken()
    {
        var c = text[position];
        return c switch
        {
            '"' or '\'' => ReadText(c),
            '`' => ReadVerbatim(),
            _ when char.IsAsciiDigit(c) => ReadNumber(),
            _ when StartsName(c) => ReadName(),
            _ => ReadSymbol(),
        };
    }

    private bool ReadName()
    {
        var end = position;
        while (end < text.Length && ContinuesName(text[end]))
        {
            end++;
        }

        Add(TokenKind.Name, end, text[position..end], null);
        return true;
    }

    private bool ReadNumber()
    {
        var number = NumberLiteral.Read(text, position);
        if (number.Problem is { } problem)
        {
            Add(problem, position, number.Length);
            return false;
        }

        Add(TokenKind.Number, position + number.Length, text.Substring(position, number.Length), number.Value);
        return true;
    }

    private bool ReadText(char quote)
    {
        var literal = new EscapedText(text, position, quote);
        if (!literal.Read())
        {
            if (literal.BadEscape is { } escape)
            {
                Add(place => TemplateDiagnostics.UnknownEscape(place, escape), literal.End, escape.Length);
            }
            else
            {
                Add(TemplateDiagnostics.TextNotClosed, position, 1);
            }

            return false;
        }

        Add(TokenKind.Text, literal.End, literal.Value, null);
        return true;
    }

    private bool ReadVerbatim()
    {
        var end = text.IndexOf('`', position + 1);
        if (end < 0)
        {
            Add(TemplateDiagnostics.TextNotClosed, position, 1);
            return false;
        }

        Add(TokenKind.Text, end + 1, text[(position + 1)..end], null);
        return true;
    }

    private bool ReadSymbol()
    {
        foreach (var symbol in Symbols)
        {
            // In a ?.5:1 the point belongs to the number.
            if (!At(symbol) || symbol == "?." && position + 2 < text.Length && char.IsAsciiDigit(text[position + 2]))
            {
                continue;
            }

            openBraces += symbol switch { "{" => 1, "}" => -1, _ => 0 };
            openBraces = Math.Max(openBraces, 0);
            Add(TokenKind.Symbol, position + symbol.Length, symbol, null);
            return true;
        }

        var length = char.IsSurrogatePair(text, position) ? 2 : 1;
        var character = text.Substring(position, length);
        Add(place => TemplateDiagnostics.UnknownCharacter(place, character), position, length);
        return false;
    }

    private bool At(string symbol) => string.CompareOrdinal(text, position, symbol, 0, symbol.Length) == 0;

    private void Add(TokenKind kind, int end, string written, TemplateValue? value)
    {
        tokens.Add(new Token(kind, new Extent(position, end - position), written, value, afterSpace, afterLine));
        position = end;
    }

    private void Add(Func<Place, Diagnostic> diagnostic, int offset, int length) => diagnostics.Add(diagnostic(placeOf(offset, length)));
}
