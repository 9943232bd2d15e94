using System.Buffers.Binary;

namespace GmiKlingFlow.Core.Media.Mpeg;

/// <summary>Where the sound of an MP3 or AAC file begins and ends between the tags around it.</summary>
internal static class MpegTags
{
    /// <summary>Two or three is the most that tools leave behind.</summary>
    private const int MostTags = 64;

    /// <summary>Skips ID3v2 and APEv2 tags at the start; may end beyond the file when it is cut inside a tag.</summary>
    public static long SkipLeading(MediaBytes bytes)
    {
        long at = 0;
        for (var tags = 0; tags < MostTags; tags++)
        {
            var length = Id3v2(bytes.Peek(at, 10)) ?? Ape(bytes.Peek(at, 32));
            if (length is null)
            {
                break;
            }

            at += length.Value;
        }

        return at;
    }

    /// <summary>Leaves ID3v1 and APEv2 tags at the end out.</summary>
    public static long CutTrailing(MediaBytes bytes, long from)
    {
        var end = bytes.Length;
        if (end - 128 >= from && bytes.Peek(end - 128, 3).SequenceEqual("TAG"u8))
        {
            end -= 128;
        }

        if (end - 32 >= from && bytes.TryPeek(end - 32, 32, out var footer) && footer.StartsWith("APETAGEX"u8))
        {
            var hasHeader = (BinaryPrimitives.ReadUInt32LittleEndian(footer[20..]) & 0x8000_0000) != 0;
            var start = end - BinaryPrimitives.ReadUInt32LittleEndian(footer[12..]) - (hasHeader ? 32 : 0);
            end = start >= from ? start : end;
        }

        return end;
    }

    /// <summary>The whole length of an ID3v2 tag (id3.org, ID3v2.4 structure 3.1); null when there is none.</summary>
    private static long? Id3v2(ReadOnlySpan<byte> head)
    {
        if (head.Length < 10 || !head.StartsWith("ID3"u8) || head[3] == 0xFF || ((head[6] | head[7] | head[8] | head[9]) & 0x80) != 0)
        {
            return null;
        }

        long size = (head[6] << 21) | (head[7] << 14) | (head[8] << 7) | head[9];
        return 10 + size + ((head[5] & 0x10) != 0 ? 10 : 0);
    }

    private static long? Ape(ReadOnlySpan<byte> head) =>
        head.Length == 32 && head.StartsWith("APETAGEX"u8) ? 32 + (long)BinaryPrimitives.ReadUInt32LittleEndian(head[12..]) : null;
}
