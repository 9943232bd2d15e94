using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Runtime.Downloads;

/// <summary>What came of fetching a small picture.</summary>
public abstract record Picture
{
    private Picture()
    {
    }

    /// <param name="Extension">By its content: <c>png</c>, <c>jpg</c> or <c>webp</c>.</param>
    public sealed record Fetched(ReadOnlyMemory<byte> Bytes, string Extension) : Picture;

    /// <param name="Reason">A clause for people; names no query string.</param>
    public sealed record Missing(string Reason) : Picture;
}
