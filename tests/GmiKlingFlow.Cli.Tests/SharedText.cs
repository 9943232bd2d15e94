using System.Text;

namespace GmiKlingFlow.Cli.Tests;

/// <summary>What a command has written so far, read while it still runs.</summary>
internal sealed class SharedText : TextWriter
{
    private readonly Lock gate = new();
    private readonly StringBuilder text = new();

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value)
    {
        lock (gate)
        {
            text.Append(value);
        }
    }

    public override void Write(string? value)
    {
        lock (gate)
        {
            text.Append(value);
        }
    }

    public override string ToString()
    {
        lock (gate)
        {
            return text.ToString();
        }
    }

    /// <summary>Waits until it says something, however long that takes.</summary>
    public async Task<string> UntilAsync(Func<string, bool> says, CancellationToken cancellationToken)
    {
        while (!says(ToString()))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellationToken);
        }

        return ToString();
    }
}
