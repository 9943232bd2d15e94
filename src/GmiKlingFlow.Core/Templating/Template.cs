using System.Text;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Templating.Syntax;

namespace GmiKlingFlow.Core.Templating;

/// <summary>A string of a flow, parsed once and evaluated as often as there are jobs (product 3.1). Safe to use from several threads.</summary>
public sealed class Template
{
    private readonly IReadOnlyList<TemplatePart> parts;
    private readonly Func<int, int, Place> placeOf;
    private readonly TemplateResult? fixedResult;

    private Template(IReadOnlyList<TemplatePart> parts, bool isPlain, IReadOnlyCollection<string> names, Func<int, int, Place> placeOf)
    {
        (this.parts, IsPlain, Names, this.placeOf) = (parts, isPlain, names, placeOf);
        if (parts.All(p => p.Expression is null))
        {
            fixedResult = new TemplateResult.Value(new TemplateValue.Text(string.Concat(parts.Select(p => p.Text))));
        }
    }

    /// <summary>It holds no <c>{{ }}</c> and evaluates to its text.</summary>
    public bool IsPlain { get; }

    /// <summary>The top-level names it reads, such as <c>vars</c>.</summary>
    public IReadOnlyCollection<string> Names { get; }

    /// <summary>False for text in which nothing would be evaluated: most of a flow.</summary>
    internal static bool MayBeOne(string text) => TemplateScanner.MayHoldBlocks(text);

    /// <param name="placeOf">The place of a stretch (offset, length) of <paramref name="text"/>, for diagnostics now and when evaluated.</param>
    /// <returns>Null, with diagnostics, when it can't be read.</returns>
    public static Template? Parse(string text, Func<int, int, Place> placeOf, DiagnosticBag diagnostics)
    {
        if (!TemplateScanner.MayHoldBlocks(text))
        {
            return new Template([new TemplatePart(text, null)], isPlain: true, [], placeOf);
        }

        var scanner = new TemplateScanner(text, placeOf, diagnostics);
        return scanner.Scan() is { } parts ? new Template(parts, !scanner.HasBlocks, scanner.Names, placeOf) : null;
    }

    /// <summary>Evaluates it: to a value of the expression's type when it is exactly one expression, else to a text.</summary>
    /// <param name="limits">Null: <see cref="TemplateLimits.Default"/>.</param>
    public TemplateResult Evaluate(TemplateScope scope, DiagnosticBag diagnostics, TemplateLimits? limits = null)
    {
        if (fixedResult is not null)
        {
            return fixedResult;
        }

        var evaluator = new Evaluator(scope, placeOf, diagnostics, limits ?? TemplateLimits.Default);
        var outcome = parts is [{ Expression: { } only }] ? evaluator.EvaluateRoot(only) : Join(evaluator);
        return outcome switch
        {
            { Value: { } value } => new TemplateResult.Value(value),
            { Residual: { } residual } => new TemplateResult.Deferred(residual),
            _ => new TemplateResult.Failed(),
        };
    }

    private Outcome Join(Evaluator evaluator)
    {
        var text = new StringBuilder();
        Expression? sum = null;
        foreach (var part in parts)
        {
            Outcome outcome = part.Expression is null ? new TemplateValue.Text(part.Text) : evaluator.EvaluateRoot(part.Expression);
            if (outcome.Residual is { } residual)
            {
                // Starts with a text, so that + joins and never adds.
                sum = Concatenation.Add(Flushed(sum, text), residual);
            }
            else if (outcome.Value is not { } value || evaluator.TextOf(value, part.At) is not { } written || !evaluator.MayAppend(text.Length, written.Length, part.At))
            {
                return Outcome.Failed;
            }
            else
            {
                text.Append(written);
            }
        }

        if (sum is null)
        {
            return new TemplateValue.Text(text.ToString());
        }

        var joined = text.Length == 0 ? sum : Flushed(sum, text);
        return joined.Height <= Parser.MostHeight
            ? Outcome.Later(joined)
            : evaluator.Fail(joined.At, place => TemplateDiagnostics.TooDeep(place, Parser.MostHeight));
    }

    // The sum so far and the text after it; the text alone where there is no sum yet.
    private static Expression Flushed(Expression? sum, StringBuilder text)
    {
        var literal = new LiteralExpression(new TemplateValue.Text(text.ToString()));
        var isEmpty = text.Length == 0;
        text.Clear();
        return sum is null ? literal : isEmpty ? sum : Concatenation.Add(sum, literal);
    }
}
