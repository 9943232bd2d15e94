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
