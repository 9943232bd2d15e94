using System.Text;
using GmiKlingFlow.Cli.Output;

namespace GmiKlingFlow.Cli.Hosting;

/// <summary>The process's own three streams, and what can be done with them.</summary>
internal static class ProcessTerminal
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public static Terminal Open()
    {
        if (OperatingSystem.IsWindows() && !(Console.IsOutputRedirected && Console.IsErrorRedirected))
        {
            Console.OutputEncoding = Utf8;
        }

        // The console's own streams take a reader that went away (gkflow plan | head) for the end of interest, not for an error.
        var data = new StreamWriter(Console.OpenStandardOutput(), Utf8, 16 * 1024) { NewLine = "\n" };
        var talk = new StreamWriter(Console.OpenStandardError(), Utf8, 1024) { AutoFlush = true };
        return new Terminal(new StandardInput(), data, TextWriter.Synchronized(talk), Traits()) { Window = Window };
    }

    private static TerminalTraits Traits()
    {
        var (input, output, error) = (!Console.IsInputRedirected, !Console.IsOutputRedirected, !Console.IsErrorRedirected);
        var isDumb = Environment.GetEnvironmentVariable("TERM") == "dumb";
        return new TerminalTraits(
            input,
            output,
            error,
            output || error ? Window().Columns : TerminalTraits.UsualWidth,
            isDumb || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")),
            Environment.GetEnvironmentVariable("CI") is { Length: > 0 } pipeline && pipeline is not ("0" or "false"),
            NoRedraw: isDumb);
    }

    private static WindowSize Window()
    {
        try
        {
            return new WindowSize(
                Console.WindowWidth is > 0 and var columns ? columns : TerminalTraits.UsualWidth,
                Console.WindowHeight is > 0 and var rows ? rows : WindowSize.UsualRows);
        }
        catch (IOException)
        {
            return new WindowSize(TerminalTraits.UsualWidth, WindowSize.UsualRows);
        }
    }

    /// <summary>Opens standard input only when something is read from it.</summary>
    private sealed class StandardInput : TextReader
    {
        public override string? ReadLine() => Console.In.ReadLine();
    }
}
