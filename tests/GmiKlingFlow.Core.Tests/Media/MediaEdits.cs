using System.Buffers.Binary;

namespace GmiKlingFlow.Core.Tests.Media;

/// <summary>Changes that other writers make and ffmpeg can't be told to.</summary>
internal static class MediaEdits
{
    private static readonly byte[] OddList = [.. "LIST"u8, 15, 0, 0, 0, .. "INFOICMT"u8, 3, 0, 0, 0, .. "odd"u8, 0];

    /// <summary>A 64-bit size for <c>mdat</c>, in the room of the <c>free</c> box that ffmpeg leaves before it.</summary>
    public static byte[] WidenMediaData(byte[] bytes)
    {
        var free = bytes.AsSpan().IndexOf("free"u8) - 4;
        var content = BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(free + 8)) - 8;
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(free), 1);
        "mdat"u8.CopyTo(bytes.AsSpan(free + 4));
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(free + 8), content + 16);
        return bytes;
    }

    /// <summary>Size 0: the box goes on to the end of the file. For files whose <c>mdat</c> is last.</summary>
    public static byte[] OpenMediaData(byte[] bytes)
    {
        bytes.AsSpan(bytes.AsSpan().IndexOf("mdat"u8) - 4, 4).Clear();
        return bytes;
    }

    /// <summary>As before 2001: no <c>ftyp</c>; an empty box keeps the offsets right.</summary>
    public static byte[] DropBrand(byte[] bytes)
    {
        "skip"u8.CopyTo(bytes.AsSpan(4));
        return bytes;
    }

    /// <summary>Turns the movie, not the track, by 90 degrees.</summary>
    public static byte[] TurnMovie(byte[] bytes)
    {
        const int MatrixInMvhd = 4 + 36;
        var matrix = bytes.AsSpan(bytes.AsSpan().IndexOf("mvhd"u8) + MatrixInMvhd, 36);
        int[] turned = [0, 1 << 16, 0, -(1 << 16), 0, 0, 0, 0, 1 << 30];
        for (var i = 0; i < turned.Length; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(matrix[(4 * i)..], turned[i]);
        }

        return bytes;
    }

    /// <summary>Chunk offsets of 64 bits, as in files over 4 GB. For files whose <c>moov</c> is last.</summary>
    public static byte[] WidenChunkOffsets(byte[] bytes)
    {
        int at;
        while ((at = bytes.AsSpan().IndexOf("stco"u8) - 4) >= 0)
        {
            var count = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(at + 12));
            var wide = new byte[16 + (8 * count)];
            BinaryPrimitives.WriteInt32BigEndian(wide, wide.Length);
            "co64"u8.CopyTo(wide.AsSpan(4));
            BinaryPrimitives.WriteInt32BigEndian(wide.AsSpan(12), count);
            for (var i = 0; i < count; i++)
            {
                bytes.AsSpan(at + 16 + (4 * i), 4).CopyTo(wide.AsSpan(20 + (8 * i)));
            }

            Grow(bytes, at, 4 * count);
            bytes = [.. bytes[..at], .. wide, .. bytes[(at + 16 + (4 * count))..]];
        }

        return bytes;
    }

    /// <summary>Adds to the size of every box around an offset.</summary>
    private static void Grow(byte[] bytes, int around, int by)
    {
        for (var at = 0; at < around;)
        {
            var size = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(at));
            var isAround = around < at + size;
            if (isAround)
            {
                BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(at), size + by);
            }

            at += isAround ? 8 : size;
        }
    }

    public static byte[] InsertOddList(byte[] bytes)
    {
        var data = bytes.AsSpan().IndexOf("data"u8);
        return [.. bytes[..data], .. OddList, .. bytes[data..]];
    }

    public static byte[] AppendList(byte[] bytes) => [.. bytes, .. OddList];

    public static byte[] DataSize(byte[] bytes, uint size)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(bytes.AsSpan().IndexOf("data"u8) + 4), size);
        return bytes;
    }

    /// <summary>Fraunhofer's header: a first frame without sound that counts the others, here of 64 kbit/s and 44.1 kHz mono.</summary>
    public static byte[] InsertVbri(byte[] bytes)
    {
        const int FrameBytes = 144 * 64000 / 44100;
        var frame = new byte[FrameBytes];
        bytes.AsSpan(0, 4).CopyTo(frame);
        frame[2] &= 0xFD;
        "VBRI"u8.CopyTo(frame.AsSpan(36));
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(40), 1);
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(46), (uint)(bytes.Length + FrameBytes));
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(50), (uint)(bytes.Length / FrameBytes));
        return [.. frame, .. bytes];
    }

    /// <summary>An APEv2 tag with header and footer and one item.</summary>
    public static byte[] AppendApe(byte[] bytes)
    {
        byte[] item = [3, 0, 0, 0, 0, 0, 0, 0, .. "Title"u8, 0, .. "abc"u8];
        byte[] Edge(uint flags)
        {
            var edge = new byte[32];
            "APETAGEX"u8.CopyTo(edge);
            BinaryPrimitives.WriteUInt32LittleEndian(edge.AsSpan(8), 2000);
            BinaryPrimitives.WriteUInt32LittleEndian(edge.AsSpan(12), (uint)item.Length + 32);
            BinaryPrimitives.WriteUInt32LittleEndian(edge.AsSpan(16), 1);
            BinaryPrimitives.WriteUInt32LittleEndian(edge.AsSpan(20), flags);
            return edge;
        }

        return [.. bytes, .. Edge(0xA000_0000), .. item, .. Edge(0x8000_0000)];
    }
}
