using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Templating.Functions;

namespace GmiKlingFlow.Core.Templating.Syntax;

/// <summary>Reads one expression: conditionals and pipes, binary operators by strength, then operands.</summary>
internal sealed partial class Parser(IReadOnlyList<Token> tokens, Func<int, int, Place> placeOf, DiagnosticBag diagnostics)
{
    /// <summary>A chain such as <c>a + b + c</c> goes deep without looking nested; it may be this much longer than brackets may be deep.</summary>
    public const int ChainFactor = 3;

    private static readonly int MostNested = TemplateLimits.Default.Depth;

    public static readonly int MostHeight = MostNested * ChainFactor;

    private readonly HashSet<string> names = new(StringComparer.Ordinal);
    private int next;
    private int nesting;

    // Inside brackets a line may end anywhere; among arguments without brackets a name takes no arguments of its own.
    private int brackets;
    private bool amongArguments;
    private bool colonEnds;

    /// <summary>The top-level names that were read.</summary>
    public IReadOnlyCollection<string> Names => names;

    private Token Current => tokens[next];

    /// <returns>Null, with a diagnostic, when it is not an expression of the language.</returns>
    public Expression? Parse()
    {
        if (Current.Kind == TokenKind.End)
        {
            return Fail(Current.At, TemplateDiagnostics.Empty);
        }

        if (ParseExpression() is not { } expression)
        {
            return null;
        }

        return Current.Kind == TokenKind.End ? expression : NotTheEnd();
    }

    private Expression? ParseExpression()
    {
        if (++nesting > MostNested)
        {
            return Fail(Current.At, TooDeep);
        }

        var left = ParseBinary(0);
        while (left is not null && Continues)
        {
            if (Current.Is("?"))
            {
                left = ParseConditional(left);
                break;
            }

            if (!Current.Is("|") && !Current.Is("|>"))
            {
                break;
            }

            next++;
            left = ParsePipe(left);
        }

        nesting--;
        return left;
    }

    // A line that ends outside brackets ends the expression, as in Scriban.
    private bool Continues => brackets > 0 || !Current.AfterLine;

    private Expression? ParseConditional(Expression condition)
    {
        next++;
        var before = colonEnds;
        colonEnds = true;
        var then = ParseExpression();
        colonEnds = before;
        if (then is null || !Expect(":", "between the two values of \"?\""))
        {
            return null;
        }

        return ParseExpression() is { } otherwise
            ? Checked(new ConditionalExpression(condition, then, otherwise) { At = condition.At.To(otherwise.At) })
            : null;
    }

    private Expression? ParseBinary(int weakest) =>
        ParseUnary() is { } left ? ParseOperators(left, weakest) : null;

    private Expression? ParseOperators(Expression left, int weakest)
    {
        while (Continues && OperatorAt(Current) is { } op && BinaryOperators.Strength(op) is var strength && strength > weakest)
        {
            next++;
            if (ParseBinary(strength) is not { } right
                || Checked(new BinaryExpression(op, left, right) { At = left.At.To(right.At) }) is not { } combined)
            {
                return null;
            }

            left = combined;
        }

        return left;
    }

    private static BinaryOperator? OperatorAt(Token token) =>
        token.Kind == TokenKind.Symbol || token.IsName("and") || token.IsName("or") ? BinaryOperators.Of(token.Written) : null;

    private Expression? ParseUnary()
    {
        var token = Current;
        UnaryOperator? op = token switch
        {
            _ when token.Is("!") || token.IsName("not") => UnaryOperator.Not,
            _ when token.Is("-") => UnaryOperator.Negate,
            _ when token.Is("+") => UnaryOperator.Plus,
            _ => null,
        };
        if (op is not { } known)
        {
            return ParsePostfix();
        }

        next++;
        if (known == UnaryOperator.Negate && Current.Kind == TokenKind.Number)
        {
            return NegativeNumber(token);
        }

        if (++nesting > MostNested)
        {
            return Fail(token.At, TooDeep);
        }

        var operand = token.Kind == TokenKind.Name ? ParseBinary(Strengths.NotWord) : ParseUnary();
        nesting--;
        return operand is null ? null : Checked(new UnaryExpression(known, operand) { At = token.At.To(operand.At) });
    }

