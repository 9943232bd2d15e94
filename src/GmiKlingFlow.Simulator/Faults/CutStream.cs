using Microsoft.AspNetCore.Http;

namespace GmiKlingFlow.Simulator.Faults;

/// <summary>A response body that ends, with its connection, once half of the announced length is sent.</summary>
internal sealed class CutStream(HttpContext context, Stream inner) : Stream
{
    private long sent;
    private bool isCut;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (isCut)
        {
            return;
        }

        var left = Math.Max(0, (context.Response.ContentLength ?? 0) / 2 - sent);
        var part = buffer[..(int)Math.Min(left, buffer.Length)];
        await inner.WriteAsync(part, cancellationToken);
        sent += part.Length;
        if (part.Length < buffer.Length)
        {
            // The server itself closes a connection whose announced length was not kept; a reset would take back bytes already sent.
            isCut = true;
            await inner.FlushAsync(cancellationToken);
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => isCut ? Task.CompletedTask : inner.FlushAsync(cancellationToken);

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
