using GmiKlingFlow.Core.Templating.Functions;

namespace GmiKlingFlow.Core.Templating.Syntax;

// Literals, names, lists, maps and brackets.
internal sealed partial class Parser
{
    private Expression? ParsePrimary()
    {
        var token = Current;
        switch (token.Kind)
        {
            case TokenKind.Number:
                next++;
                return token.Value is { } number
                    ? new LiteralExpression(number) { At = token.At }
                    : Fail(token.At, TemplateDiagnostics.NumberTooLarge);
            case TokenKind.Text:
                next++;
                return new LiteralExpression(new TemplateValue.Text(token.Written)) { At = token.At };
            case TokenKind.Name:
                return ParseName();
            default:
                return token.Written switch
                {
                    "(" => ParseBrackets(),
                    "[" => ParseList(),
                    "{" => ParseMap(),
                    _ => Unexpected("a value"),
                };
        }
    }

    private Expression? ParseName()
    {
        var token = Current;
        if (FunctionTable.IsGroup(token.Written) || FunctionTable.Find("", token.Written) is not null)
        {
            return ParseFunctionName() is { } function ? ParseCall(function, piped: null) : null;
        }

        if (NotOffered.At(tokens, next) is { } notOffered)
        {
            return Fail(token.At, notOffered);
        }

        TemplateValue? value = token.Written switch
        {
            "true" => new TemplateValue.Bool(true),
            "false" => new TemplateValue.Bool(false),
            "null" => TemplateValue.Null.Instance,
            _ => null,
        };
        if (value is null && Lexer.IsReserved(token.Written))
        {
            return Unexpected("a value");
        }

        next++;
        if (value is not null)
        {
            return new LiteralExpression(value) { At = token.At };
        }

        // name(...) can only be a function.
        if (Current.Is("(") && !Current.AfterSpace)
        {
            var nearest = FunctionTable.Nearest(token.Written);
            return Fail(token.At, place => TemplateDiagnostics.UnknownFunction(place, token.Written, nearest));
        }

        names.Add(token.Written);
        return new NameExpression(token.Written) { At = token.At };
    }

    private Expression? ParseBrackets()
    {
        var inner = InBrackets(ParseExpression);
        return inner is not null && Expect(")", "to close the bracket") ? inner : null;
    }

    private Expression? ParseList()
    {
        var start = Current.At;
        var items = InBrackets(() => ParseItems("]"));
        var end = Current.At;
        return items is not null && Expect("]", "to close the list")
            ? Checked(new ListExpression([.. items]) { At = start.To(end) })
            : null;
    }

    private List<Expression>? ParseItems(string closing)
    {
        var items = new List<Expression>();
        while (!Current.Is(closing))
        {
            if (ParseExpression() is not { } item)
            {
                return null;
            }

            items.Add(item);
            if (!Current.Is(","))
            {
                break;
            }

            next++;
        }

        return items;
    }

    private Expression? ParseMap()
    {
        var start = Current.At;
        var members = InBrackets(ParseMembers);
        var end = Current.At;
        return members is not null && Expect("}", "to close the map")
            ? Checked(new MapExpression([.. members.Select(m => m.Key)], [.. members.Select(m => m.Value)]) { At = start.To(end) })
            : null;
    }

    private List<KeyValuePair<string, Expression>>? ParseMembers()
    {
        var members = new List<KeyValuePair<string, Expression>>();
        var positions = new Dictionary<string, int>(StringComparer.Ordinal);
        while (!Current.Is("}"))
        {
            var key = Current;
            if (key.Kind is not (TokenKind.Name or TokenKind.Text))
            {
                Unexpected("a name or text as the key of a map");
                return null;
            }

            next++;
            if (!Expect(":", "after the key of a map") || ParseExpression() is not { } value)
            {
                return null;
            }

            // The last one of a key counts, at the place of the first.
            var member = KeyValuePair.Create(key.Written, value);
            if (positions.TryAdd(key.Written, members.Count))
            {
                members.Add(member);
            }
            else
            {
                members[positions[key.Written]] = member;
            }

            if (!Current.Is(","))
            {
                break;
            }

            next++;
        }

        return members;
    }
}
