using System.Net;
using System.Net.Http.Headers;

namespace GmiKlingFlow.Runtime.Queue;

/// <summary>The body of a paid POST. It can be written once only, whatever a layer below tries, and tells whether it was.</summary>
internal sealed class PaidContent : HttpContent
{
    private readonly ReadOnlyMemory<byte> body;
    private int started;

    public PaidContent(ReadOnlyMemory<byte> body)
    {
        this.body = body;
        Headers.ContentType = new MediaTypeHeaderValue("application/json");
    }

    /// <summary>False proves that no byte of the body left this process, so that nothing can have been accepted.</summary>
    public bool Started => Volatile.Read(ref started) != 0;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref started, 1) != 0)
        {
            throw new InvalidOperationException("A paid request must not be sent twice.");
        }

        await stream.WriteAsync(body, cancellationToken).ConfigureAwait(false);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = body.Length;
        return true;
    }
}
