using System.Buffers.Binary;
using System.Text;

namespace GmiKlingFlow.Core.Media.Iso;

/// <summary>Reads boxes and their numbers, with a limit on how many: a hostile file ends the reading instead of stretching it.</summary>
internal sealed class IsoFile(MediaBytes bytes)
{
    /// <summary>A film of some hours with a fragment per second has about 50,000.</summary>
    private const int MostBoxes = 200_000;

    /// <summary>A film of some hours with every sample's time on its own has under a million.</summary>
    private const int MostTableEntries = 4_000_000;

    private int boxesLeft = MostBoxes;
    private int entriesLeft = MostTableEntries;

    /// <summary>True once the file had more boxes or table entries than are read: what was found is then not the whole.</summary>
    public bool IsTooMuch { get; private set; }

    public long Length => bytes.Length;

    /// <summary>The boxes that follow each other in a stretch of the file; stops at what is no box.</summary>
    public IEnumerable<IsoBox> Boxes(long from, long to)
    {
        while (BoxAt(from, to) is { } box)
        {
            yield return box;
            from = box.End;
        }
    }

    public IEnumerable<IsoBox> Boxes(IsoBox parent, int skip = 0) => Boxes(parent.Content + skip, parent.End);

    public IsoBox? Child(IsoBox parent, string type, int skip = 0)
    {
        foreach (var box in Boxes(parent, skip))
        {
            if (box.Type == type)
            {
                return box;
            }
        }

        return null;
    }

    /// <summary>The box at an offset; null where there is none that could be one.</summary>
    public IsoBox? BoxAt(long at, long limit)
    {
        if (limit - at < 8 || !bytes.TryPeek(at, 8, out var head))
        {
            return null;
        }

        if (--boxesLeft < 0)
        {
            IsTooMuch = true;
            return null;
        }

        long size = BinaryPrimitives.ReadUInt32BigEndian(head);
        var type = Encoding.Latin1.GetString(head[4..8]);
        var header = 8;
        if (size == 1)
        {
            header = 16;
            if (!bytes.TryPeek(at, 16, out head))
            {
                return new IsoBox(type, at, limit, limit, 16 - (limit - at));
            }

            size = (long)Math.Min(BinaryPrimitives.ReadUInt64BigEndian(head[8..]), long.MaxValue);
        }
        else if (size == 0)
        {
            size = limit - at;
        }

        if (size < header || !IsTypeName(type))
        {
            return null;
        }

        var missing = Math.Max(0, size - (limit - at));
        return new IsoBox(type, at, Math.Min(at + header, limit), missing > 0 ? limit : at + size, missing);
    }

    /// <summary>A stretch of a box's content, or nothing when the box is too short for it.</summary>
    public bool TryPeek(IsoBox box, long offset, int count, out ReadOnlySpan<byte> span)
    {
        span = [];
        return offset <= box.ContentLength - count && bytes.TryPeek(box.Content + offset, count, out span);
    }

    /// <summary>Bytes anywhere in the file, fewer than asked for where it ends.</summary>
    public ReadOnlySpan<byte> Anywhere(long offset, int count) => bytes.Peek(offset, count);

    /// <summary>At most <paramref name="most"/> bytes from the start of a box's content.</summary>
    public ReadOnlySpan<byte> Start(IsoBox box, int most) => bytes.Peek(box.Content, (int)Math.Min(most, box.ContentLength));

    public uint? UInt32(IsoBox box, long offset) =>
        TryPeek(box, offset, 4, out var span) ? BinaryPrimitives.ReadUInt32BigEndian(span) : null;

    public ulong? UInt64(IsoBox box, long offset) =>
        TryPeek(box, offset, 8, out var span) ? BinaryPrimitives.ReadUInt64BigEndian(span) : null;

    public ushort? UInt16(IsoBox box, long offset) =>
        TryPeek(box, offset, 2, out var span) ? BinaryPrimitives.ReadUInt16BigEndian(span) : null;

    /// <summary>The version of a full box, its first byte.</summary>
    public int Version(IsoBox box) => TryPeek(box, 0, 1, out var span) ? span[0] : 0;

    public string? Type(IsoBox box, long offset) =>
        TryPeek(box, offset, 4, out var span) ? Encoding.Latin1.GetString(span) : null;

    /// <summary>How many entries of a table may be read: what it claims, at most what its box has room for.</summary>
    public int Entries(IsoBox box, uint claimed, long offset, int entrySize)
    {
        var fit = Math.Min(claimed, Math.Max(0, box.ContentLength - offset) / entrySize);
        if (fit > entriesLeft)
        {
            IsTooMuch = true;
            return 0;
        }

        entriesLeft -= (int)fit;
        return (int)fit;
    }

    // QuickTime's own types may begin with a copyright sign (0xA9).
    private static bool IsTypeName(string type) => type.All(c => c is >= ' ' and <= '~' or '\u00A9');
}
