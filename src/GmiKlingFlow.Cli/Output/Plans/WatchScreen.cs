using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace GmiKlingFlow.Cli.Output.Plans;

/// <summary>What a watch shows: on a terminal one page that is drawn over the one before, elsewhere what is new, line after line.</summary>
internal sealed partial class WatchScreen(Terminal terminal, TimeProvider time)
{
    private bool hasDrawn;

    public bool Redraws { get; } = terminal.Traits is { OutputIsTerminal: true, InPipeline: false, NoRedraw: false };

    /// <param name="title">What is watched.</param>
    /// <param name="problems">Errors and warnings, as text.</param>
    /// <param name="plans">The plans, as text; the verdict last.</param>
    public void Show(string title, string problems, string plans)
    {
        var now = time.GetLocalNow().ToString("HH:mm:ss", CultureInfo.InvariantCulture);
        if (Redraws)
        {
            Draw($"{title} · {now} · Ctrl-C ends", Lines(problems), Lines(plans));
            return;
        }

        foreach (var line in Lines(problems).Concat(Lines(plans)).Where(static line => line.Length > 0))
        {
            terminal.Data.Write($"[{now}] {line}\n");
        }

        terminal.Data.Flush();
    }

    // Line by line over the page before, and what is left of it cleared at the end: nothing flickers. The cursor stays visible, below the page.
    private void Draw(string head, List<string> problems, List<string> plans)
    {
        var size = terminal.Window();
        var page = new StringBuilder(hasDrawn ? "\e[H" : "\e[2J\e[H");
        hasDrawn = true;
        foreach (var line in (IEnumerable<string>)[new Ansi(terminal.Traits.ColourOnOutput).Dim(Printable.Cut(Printable.Line(head), size.Columns - 1)), "", .. Fit(problems, plans, size)])
        {
            page.Append(line).Append("\e[K\n");
        }

        terminal.Data.Write(page.Append("\e[J").ToString());
        terminal.Data.Flush();
    }

    /// <summary>The verdict at the end always shows, and of the rest as much as the window has room for: problems first.</summary>
    private static List<string> Fit(List<string> problems, List<string> plans, WindowSize size)
    {
        List<string> lines = [.. problems, .. problems.Count > 0 && plans.Count > 0 ? [""] : Array.Empty<string>(), .. plans];
        var room = Math.Max(4, size.Rows - 3);
        if (lines.Sum(line => Rows(line, size)) <= room)
        {
            return lines;
        }

        var verdict = plans.Count == 0 ? 0 : plans.Count - plans.FindLastIndex(static line => line.Length == 0) - 1;
        var tail = lines.GetRange(lines.Count - verdict, verdict);
        room -= tail.Sum(line => Rows(line, size)) + 2;
        var shown = lines.TakeWhile(line => (room -= Rows(line, size)) >= 0).ToList();
        return [.. shown, string.Create(CultureInfo.InvariantCulture, $"… {lines.Count - shown.Count - verdict} more lines"), "", .. tail];
    }

    private static int Rows(string line, WindowSize size) => Math.Max(1, (Printable.Width(Colours().Replace(line, "")) + size.Columns - 1) / size.Columns);

    private static List<string> Lines(string text) => text.Length == 0 ? [] : [.. text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n')];

    [GeneratedRegex("\e\\[[0-9;]*m")]
    private static partial Regex Colours();
}
