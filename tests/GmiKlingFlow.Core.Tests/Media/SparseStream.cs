namespace GmiKlingFlow.Core.Tests.Media;

/// <summary>A stream of any length that is zeros but for a few pieces, and counts what is read of it.</summary>
internal sealed class SparseStream(long length, params (long At, byte[] Bytes)[] pieces) : Stream
{
    public long BytesRead { get; private set; }

    /// <summary>True to answer every read as a broken disk does.</summary>
    public bool Fails { get; init; }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position { get; set; }

    public override int Read(Span<byte> buffer)
    {
        if (Fails)
        {
            throw new IOException("Input/output error");
        }

        var count = (int)Math.Clamp(length - Position, 0, buffer.Length);
        buffer[..count].Clear();
        foreach (var (at, bytes) in pieces)
        {
            var (from, to) = (Math.Max(at, Position), Math.Min(at + bytes.Length, Position + count));
            if (from < to)
            {
                bytes.AsSpan((int)(from - at), (int)(to - from)).CopyTo(buffer[(int)(from - Position)..]);
            }
        }

        Position += count;
        BytesRead += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => Position + offset,
        _ => length + offset,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
