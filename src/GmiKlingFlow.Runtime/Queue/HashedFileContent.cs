using System.Net;
using System.Security.Cryptography;

namespace GmiKlingFlow.Runtime.Queue;

/// <summary>Streams a file and checks on the way that it is the planned one; if not, its last bytes are never sent.</summary>
internal sealed class HashedFileContent(FileStream file, long bytes, string sha256, CancellationToken stopped) : HttpContent
{
    public bool Changed { get; private set; }

    public string? ReadProblem { get; private set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, stopped);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        file.Position = 0;
        var (held, next) = (new byte[81920], new byte[81920]);
        var heldCount = 0;
        long seen = 0;
        int read;
        while ((read = await ReadAsync(next, cancellationToken).ConfigureAwait(false)) > 0)
        {
            seen += read;
            if (seen > bytes)
            {
                throw AsChanged();
            }

            hash.AppendData(next, 0, read);

            // One buffer behind: the storage gets the end of the file only when all of it was right.
            await stream.WriteAsync(held.AsMemory(0, heldCount), cancellationToken).ConfigureAwait(false);
            (held, next, heldCount) = (next, held, read);
        }

        if (seen != bytes || !string.Equals(Convert.ToHexStringLower(hash.GetHashAndReset()), sha256, StringComparison.OrdinalIgnoreCase))
        {
            throw AsChanged();
        }

        await stream.WriteAsync(held.AsMemory(0, heldCount), cancellationToken).ConfigureAwait(false);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = bytes;
        return true;
    }

    private async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await file.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            ReadProblem = e.GetType().Name;
            throw;
        }
    }

    private IOException AsChanged()
    {
        Changed = true;
        return new IOException("The file changed while it was sent.");
    }
}
