using System.Text;
using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Cli.Output;

/// <param name="Padding">The white space that brings the underline below the value, wide characters counted as two.</param>
internal sealed record SourceExcerpt(string Line, string Padding, string Underline);

/// <summary>Fetches the lines that diagnostics point at.</summary>
internal sealed class SourceLines(string workingDirectory)
{
    private const int BeforeLine = 12;
    private const int Context = 20;
    private const long LargestFile = 16 * 1024 * 1024;
    private const string Cut = "...";

    private readonly Dictionary<string, string[]?> files = new(StringComparer.Ordinal);

    /// <returns>Null where the line can't be read any more, or there is nothing on it to underline.</returns>
    public SourceExcerpt? Excerpt(SourceSpan span, int width)
    {
        var lines = Lines(span.File);
        if (lines is null || span.Line < 1 || span.Line > lines.Length || span.Column < 1)
        {
            return null;
        }

        var line = lines[span.Line - 1];
        if (line.Trim().Length == 0)
        {
            return null;
        }

        var start = Math.Min(span.Column - 1, line.Length);
        var end = span.EndLine == span.Line ? Math.Clamp(span.EndColumn - 1, start, line.Length) : line.TrimEnd().Length;
        var room = Math.Max(40, width - BeforeLine);
        var from = start > room - Context ? start - Context : 0;
        var prefix = from > 0 ? Cut : "";
        var shown = line.Length - from > room ? line.Substring(from, room - Cut.Length) + Cut : line[from..];
        var visibleEnd = Math.Min(end, from + shown.Length);
        return new SourceExcerpt(
            Shown(prefix + shown),
            new string(' ', prefix.Length + Printable.Width(Shown(line[from..start]))),
            new string('^', Math.Max(1, Printable.Width(Shown(line[start..Math.Max(start, visibleEnd)])))));
    }

    private static string Shown(string text) => Printable.Line(text);

    private string[]? Lines(string file)
    {
        if (!files.TryGetValue(file, out var lines))
        {
            files[file] = lines = Read(Path.GetFullPath(file, workingDirectory));
        }

        return lines;
    }

    private static string[]? Read(string path)
    {
        try
        {
            // A pipe or a device has no length and no second reading; a huge file is told about without its lines.
            return new FileInfo(path).Length is > 0 and <= LargestFile
                ? File.ReadAllText(path, Encoding.UTF8).ReplaceLineEndings("\n").Split('\n')
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return null;
        }
    }
}
