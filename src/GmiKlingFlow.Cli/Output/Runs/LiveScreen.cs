using System.Globalization;
using System.Text;

namespace GmiKlingFlow.Cli.Output.Runs;

/// <summary>
/// Lines at the end of the terminal that are redrawn in place; what is finished scrolls away above them. The cursor stays visible and
/// rests below the lines: a process that ends at once, whatever the signal, leaves a usable terminal.
/// </summary>
internal sealed class LiveScreen(TextWriter terminal, Func<WindowSize> window)
{
    private const int FewestColumns = 10;

    private readonly Lock gate = new();
    private IReadOnlyList<string> shown = [];
    private WindowSize shownIn;
    private bool isClosed;

    /// <param name="above">Lines that stay, written above the frame once; may hold colours.</param>
    /// <param name="frame">Lines that the next drawing replaces, most important last; without colours, cut to the window.</param>
    /// <param name="last">How the frame's last line is to look.</param>
    public void Draw(IReadOnlyCollection<string> above, IReadOnlyList<string> frame, Func<string, string> last)
    {
        lock (gate)
        {
            var size = window();
            var fitting = Fit(frame, size);
            if (isClosed || (above.Count == 0 && size == shownIn && fitting.SequenceEqual(shown)))
            {
                return;
            }

            var text = Erasure(size);
            foreach (var line in above)
            {
                text.Append(line).Append('\n');
            }

            for (var i = 0; i < fitting.Count; i++)
            {
                text.Append(i == fitting.Count - 1 ? last(fitting[i]) : fitting[i]).Append('\n');
            }

            Write(text);
            (shown, shownIn) = (fitting, size);
        }
    }

    /// <summary>Takes the frame away; nothing is drawn any more.</summary>
    public void Close()
    {
        lock (gate)
        {
            if (!isClosed)
            {
                isClosed = true;
                Write(Erasure(window()));
            }
        }
    }

    // One write for all: a terminal shows no half-drawn frame.
    private void Write(StringBuilder text)
    {
        try
        {
            terminal.Write(text.ToString());
            terminal.Flush();
        }
        catch (IOException)
        {
            // A display nobody can see is no reason to stop work that is paid for.
        }
    }

    /// <summary>Moves to the frame's first row and clears from there. A narrower window has broken its lines into more rows.</summary>
    private StringBuilder Erasure(WindowSize size)
    {
        var columns = Math.Max(FewestColumns, size.Columns);
        var rows = Math.Min(shown.Sum(line => Math.Max(1, (Printable.Width(line) + columns - 1) / columns)), Math.Max(1, size.Rows - 1));
        var text = new StringBuilder("\r");
        if (rows > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"\e[{rows}A");
        }

        return text.Append("\e[J");
    }

    private static List<string> Fit(IReadOnlyList<string> frame, WindowSize size)
    {
        var most = Math.Max(1, size.Rows - 2);
        var lines = frame.Count <= most ? frame : [.. frame.Take(most - 1), frame[^1]];

        // The last column stays free: writing in it makes some terminals break the line.
        return [.. lines.Select(line => Printable.Cut(line, Math.Max(FewestColumns, size.Columns) - 1))];
    }
}