    private LiteralExpression NegativeNumber(Token minus)
    {
        var number = Current;
        next++;
        TemplateValue value = number.Value switch
        {
            TemplateValue.Integer whole => new TemplateValue.Integer(-whole.Value),
            TemplateValue.Float fraction => new TemplateValue.Float(-fraction.Value),
            _ => new TemplateValue.Integer(long.MinValue),
        };
        return new LiteralExpression(value) { At = minus.At.To(number.At) };
    }

    private Expression? ParsePostfix()
    {
        var target = ParsePrimary();
        var optional = false;
        while (target is not null && Continues)
        {
            if (Current.Is(".") || Current.Is("?."))
            {
                // After one ?. the dots that follow are as forgiving, as in Scriban.
                optional |= Current.Is("?.");
                target = ParseMember(target, optional);
            }
            else if (Current.Is("[") && !Current.AfterSpace)
            {
                optional = false;
                target = ParseIndex(target);
            }
            else
            {
                break;
            }
        }

        return target;
    }

    private Expression? ParseMember(Expression target, bool optional)
    {
        next++;
        if (Current.Kind != TokenKind.Name)
        {
            return Unexpected("a name after the dot");
        }

        var name = Current;
        next++;
        return Checked(new MemberExpression(target, name.Written, optional) { At = target.At.To(name.At) });
    }

    private Expression? ParseIndex(Expression target)
    {
        var key = InBrackets(ParseExpression);
        var end = Current.At;
        return key is not null && Expect("]", "after the index")
            ? Checked(new IndexExpression(target, key) { At = target.At.To(end) })
            : null;
    }

    // Reads what follows an opening bracket, with the manners of brackets.
    private T? InBrackets<T>(Func<T?> parse)
        where T : class
    {
        next++;
        var (arguments, colon) = (amongArguments, colonEnds);
        (amongArguments, colonEnds) = (false, false);
        brackets++;
        var result = parse();
        brackets--;
        (amongArguments, colonEnds) = (arguments, colon);
        return result;
    }

    private Expression? Checked(Expression expression) =>
        expression.Height <= MostHeight ? expression : Fail(expression.At, TooDeep);

    private static Diagnostic TooDeep(Place place) => TemplateDiagnostics.TooDeep(place, MostNested);

    private bool Expect(string symbol, string where)
    {
        if (Current.Is(symbol))
        {
            next++;
            return true;
        }

        Unexpected($"\"{symbol}\" {where}");
        return false;
    }

    private Expression? Unexpected(string expected)
    {
        var token = Current;
        return NotOffered.At(tokens, next) is { } notOffered
            ? Fail(token.At, notOffered)
            : Fail(token.At, place => TemplateDiagnostics.Unexpected(place, token.Kind == TokenKind.End ? "}}" : token.Written, expected));
    }

    private Expression? Fail(Extent at, Func<Place, Diagnostic> diagnostic)
    {
        diagnostics.Add(diagnostic(placeOf(at.Offset, at.Length)));
        return null;
    }

    private Expression? NotTheEnd()
    {
        var token = Current;
        if (NotOffered.At(tokens, next) is { } notOffered)
        {
            return Fail(token.At, notOffered);
        }

        // name "argument": the writer meant a function.
        if (next > 0 && tokens[next - 1] is { Kind: TokenKind.Name } before && (next < 2 || !tokens[next - 2].Is("."))
            && token is { Kind: not TokenKind.Symbol, AfterLine: false })
        {
            var nearest = FunctionTable.Nearest(before.Written);
            return Fail(before.At, place => TemplateDiagnostics.UnknownFunction(place, before.Written, nearest));
        }

        return Fail(token.At, place => TemplateDiagnostics.MoreThanOne(place, token.Written));
    }
}
