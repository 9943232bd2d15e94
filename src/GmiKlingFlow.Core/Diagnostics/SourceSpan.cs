namespace GmiKlingFlow.Core.Diagnostics;

/// <summary>A stretch of a text file. Lines and columns count from 1, columns in UTF-16 units; the end is exclusive.</summary>
/// <param name="File">The path as it is shown to people: relative to the working directory where possible, with <c>/</c>.</param>
public sealed record SourceSpan(string File, int Line, int Column, int EndLine, int EndColumn)
{
    /// <summary>A span that stands for a whole file, or for a file of which nothing could be read.</summary>
    public static SourceSpan StartOf(string file) => new(file, 1, 1, 1, 1);
}
