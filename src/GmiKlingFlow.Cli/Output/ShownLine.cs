using System.Text;

namespace GmiKlingFlow.Cli.Output;

/// <summary>A source line as it stands on a terminal, cut around a place where it is too long.</summary>
/// <param name="Text">Without control characters; tabs are spaces.</param>
/// <param name="Before">Columns before the place.</param>
/// <param name="Marked">Columns of the place, as far as it is shown; at least 1.</param>
internal readonly record struct ShownLine(string Text, int Before, int Marked)
{
    private const string Gap = "...";
    private const int TabStop = 4;

    /// <summary>What is kept of the line before the place, where both do not fit.</summary>
    private const int MostContext = 20;

    /// <summary>No terminal shows more; a line may be a whole file.</summary>
    private const int MostCharacters = 4096;

    /// <param name="start">Of the place, in UTF-16 units.</param>
    /// <param name="end">Of the place, exclusive.</param>
    /// <param name="columns">The width there is.</param>
    public static ShownLine Cut(string line, int start, int end, int columns)
    {
        var from = Math.Max(0, start - MostCharacters);
        var cells = Cells(line, from, Math.Min(line.Length, start + MostCharacters));
        var window = Window(cells, IndexOf(cells, start), IndexOf(cells, end), columns, isCutBefore: from > 0, isCutAfter: start + MostCharacters < line.Length);
        var text = new StringBuilder(window.GapBefore ? Gap : "");
        foreach (var cell in cells[window.From..window.To])
        {
            text.Append(cell.Shown);
        }

        text.Append(window.GapAfter ? Gap : "");
        var (first, last) = (Math.Min(IndexOf(cells, start), window.To), Math.Min(IndexOf(cells, end), window.To));
        return new ShownLine(
            text.ToString(),
            (window.GapBefore ? Gap.Length : 0) + Width(cells, window.From, first),
            Math.Max(1, Width(cells, first, last)));
    }

    private static (int From, int To, bool GapBefore, bool GapAfter) Window(List<Cell> cells, int first, int last, int columns, bool isCutBefore, bool isCutAfter)
    {
        if (!isCutBefore && !isCutAfter && Width(cells, 0, cells.Count) <= columns)
        {
            return (0, cells.Count, false, false);
        }

        // From the start of the line while the place is still whole, else with some context before it.
        var from = isCutBefore || Width(cells, 0, last) > columns - Gap.Length ? ContextBefore(cells, first, last, columns) : 0;
        var gapBefore = isCutBefore || from > 0;
        var room = columns - (gapBefore ? Gap.Length : 0);
        var gapAfter = isCutAfter || Width(cells, from, cells.Count) > room;
        var to = from;
        for (var used = 0; to < cells.Count && (used += cells[to].Columns) <= room - (gapAfter ? Gap.Length : 0); to++)
        {
        }

        return (from, to, gapBefore, gapAfter);
    }

    private static int ContextBefore(List<Cell> cells, int first, int last, int columns)
    {
        var left = columns - (2 * Gap.Length) - Width(cells, first, last);
        var spare = left >= 0 ? left : columns / 3;
        var (from, used) = (first, 0);
        while (from > 0 && (used += cells[from - 1].Columns) <= Math.Min(spare, MostContext))
        {
            from--;
        }

        // A mark that belongs on the character before it is not the first thing shown.
        while (from < first && cells[from].Columns == 0)
        {
            from++;
        }

        return from;
    }

    private static List<Cell> Cells(string line, int from, int to)
    {
        var (cells, column, at) = (new List<Cell>(to - from), 0, from);
        foreach (var rune in line.AsSpan(from, to - from).EnumerateRunes())
        {
            var shown = rune.Value == '\t' ? new string(' ', TabStop - (column % TabStop)) : Printable.Line(rune.ToString());
            var width = Printable.Width(shown);
            cells.Add(new Cell(at, shown, width));
            (column, at) = (column + width, at + rune.Utf16SequenceLength);
        }

        return cells;
    }

    private static int IndexOf(List<Cell> cells, int at) => cells.FindIndex(cell => cell.At >= at) is >= 0 and var index ? index : cells.Count;

    private static int Width(List<Cell> cells, int from, int to)
    {
        var width = 0;
        for (var i = from; i < to; i++)
        {
            width += cells[i].Columns;
        }

        return width;
    }

    /// <param name="At">Where it begins in the line, in UTF-16 units.</param>
    private readonly record struct Cell(int At, string Shown, int Columns);
}
