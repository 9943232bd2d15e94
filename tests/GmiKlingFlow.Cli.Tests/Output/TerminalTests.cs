using GmiKlingFlow.Cli.Output;
using Xunit;

namespace GmiKlingFlow.Cli.Tests.Output;

public sealed class TerminalTests
{
    [Fact]
    public void Say_StandardErrorIsFull_LeavesTheWorkAlone()
    {
        using var talk = new StreamWriter(new FullStream());
        var terminal = new Terminal(TextReader.Null, TextWriter.Null, talk, TerminalTraits.Redirected);

        terminal.Say("lost");
        terminal.Flush();
    }

    [Fact]
    public void WriteSentence_OnATerminal_BreaksBetweenWords()
    {
        using var data = new StringWriter { NewLine = "\n" };
        var terminal = new Terminal(TextReader.Null, data, TextWriter.Null, TerminalTraits.Redirected with { OutputIsTerminal = true, Width = 32 });

        terminal.WriteSentence("Run the same command again to go on from here.", indent: 2);

        Assert.Equal("  Run the same command again to\n  go on from here.\n", data.ToString());
    }

    [Fact]
    public void WriteSentence_Elsewhere_StaysOneLine()
    {
        using var data = new StringWriter { NewLine = "\n" };
        var terminal = new Terminal(TextReader.Null, data, TextWriter.Null, TerminalTraits.Redirected with { Width = 10 });

        terminal.WriteSentence("Run the same command again to go on from here.");

        Assert.Equal("Run the same command again to go on from here.\n", data.ToString());
    }

    [Fact]
    public void Say_WhileADisplayDraws_GoesThroughIt()
    {
        using var talk = new StringWriter();
        var said = new List<string>();
        var terminal = new Terminal(TextReader.Null, TextWriter.Null, talk, TerminalTraits.Redirected) { SaidElsewhere = said.Add };

        terminal.Say("a warning");

        Assert.Equal(("a warning", ""), (Assert.Single(said), talk.ToString()));
    }

    /// <summary>A disk without room.</summary>
    private sealed class FullStream : MemoryStream
    {
        public override void Write(byte[] buffer, int offset, int count) => throw new IOException("No space left on device");

        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("No space left on device");

        protected override void Dispose(bool disposing)
        {
        }
    }
}
