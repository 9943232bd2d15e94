using System.Security.Cryptography;
using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Core.Manifests.Yaml;

/// <summary>The text of one YAML file, with the way from an offset in it to a line and a column.</summary>
internal sealed class ManifestText
{
    private readonly Lazy<int[]> lineStarts;

    /// <param name="file">The path as it is shown to people.</param>
    /// <param name="fullPath">Absolute, symlinks resolved; relative sources in the text start from its folder.</param>
    /// <param name="bytes">The file as it lies on disk; none for text that is no file's.</param>
    public ManifestText(string file, string fullPath, string text, ReadOnlyMemory<byte> bytes = default)
    {
        (File, FullPath, Text, Bytes) = (file, fullPath, text, bytes);
        lineStarts = new(() => FindLines(text));
    }

    public string File { get; }

    public string FullPath { get; }

    public string Text { get; }

    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Lower-case hex of the file's bytes, worked out at every call.</summary>
    public string Sha256() => Convert.ToHexStringLower(SHA256.HashData(Bytes.Span));

    public SourceSpan Span(int start, int end)
    {
        var (line, column) = Position(start);
        end = Math.Clamp(end, Math.Clamp(start, 0, Text.Length), Text.Length);
        var endsInLine = line == lineStarts.Value.Length || end < lineStarts.Value[line];
        var (endLine, endColumn) = endsInLine ? (line, end - lineStarts.Value[line - 1] + 1) : Position(end);
        return new SourceSpan(File, line, column, endLine, endColumn);
    }

    public (int Line, int Column) Position(int offset)
    {
        offset = Math.Clamp(offset, 0, Text.Length);
        var index = Array.BinarySearch(lineStarts.Value, 0, lineStarts.Value.Length, offset, null);
        var line = index >= 0 ? index : ~index - 1;
        return (line + 1, offset - lineStarts.Value[line] + 1);
    }

    /// <summary>From the start of the line that holds an offset to its end, without the line break.</summary>
    public (int Start, int End) LineAround(int offset)
    {
        var start = lineStarts.Value[Position(offset).Line - 1];
        var end = Text.AsSpan(start).IndexOfAny('\r', '\n');
        return (start, end < 0 ? Text.Length : start + end);
    }

    private static int[] FindLines(string text)
    {
        var starts = new List<int> { 0 };
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.Length || text[i + 1] != '\n')))
            {
                starts.Add(i + 1);
            }
        }

        return [.. starts];
    }
}
