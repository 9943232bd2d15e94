using System.Text;
using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Cli.Output;

/// <summary>The lines that diagnostics point at, cut to the width there is.</summary>
internal sealed class SourceLines(string workingDirectory)
{
    private const long LargestFile = 16 * 1024 * 1024;

    /// <summary>A span of more lines shows its first two and its last.</summary>
    private const int MostLines = 4;

    private readonly Dictionary<string, string[]?> files = new(StringComparer.Ordinal);

    /// <returns>Nothing where the lines can't be read any more, or there is nothing on them to underline.</returns>
    public IReadOnlyList<SourceRow> Excerpt(SourceSpan span, int columns)
    {
        var lines = Lines(span.File);
        if (lines is null || span.Line < 1 || span.Line > lines.Length || span.Column < 1)
        {
            return [];
        }

        // An end at the very start of a line belongs to the line before.
        var last = Math.Min(span.EndLine > span.Line && span.EndColumn <= 1 ? span.EndLine - 1 : span.EndLine, lines.Length);
        var isLong = last - span.Line + 1 > MostLines;
        var rows = new List<SourceRow>();
        for (var number = span.Line; number <= last; number++)
        {
            if (isLong && number == span.Line + 2)
            {
                rows.Add(SourceRow.LeftOut);
                number = last;
            }

            if (Row(lines[number - 1], number, span, columns) is { } row)
            {
                rows.Add(row);
            }
        }

        return rows;
    }

    private static SourceRow? Row(string line, int number, SourceSpan span, int columns)
    {
        if (string.IsNullOrWhiteSpace(line))
        {
            return null;
        }

        // A flow may hold signed URLs; a log is read by more people than the flow.
        line = SignedText.Starred(line);
        var start = number == span.Line ? Math.Min(span.Column - 1, line.Length) : line.Length - line.TrimStart().Length;
        var end = number == span.EndLine ? span.EndColumn - 1 : line.TrimEnd().Length;
        var shown = ShownLine.Cut(line, start, Math.Clamp(end, start, line.Length), columns);
        return new SourceRow(number, shown.Text, shown.Before, shown.Marked);
    }

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
                ? File.ReadAllText(path, Encoding.UTF8).Split(LineBreaks, StringSplitOptions.None)
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return null;
        }
    }

    // The breaks that places are counted by; U+2028 and the like end no line.
    private static readonly string[] LineBreaks = ["\r\n", "\n", "\r"];
}

/// <summary>One line of an excerpt.</summary>
/// <param name="Number">From 1; 0 where lines are left out.</param>
/// <param name="Before">Columns that stand before the underlined part.</param>
/// <param name="Marked">Columns of the underlined part, at least 1.</param>
internal sealed record SourceRow(int Number, string Line, int Before, int Marked)
{
    public static readonly SourceRow LeftOut = new(0, "...", 0, 0);
}
