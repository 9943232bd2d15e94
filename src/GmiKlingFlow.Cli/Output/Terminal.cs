using System.Text;
using GmiKlingFlow.Cli.Output.Plans;

namespace GmiKlingFlow.Cli.Output;

/// <summary>The one doorway to the terminal: standard output carries what was asked for, standard error the talk.</summary>
internal sealed class Terminal(TextReader input, TextWriter data, TextWriter talk, TerminalTraits traits)
{
    private const int FewestColumns = 20;

    public TerminalTraits Traits { get; } = traits;

    /// <summary>Standard output. Buffered: <see cref="Flush"/> after what must be seen at once.</summary>
    public TextWriter Data { get; } = data;

    /// <summary>Standard error, for what draws by itself; lines go through <see cref="Say"/>.</summary>
    public TextWriter Talk { get; } = talk;

    /// <summary>The window's size now; asked again for each drawing.</summary>
    public Func<WindowSize> Window { get; init; } = () => new WindowSize(traits.Width, WindowSize.UsualRows);

    /// <summary>Takes the lines of <see cref="Say"/> while a display that redraws itself owns the end of the terminal; null otherwise.</summary>
    public Action<string>? SaidElsewhere { get; set; }

    /// <summary>The same streams, told to be plain.</summary>
    public Terminal WithoutColour() => new(input, Data, Talk, Traits with { Plain = true }) { Window = Window };

    /// <summary>The same streams, told not to redraw.</summary>
    public Terminal WithoutProgress() => new(input, Data, Talk, Traits with { NoRedraw = true }) { Window = Window };

    /// <summary>Writes UTF-8 bytes to standard output, streamed where it is a stream.</summary>
    public void WriteData(Action<Stream> write)
    {
        if (Data is StreamWriter writer)
        {
            writer.Flush();
            write(writer.BaseStream);
            return;
        }

        using var bytes = new MemoryStream();
        write(bytes);
        Data.Write(Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length));
    }

    /// <summary>A sentence on standard output: on a terminal broken between words, with a hanging indent; elsewhere one line, for grep.</summary>
    public void WriteSentence(string text, int indent = 0, Func<string, string>? style = null)
    {
        var width = Traits.OutputIsTerminal ? Math.Max(FewestColumns, Window().Columns - 1 - indent) : int.MaxValue;
        foreach (var line in TextColumns.Flow([text], width))
        {
            Data.WriteLine($"{new string(' ', indent)}{style?.Invoke(line) ?? line}");
        }
    }

    /// <summary>One line of talk. What was said on standard output before it is shown before it.</summary>
    public void Say(string line = "")
    {
        if (SaidElsewhere is { } display)
        {
            display(line);
            return;
        }

        Data.Flush();
        lock (Talk)
        {
            try
            {
                Talk.WriteLine(line);
                Talk.Flush();
            }
            catch (IOException)
            {
                // Nobody can be told that nobody can be told; the work and its exit code stay what they are.
            }
        }
    }

    /// <summary>Asks a yes-or-no question; anything but a yes is a no.</summary>
    public bool Confirm(string question)
    {
        Data.Flush();
        Talk.Write($"{question} [y/N] ");
        Talk.Flush();
        var answer = input.ReadLine()?.Trim();
        return string.Equals(answer, "y", StringComparison.OrdinalIgnoreCase) || string.Equals(answer, "yes", StringComparison.OrdinalIgnoreCase);
    }

    /// <exception cref="IOException">What was written to standard output can't be delivered, as with a full disk. A reader that went away is no error.</exception>
    public void Flush()
    {
        Data.Flush();
        try
        {
            Talk.Flush();
        }
        catch (IOException)
        {
            // As in Say.
        }
    }
}
