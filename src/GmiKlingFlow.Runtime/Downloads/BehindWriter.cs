using System.Buffers;

namespace GmiKlingFlow.Runtime.Downloads;

/// <summary>
/// Brings bytes to a partial file while the next ones come in: they are written and hashed on another thread. What came in is on its way to the file even
/// if nothing more comes: a run that is killed while a server hangs has it.
/// </summary>
/// <param name="isShort">It fits into one buffer: to hand it to another thread would take longer than to write it.</param>
internal sealed class BehindWriter(PartialFile part, bool isShort)
{
    private const int BufferSize = 256 * 1024;

    // A read into less would be a call for little.
    private const int LeastFree = 64 * 1024;

    private IMemoryOwner<byte> filling = MemoryPool<byte>.Shared.Rent(BufferSize);
    private IMemoryOwner<byte>? other;
    private int filled;
    private int handedOver;
    private Task behind = Task.CompletedTask;

    /// <summary>How long the file is with all that came in.</summary>
    public long Length { get; private set; } = part.Length;

    /// <summary>Why bytes could not be written, as <see cref="DiskTrouble"/> names it; null while they could.</summary>
    public Exception? Trouble { get; private set; }

    /// <summary>Where the next bytes go, never empty; valid until <see cref="TakeAsync"/>.</summary>
    public Memory<byte> Free => filling.Memory[filled..BufferSize];

    /// <summary>So many bytes have come into <see cref="Free"/>.</summary>
    public async ValueTask TakeAsync(int count)
    {
        Length += count;
        filled += count;
        if (BufferSize - filled >= LeastFree)
        {
            return;
        }

        await HandOverAsync().ConfigureAwait(false);

        // What was written of the other one is done: there is never more than one write under way.
        (filling, other) = (other ?? MemoryPool<byte>.Shared.Rent(BufferSize), filling);
        (filled, handedOver) = (0, 0);
    }

    /// <summary>Nothing more is there at once: what came goes to the file. Bytes may come into <see cref="Free"/> meanwhile.</summary>
    public async ValueTask HandOverAsync()
    {
        await behind.ConfigureAwait(false);
        if (Trouble is not null || filled == handedOver)
        {
            return;
        }

        var bytes = filling.Memory[handedOver..filled];
        handedOver = filled;
        if (isShort)
        {
            Write(bytes.Span);
        }
        else
        {
            behind = Task.Run(() => Write(bytes.Span));
        }
    }

    /// <summary>Everything that came in is written, as far as it can be.</summary>
    public async Task CloseAsync()
    {
        await HandOverAsync().ConfigureAwait(false);
        await behind.ConfigureAwait(false);
        filling.Dispose();
        other?.Dispose();
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
