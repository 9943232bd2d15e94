namespace GmiKlingFlow.Core.Diagnostics;

/// <summary>Where a value of a flow stands: in the text, and in the document.</summary>
/// <param name="Path">The way through the document, as in <c>jobs[0].faces[1].sound_end_time</c>; empty for the document itself.</param>
public sealed record Place(SourceSpan Span, string Path)
{
    /// <summary>The same stretch of text under the path of one of its members.</summary>
    public Place Member(string name) => this with { Path = Path.Length == 0 ? name : $"{Path}.{name}" };

    /// <summary>The same stretch of text under the path of one of its elements.</summary>
    public Place Element(int index) => this with { Path = $"{Path}[{index}]" };
}
