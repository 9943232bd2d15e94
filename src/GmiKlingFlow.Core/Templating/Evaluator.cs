using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Templating.Syntax;

namespace GmiKlingFlow.Core.Templating;

/// <summary>One evaluation: the names, the bounds, and what went wrong.</summary>
internal sealed class Evaluator(TemplateScope scope, Func<int, int, Place> placeOf, DiagnosticBag diagnostics, TemplateLimits limits)
{
    // Making a text costs a step per so many characters, so that all texts of one evaluation together are bounded too.
    private const int CharactersPerStep = 100;

    private int steps;

    public TemplateScope Scope { get; } = scope;

    public TemplateLimits Limits { get; } = limits;

    public bool HasFailed { get; private set; }

    public Outcome Evaluate(Expression expression, bool tolerant = false) =>
        Spend(1, expression.At) ? expression.Evaluate(this, tolerant) : Outcome.Failed;

    /// <summary>Evaluates a whole expression, if it is not deeper than this evaluation may go.</summary>
    public Outcome EvaluateRoot(Expression expression) =>
        expression.Height <= (long)Limits.Depth * Parser.ChainFactor
            ? Evaluate(expression)
            : Fail(expression.At, place => TemplateDiagnostics.TooDeep(place, Limits.Depth));

    /// <returns>Null when one of them failed.</returns>
    public Outcome[]? EvaluateAll(ExpressionList expressions, out bool allKnown)
    {
        allKnown = true;
        var outcomes = new Outcome[expressions.Count];
        for (var i = 0; i < outcomes.Length; i++)
        {
            outcomes[i] = Evaluate(expressions[i]);
            if (outcomes[i].IsFailed)
            {
                return null;
            }

            allKnown &= outcomes[i].Residual is null;
        }

        return outcomes;
    }

    public Outcome Fail(Extent at, Func<Place, Diagnostic> diagnostic)
    {
        HasFailed = true;
        diagnostics.Add(diagnostic(placeOf(at.Offset, at.Length)));
        return Outcome.Failed;
    }

    /// <returns>False, with a diagnostic, when the evaluation has taken all its steps.</returns>
    public bool Spend(long count, Extent at)
    {
        if (count > Limits.Steps - steps)
        {
            Fail(at, place => TemplateDiagnostics.TooManySteps(place, Limits.Steps));
            return false;
        }

        steps += (int)count;
        return true;
    }

    /// <summary>Asks whether a text of this length may be made, before it is made.</summary>
    public bool MayMakeText(long length, Extent at)
    {
        if (length > Limits.OutputLength)
        {
            Fail(at, place => TemplateDiagnostics.TooLong(place, Limits.OutputLength));
            return false;
        }

        return Spend(length / CharactersPerStep, at);
    }

    /// <summary>Asks whether a text that is being made may grow; only what is added costs steps.</summary>
    public bool MayAppend(long length, long more, Extent at) => MayMakeText(length + more > Limits.OutputLength ? length + more : more, at);

    /// <summary>Asks whether a list of this many elements may be made, before it is made.</summary>
    public bool MayMakeList(long count, Extent at)
    {
        if (count > Limits.OutputLength)
        {
            Fail(at, place => TemplateDiagnostics.TooLong(place, Limits.OutputLength));
            return false;
        }

        return Spend(count, at);
    }

    /// <returns>Null, with a diagnostic, when the text would be too long.</returns>
    public string? TextOf(TemplateValue value, Extent at)
    {
        if (value is TemplateValue.Text text)
        {
            return text.Value;
        }

        if (TemplateText.TryOf(value, Limits.OutputLength) is { } made)
        {
            return MayMakeText(made.Length, at) ? made : null;
        }

        Fail(at, place => TemplateDiagnostics.TooLong(place, Limits.OutputLength));
        return null;
    }
}
