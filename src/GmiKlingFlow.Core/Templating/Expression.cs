using System.Text;
using GmiKlingFlow.Core.Templating.Syntax;

namespace GmiKlingFlow.Core.Templating;

/// <summary>A parsed expression. Printing it gives one canonical text, whatever white space it was written with.</summary>
public abstract record Expression
{
    private protected Expression()
    {
    }

    /// <summary>Where it stands in its template; no part of its meaning, so it does not count when expressions are compared.</summary>
    internal Extent At { get; init; }

    /// <summary>How tightly it holds together, for printing only the brackets that are needed.</summary>
    internal abstract int Strength { get; }

    /// <summary>Nodes on the longest way down, which bounds the recursion over it.</summary>
    internal abstract int Height { get; }

    /// <summary>True when its value can only be <c>true</c> or <c>false</c>.</summary>
    internal virtual bool IsBoolean => false;

    /// <summary>The canonical text, which parses back to an equal expression.</summary>
    public string Print()
    {
        var text = new StringBuilder();
        PrintTo(text);
        return text.ToString();
    }

    public sealed override string ToString() => Print();

    internal abstract void PrintTo(StringBuilder text);

    /// <param name="evaluator">Knows the names, counts the steps and collects what goes wrong.</param>
    /// <param name="tolerant">A member that is not there reads as null, as on the left of <c>??</c>.</param>
    internal abstract Outcome Evaluate(Evaluator evaluator, bool tolerant);

    private protected static void PrintOperand(StringBuilder text, Expression operand, bool inBrackets)
    {
        if (inBrackets)
        {
            text.Append('(');
        }

        operand.PrintTo(text);
        if (inBrackets)
        {
            text.Append(')');
        }
    }
}
