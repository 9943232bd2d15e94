using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Templating.Functions;

namespace GmiKlingFlow.Core.Templating.Syntax;

// Function calls: f(a, b), f a b, a | f b, and named arguments in each.
internal sealed partial class Parser
{
    private readonly record struct FunctionName(Function Function, Extent At);

    private Expression? ParsePipe(Expression piped)
    {
        var token = Current;
        if (token.Kind != TokenKind.Name)
        {
            return Unexpected("a function after \"|\"");
        }

        if (!FunctionTable.IsGroup(token.Written) && FunctionTable.Find("", token.Written) is null)
        {
            var written = Current.Written;
            var nearest = FunctionTable.Nearest(written);
            return Fail(token.At, place => TemplateDiagnostics.UnknownFunction(place, written, nearest));
        }

        // In x | f + 1 the sum is made from what f gives.
        return ParseFunctionName() is { } function && ParseCall(function, piped) is { } call && ParseSuffix(call) is { } operand
            ? ParseOperators(operand, 0)
            : null;
    }

    private Expression? ParseSuffix(Expression call) =>
        tokens[next - 1].Is(")") && Current.Is("[") && !Current.AfterSpace ? ParseIndex(call) : call;

    private FunctionName? ParseFunctionName()
    {
        var first = Current;
        next++;
        if (FunctionTable.Find("", first.Written) is { } single)
        {
            return new FunctionName(single, first.At);
        }

        if (!Expect(".", $"and the name of a function after \"{first.Written}\""))
        {
            return null;
        }

        var second = Current;
        if (second.Kind != TokenKind.Name)
        {
            Unexpected($"the name of a function after \"{first.Written}.\"");
            return null;
        }

        next++;
        var at = first.At.To(second.At);
        if (FunctionTable.Find(first.Written, second.Written) is { } function)
        {
            return new FunctionName(function, at);
        }

        var written = $"{first.Written}.{second.Written}";
        var nearest = FunctionTable.Nearest(written);
        Fail(at, place => TemplateDiagnostics.UnknownFunction(place, written, nearest));
        return null;
    }

    private Expression? ParseCall(FunctionName function, Expression? piped)
    {
        var binder = new ArgumentBinder(function.Function, function.At, placeOf, diagnostics);
        if (piped is not null)
        {
            binder.Add(piped);
        }

        if (Current.Is("(") && !Current.AfterSpace)
        {
            if (InBrackets(() => ParseArguments(binder)) is null || !Expect(")", "after the arguments"))
            {
                return null;
            }
        }
        else if (!amongArguments && !ParseBareArguments(binder))
        {
            return null;
        }

        return binder.Bind(function.At.To(tokens[next - 1].At)) is { } call ? Checked(call) : null;
    }

    private ArgumentBinder? ParseArguments(ArgumentBinder binder)
    {
        while (!Current.Is(")"))
        {
            if (!ParseArgument(binder, ParseExpression))
            {
                return null;
            }

            if (!Current.Is(","))
            {
                break;
            }

            next++;
        }

        return binder;
    }

    private bool ParseBareArguments(ArgumentBinder binder)
    {
        amongArguments = true;
        var isGood = true;
        while (isGood && Continues && StartsArgument(Current))
        {
            isGood = ParseArgument(binder, () => ParseBinary(0));
        }

        amongArguments = false;
        return isGood;
    }

    private bool ParseArgument(ArgumentBinder binder, Func<Expression?> parse)
    {
        var name = Current;
        if (!colonEnds && name.Kind == TokenKind.Name && tokens[next + 1].Is(":"))
        {
            next += 2;
            return (Current.Is("@") ? ParseReference() : parse()) is { } named && binder.Add(name, named);
        }

        if ((Current.Is("@") ? ParseReference() : parse()) is not { } argument)
        {
            return false;
        }

        binder.Add(argument);
        return true;
    }

    private FunctionReference? ParseReference()
    {
        var start = Current.At;
        next++;
        if (Current.Kind != TokenKind.Name)
        {
            Unexpected("the name of a function after \"@\"");
            return null;
        }

        if (!FunctionTable.IsGroup(Current.Written) && FunctionTable.Find("", Current.Written) is null)
        {
            var token = Current;
            var nearest = FunctionTable.Nearest(token.Written);
            Fail(token.At, place => TemplateDiagnostics.UnknownFunction(place, token.Written, nearest));
            return null;
        }

        return ParseFunctionName() is { } function ? new FunctionReference(function.Function) { At = start.To(function.At) } : null;
    }

    private static bool StartsArgument(Token token) => token.Kind switch
    {
        TokenKind.Name => token.Written is not ("and" or "or"),
        TokenKind.Number or TokenKind.Text => true,
        TokenKind.Symbol => token.Written is "(" or "[" or "{" or "!" or "@" && token.AfterSpace,
        _ => false,
    };
}
