namespace GmiKlingFlow.Runtime.Sources;

/// <summary>
/// A file of which some pieces are here. A reader is let loose on it; where it wants what is not here, the file seems to end, and
/// <see cref="Missing"/> tells what to fetch before the reader is started again.
/// </summary>
internal sealed class PartialMedia(long length) : Stream
{
    private readonly SortedList<long, ReadOnlyMemory<byte>> pieces = [];

    /// <summary>The first byte that was wanted and is not here; null when all was here.</summary>
    public long? Missing { get; private set; }

    public override long Length { get; } = length;

    public override long Position { get; set; }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    /// <summary>Adds a piece, in place of a shorter one with the same start; forgets what was missing.</summary>
    public void Add(long start, ReadOnlyMemory<byte> bytes)
    {
        pieces[start] = bytes;
        Missing = null;
    }

    /// <returns>The end of a piece at an offset or a little before it, so that what is fetched next joins it; null when none is near.</returns>
    public long? EndNear(long offset, int within)
    {
        var ends = pieces.Select(static piece => piece.Key + piece.Value.Length).Where(end => end <= offset && offset - end < within).ToList();
        return ends.Count == 0 ? null : ends.Max();
    }

    public override int Read(Span<byte> buffer)
    {
        if (Missing is not null || Position >= Length || buffer.IsEmpty)
        {
            return 0;
        }

        if (PieceAt(Position) is not { } rest)
        {
            Missing = Position;
            return 0;
        }

        var count = Math.Min(buffer.Length, rest.Length);
        rest.Span[..count].CopyTo(buffer);
        Position += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => Position + offset,
        _ => Length + offset,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private ReadOnlyMemory<byte>? PieceAt(long offset)
    {
        var (low, high) = (0, pieces.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var (start, piece) = (pieces.GetKeyAtIndex(middle), pieces.GetValueAtIndex(middle));
            if (offset < start)
            {
                high = middle - 1;
            }
            else if (offset >= start + piece.Length)
            {
                low = middle + 1;
            }
            else
            {
                return piece[(int)(offset - start)..];
            }
        }

        return null;
    }
}
