namespace GmiKlingFlow.Core.Templating;

/// <summary>A parsed expression. Printing it gives one canonical text, whatever white space it was written with.</summary>
public abstract record Expression
{
    /// <summary>The canonical text, which parses back to an equal expression.</summary>
    public abstract string Print();

    public sealed override string ToString() => Print();
}
