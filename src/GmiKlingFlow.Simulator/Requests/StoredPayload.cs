using System.Security.Cryptography;
using GmiKlingFlow.Simulator.Storage;

namespace GmiKlingFlow.Simulator.Requests;

/// <summary>A payload's JSON exactly as it came, to be echoed. Large ones (inline audio) lie on the disk, so that thousands fit into memory.</summary>
internal sealed class StoredPayload
{
    private const int LargestInMemory = 16 * 1024;

    private readonly byte[]? bytes;
    private readonly string? file;

    private StoredPayload(byte[]? bytes, string? file, string sha256) => (this.bytes, this.file, Sha256) = (bytes, file, sha256);

    /// <summary>Lower-case hex over the bytes.</summary>
    public string Sha256 { get; }

    public static async Task<StoredPayload> KeepAsync(ReadOnlyMemory<byte> json, ObjectStore store, CancellationToken cancellationToken)
    {
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(json.Span));
        if (json.Length <= LargestInMemory)
        {
            return new StoredPayload(json.ToArray(), null, sha256);
        }

        var file = store.Draft(".payload");
        await File.WriteAllBytesAsync(file, json, cancellationToken);
        return new StoredPayload(null, file, sha256);
    }

    public byte[] Read() => bytes ?? File.ReadAllBytes(file ?? throw new InvalidOperationException("A payload is in memory or on the disk."));
}
