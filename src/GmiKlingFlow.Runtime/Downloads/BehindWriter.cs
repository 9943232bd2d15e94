using System.Buffers;

namespace GmiKlingFlow.Runtime.Downloads;

/// <summary>
/// Brings bytes to a partial file while the next ones come in: they are written and hashed on another thread, one buffer behind. What came in is on its
/// way to the file even if nothing more comes: a run that is killed while a server hangs has it.
/// </summary>
internal sealed class BehindWriter(PartialFile part)
{
    private const int BufferSize = 256 * 1024;

    private IMemoryOwner<byte> filling = MemoryPool<byte>.Shared.Rent(BufferSize);
    private IMemoryOwner<byte> writing = MemoryPool<byte>.Shared.Rent(BufferSize);
    private Task behind = Task.CompletedTask;

    /// <summary>How long the file is with all that came in.</summary>
    public long Length { get; private set; } = part.Length;

    /// <summary>Why bytes could not be written, as <see cref="DiskTrouble"/> names it; null while they could.</summary>
    public Exception? Trouble { get; private set; }

    /// <summary>Where the next bytes go.</summary>
    public Memory<byte> Free => filling.Memory[..BufferSize];

    /// <summary>So many bytes have come into <see cref="Free"/>.</summary>
    public async ValueTask TakeAsync(int count)
    {
        Length += count;
        await behind.ConfigureAwait(false);
        if (Trouble is not null)
        {
            return;
        }

        (filling, writing) = (writing, filling);
        var bytes = writing.Memory[..count];
        behind = Task.Run(() => Write(bytes.Span));
    }

    /// <summary>Everything that came in is written, as far as it can be.</summary>
    public async Task CloseAsync()
    {
        await behind.ConfigureAwait(false);
        filling.Dispose();
        writing.Dispose();
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
