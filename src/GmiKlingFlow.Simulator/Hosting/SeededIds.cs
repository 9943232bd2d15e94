using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace GmiKlingFlow.Simulator.Hosting;

/// <summary>Ids that look like the service's, repeatable for a seed.</summary>
internal sealed class SeededIds(long seed)
{
    private long count;

    /// <returns>A version 4 UUID in text.</returns>
    public string NextUuid()
    {
        var bytes = Next();
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new Guid(bytes.AsSpan(0, 16), bigEndian: true).ToString();
    }

    /// <returns>18 digits, as Kling's session ids have them.</returns>
    public string NextSession() =>
        (100_000_000_000_000_000 + BinaryPrimitives.ReadUInt64LittleEndian(Next()) % 900_000_000_000_000_000).ToString(CultureInfo.InvariantCulture);

    private byte[] Next()
    {
        Span<byte> input = stackalloc byte[16];
        BinaryPrimitives.WriteInt64LittleEndian(input, seed);
        BinaryPrimitives.WriteInt64LittleEndian(input[8..], Interlocked.Increment(ref count));
        return SHA256.HashData(input);
    }
}
