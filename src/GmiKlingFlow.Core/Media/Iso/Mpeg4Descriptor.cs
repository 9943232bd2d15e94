namespace GmiKlingFlow.Core.Media.Iso;

/// <summary>The parts of an <c>esds</c> box that tell what a track holds (ISO/IEC 14496-1, 7.2.6).</summary>
/// <param name="ObjectType">The object type indication: what tells MP3 in MP4 from AAC.</param>
/// <param name="Sound">Of AAC tracks; null where the configuration is missing.</param>
internal sealed record Mpeg4Descriptor(int ObjectType, AacConfiguration? Sound)
{
    /// <param name="content">The box's content, with its four version bytes.</param>
    public static Mpeg4Descriptor? Read(ReadOnlySpan<byte> content)
    {
        var rest = content.Length > 4 ? content[4..] : [];
        if (!Open(ref rest, 0x03) || rest.Length < 3)
        {
            return null;
        }

        var flags = rest[2];
        rest = rest[3..];
        var url = (flags & 0x40) != 0 && rest.Length > 0 ? 1 + rest[0] : 0;
        var skip = ((flags & 0x80) != 0 ? 2 : 0) + url + ((flags & 0x20) != 0 ? 2 : 0);
        if (skip > rest.Length)
        {
            return null;
        }

        rest = rest[skip..];
        if (!Open(ref rest, 0x04) || rest.Length < 13)
        {
            return null;
        }

        var objectType = rest[0];
        rest = rest[13..];
        return new Mpeg4Descriptor(objectType, Open(ref rest, 0x05) ? AacConfiguration.Read(rest) : null);
    }

    /// <summary>Steps into the descriptor of a tag; its length takes up to four bytes of seven bits.</summary>
    private static bool Open(ref ReadOnlySpan<byte> bytes, byte tag)
    {
        if (bytes.Length < 2 || bytes[0] != tag)
        {
            return false;
        }

        var (length, at) = (0, 1);
        for (; at < bytes.Length && at <= 4; at++)
        {
            length = (length << 7) | (bytes[at] & 0x7F);
            if ((bytes[at] & 0x80) == 0)
            {
                break;
            }
        }

        at = Math.Min(at + 1, bytes.Length);
        bytes = bytes[at..];
        bytes = bytes[..Math.Min(length, bytes.Length)];
        return true;
    }
}
