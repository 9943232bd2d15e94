namespace GmiKlingFlow.Core.Media;

/// <summary>What came of reading a file as media.</summary>
public abstract record MediaReading
{
    private MediaReading()
    {
    }

    public sealed record Read(MediaFacts Facts) : MediaReading;

    /// <param name="Reason">A clause that completes "... can't be read as media: ", such as <c>it is empty</c>.</param>
    public sealed record Unreadable(string Reason) : MediaReading;
}
