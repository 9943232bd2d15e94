using GmiKlingFlow.Cli.Output;

namespace GmiKlingFlow.Cli.CommandLine;

/// <summary>Prints a page of help to standard output: what the command does, how it is written, then its sections in two columns.</summary>
/// <remarks>Plain loops: <c>gkflow --help</c> is answered without code compiled at start (tests/Benchmarks, start-up).</remarks>
internal sealed class HelpLayout(Terminal terminal)
{
    private const int NarrowestText = 20;
    private const int Widest = 100;

    /// <summary>Below this there is no room for two columns: each text stands under what it explains.</summary>
    private const int Narrow = 60;
    private const int NarrowIndent = 6;

    public void Write(HelpSheet sheet)
    {
        WriteText(sheet.Description, indent: 0);
        terminal.Data.WriteLine();
        WriteText($"Usage: {sheet.Usage}", indent: 0);
        foreach (var section in sheet.Sections)
        {
            Write(section);
        }

        if (sheet.Ends.Count > 0)
        {
            terminal.Data.WriteLine();
        }

        foreach (var text in sheet.Ends)
        {
            WriteText(text, indent: 0);
        }
    }

    private void Write(HelpSection section)
    {
        if (section.Rows.Count == 0)
        {
            return;
        }

        var page = terminal.Data;
        page.WriteLine();
        page.WriteLine($"{section.Title}:");
        var column = Column(section.Rows);
        foreach (var row in section.Rows)
        {
            page.Write($"  {row.Left}");
            if (row.Left.Length + 4 > column)
            {
                page.WriteLine();
                Indent(column);
            }
            else
            {
                Indent(column - row.Left.Length - 2);
            }

            WriteText(row.Right, column);
        }
    }

    private int Column(IReadOnlyList<HelpRow> rows)
    {
        if (terminal.Traits.Width < Narrow)
        {
            return NarrowIndent;
        }

        var longest = 0;
        foreach (var row in rows)
        {
            longest = Math.Max(longest, row.Left.Length);
        }

        return Math.Min(longest + 4, terminal.Traits.Width / 3);
    }

    /// <summary>Wraps a text to the terminal; the first line continues where the cursor stands.</summary>
    private void WriteText(string text, int indent)
    {
        var width = Math.Max(NarrowestText, Math.Min(terminal.Traits.Width, Widest) - indent - 1);
        var first = true;
        foreach (var paragraph in text.Split('\n'))
        {
            var line = "";
            foreach (var word in paragraph.Split(' '))
            {
                if (line.Length > 0 && line.Length + 1 + word.Length > width)
                {
                    WriteLine(line, first ? 0 : indent);
                    first = false;
                    line = "";
                }

                line = line.Length == 0 ? word : $"{line} {word}";
            }

            WriteLine(line, first ? 0 : indent);
            first = false;
        }
    }

    private void WriteLine(string line, int indent)
    {
        Indent(indent);
        terminal.Data.WriteLine(line);
    }

    private void Indent(int columns)
    {
        for (var i = 0; i < columns; i++)
        {
            terminal.Data.Write(' ');
        }
    }
}
