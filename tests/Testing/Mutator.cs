using System.Buffers.Binary;

namespace GmiKlingFlow.Testing;

/// <summary>Damages inputs the way bad disks, bad writers and bad people do. The same seed gives the same damage.</summary>
public sealed class Mutator(IReadOnlyList<byte[]> seeds, IReadOnlyList<byte[]> words, int seed)
{
    private static readonly ulong[] Edges = [0, 1, 2, 7, 8, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFE, 0xFFFF_FFFF, long.MaxValue, 0x8000_0000_0000_0000, ulong.MaxValue];

    private readonly Random random = new(seed);

    public byte[] Next()
    {
        var bytes = seeds[random.Next(seeds.Count)].ToArray();
        for (var left = 1 + random.Next(6); left > 0; left--)
        {
            bytes = Once(bytes);
        }

        return bytes;
    }

    private byte[] Once(byte[] bytes)
    {
        if (bytes.Length == 0)
        {
            return [(byte)random.Next(256)];
        }

        // Heads and tables stand near the start, so half of the damage is done there.
        var at = random.Next(2) == 0 ? random.Next(bytes.Length) : random.Next(Math.Min(bytes.Length, 2048));
        var length = Math.Min(bytes.Length - at, 1 << random.Next(12));
        switch (random.Next(10))
        {
            case 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                return bytes;
            case 1:
                bytes[at] = (byte)random.Next(256);
                return bytes;
            case 2:
            case 3:
                Number(bytes.AsSpan(at));
                return bytes;
            case 4:
                return [.. bytes[..at], .. bytes[(at + length)..]];
            case 5:
                return [.. bytes[..at], .. bytes[at..(at + length)], .. bytes[at..]];
            case 6:
                return bytes[..at];
            case 7:
                var other = seeds[random.Next(seeds.Count)];
                return [.. bytes[..at], .. other[random.Next(other.Length + 1)..]];
            default:
                var word = words[random.Next(words.Count)];
                return random.Next(2) == 0 ? [.. bytes[..at], .. word, .. bytes[at..]] : [.. bytes[..at], .. word, .. bytes[Math.Min(bytes.Length, at + word.Length)..]];
        }
    }

    private void Number(Span<byte> place)
    {
        Span<byte> edge = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(edge, Edges[random.Next(Edges.Length)]);
        var width = Math.Min(1 << random.Next(4), place.Length);
        edge[^width..].CopyTo(place);
        if (random.Next(2) == 0)
        {
            place[..width].Reverse();
        }
    }
}
