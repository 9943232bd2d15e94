using System.Text;

namespace GmiKlingFlow.Core.Media;

/// <summary>Recognises what is often found under a media file's name and is none that the service takes (api-contract 4.1, 4.3).</summary>
internal static class OtherContent
{
    private const string NotTaken = ", which Kling doesn't take";

    private static readonly (int At, byte[] Bytes, string Clause)[] Signatures =
    [
        (0, [0x89, .. "PNG"u8], "it is a PNG picture"),
        (0, [0xFF, 0xD8, 0xFF], "it is a JPEG picture"),
        (0, [.. "GIF8"u8], "it is a GIF picture"),
        (0, [.. "II*\0"u8], "it is a TIFF picture"),
        (0, [.. "MM\0*"u8], "it is a TIFF picture"),
        (8, [.. "WEBP"u8], "it is a WebP picture"),
        (4, [.. "ftyphei"u8], "it is a HEIF picture"),
        (4, [.. "ftyphev"u8], "it is a HEIF picture"),
        (4, [.. "ftypmif1"u8], "it is a HEIF picture"),
        (4, [.. "ftypmsf1"u8], "it is a HEIF picture"),
        (4, [.. "ftypavi"u8], "it is an AVIF picture"),
        (0, [.. "%PDF"u8], "it is a PDF document"),
        (0, [.. "PK\x03\x04"u8], "it is a ZIP archive"),
        (0, [0x1F, 0x8B], "it is gzip-compressed"),
        (0, [0x28, 0xB5, 0x2F, 0xFD], "it is Zstandard-compressed"),
        (0, [.. "7z"u8, 0xBC, 0xAF], "it is a 7-Zip archive"),
        (0, [0x7F, .. "ELF"u8], "it is a program"),
        (8, [.. "AVI "u8], "it is AVI" + NotTaken),
        (0, [.. "fLaC"u8], "it is FLAC" + NotTaken),
        (0, [.. "FLV\x01"u8], "it is Flash video" + NotTaken),
        (0, [0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11], "it is Windows Media (ASF)" + NotTaken),
        (0, [0x00, 0x00, 0x01, 0xBA], "it is an MPEG program stream" + NotTaken),
        (0, [0x00, 0x00, 0x01, 0xB3], "it is a bare MPEG video stream" + NotTaken),
        (0, [0x00, 0x00, 0x00, 0x01, 0x67], "it is a bare H.264 stream" + NotTaken),
        (8, [.. "AIFF"u8], "it is AIFF" + NotTaken),
        (8, [.. "AIFC"u8], "it is AIFF" + NotTaken),
        (0, [.. "caff\0"u8], "it is Core Audio (CAF)" + NotTaken),
        (0, [.. "#!AMR"u8], "it is AMR" + NotTaken),
        (0, [.. ".snd"u8], "it is Sun audio (AU)" + NotTaken),
        (0, [.. "MThd"u8], "it is MIDI" + NotTaken),
        (0, [.. "ADIF"u8], "it is AAC with an ADIF header" + NotTaken),
        (0, [.. "RIFX"u8], "it is a big-endian wave file (RIFX)" + NotTaken),
        (0, [.. "version https://git-lfs"u8], "it is a Git LFS pointer: fetch the file itself with git lfs pull"),
        (0, [.. "#EXTM3U"u8], "it is a playlist, not the media itself"),
    ];

    /// <returns>A clause such as <c>it is a PNG picture</c>; null when nothing was recognised.</returns>
    public static string? Describe(ReadOnlySpan<byte> head)
    {
        foreach (var (at, bytes, clause) in Signatures)
        {
            if (head.Length >= at + bytes.Length && head.Slice(at, bytes.Length).SequenceEqual(bytes))
            {
                return clause;
            }
        }

        if (head.StartsWith((ReadOnlySpan<byte>)[0x1A, 0x45, 0xDF, 0xA3]))
        {
            return (head.IndexOf("webm"u8) >= 0 ? "it is WebM" : "it is Matroska") + NotTaken;
        }

        if (head.StartsWith("OggS"u8))
        {
            var codec = head.IndexOf("OpusHead"u8) >= 0 ? " (Opus)" : head.IndexOf("vorbis"u8) >= 0 ? " (Vorbis)" : "";
            return $"it is Ogg{codec}{NotTaken}";
        }

        if (head.Length > 376 && head[0] == 0x47 && head[188] == 0x47 && head[376] == 0x47)
        {
            return "it is an MPEG transport stream" + NotTaken;
        }

        return DescribeText(head) ?? (head.IndexOfAnyExcept((byte)0) < 0 ? "it begins with nothing but zero bytes" : null);
    }

    private static string? DescribeText(ReadOnlySpan<byte> head)
    {
        if (!IsText(head))
        {
            return null;
        }

        var text = Encoding.UTF8.GetString(head).TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        bool Begins(string with) => text.StartsWith(with, StringComparison.OrdinalIgnoreCase);
        return Begins("<!doctype html") || Begins("<html") ? "it is an HTML page"
            : Begins("<?xml") ? "it is an XML document, perhaps a server's error message"
            : Begins("{") || Begins("[") ? "it is JSON text"
            : Begins("data:") ? "it is a data: URI as text, not the media itself"
            : "it is a text file";
    }

    /// <summary>Text has no control characters but white space; bytes above 0x7F are taken for UTF-8.</summary>
    private static bool IsText(ReadOnlySpan<byte> head)
    {
        foreach (var value in head)
        {
            if (value < 0x20 && value is not ((byte)'\t' or (byte)'\n' or (byte)'\r' or 0x0C))
            {
                return false;
            }
        }

        // A character may be cut at the end of what is looked at.
        for (var cut = 0; cut < 4 && cut < head.Length; cut++)
        {
            if (System.Text.Unicode.Utf8.IsValid(head[..^cut]))
            {
                return true;
            }
        }

        return false;
    }
}
