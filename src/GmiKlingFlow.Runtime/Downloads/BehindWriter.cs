using System.Buffers;

namespace GmiKlingFlow.Runtime.Downloads;

/// <summary>
/// Brings bytes to a partial file while the next ones come in: they are written and hashed on another thread, one buffer behind, and as many at once as
/// have come meanwhile.
/// </summary>
internal sealed class BehindWriter(PartialFile part)
{
    private const int BufferSize = 256 * 1024;

    private IMemoryOwner<byte> filling = MemoryPool<byte>.Shared.Rent(BufferSize);
    private IMemoryOwner<byte> writing = MemoryPool<byte>.Shared.Rent(BufferSize);
    private Task behind = Task.CompletedTask;
    private int filled;

    /// <summary>How long the file is with all that came in.</summary>
    public long Length { get; private set; } = part.Length;

    /// <summary>Why bytes could not be written, as <see cref="DiskTrouble"/> names it; null while they could.</summary>
    public Exception? Trouble { get; private set; }

    /// <summary>Where the next bytes go.</summary>
    public Memory<byte> Free => filling.Memory[filled..BufferSize];

    /// <summary>So many bytes have come into <see cref="Free"/>.</summary>
    public async ValueTask TakeAsync(int count)
    {
        filled += count;
        Length += count;
        if (filled == BufferSize || behind.IsCompleted)
        {
            await HandOverAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Everything that came in is written, as far as it can be.</summary>
    public async Task CloseAsync()
    {
        await HandOverAsync().ConfigureAwait(false);
        await behind.ConfigureAwait(false);
        filling.Dispose();
        writing.Dispose();
    }

    private async Task HandOverAsync()
    {
        await behind.ConfigureAwait(false);
        if (filled == 0 || Trouble is not null)
        {
            return;
        }

        (filling, writing) = (writing, filling);
        var bytes = writing.Memory[..filled];
        filled = 0;
        behind = Task.Run(() => Write(bytes.Span));
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            part.Append(bytes);
        }
        catch (Exception e) when (DiskTrouble.IsOne(e))
        {
            Trouble = e;
        }
    }
}
