using System.Buffers.Binary;
using GmiKlingFlow.Core.Media.Mpeg;

namespace GmiKlingFlow.Core.Media.Iso;

/// <summary>An audio sample description: version 0 of ISO/IEC 14496-12, or version 1 or 2 of QuickTime.</summary>
internal sealed record IsoSoundEntry(string Codec, int SampleRate, int Channels)
{
    public static IsoSoundEntry Read(IsoFile file, IsoBox entry)
    {
        var version = file.UInt16(entry, 8) ?? 0;
        var channels = (int)(file.UInt16(entry, 16) ?? 0);
        var bits = (int)(file.UInt16(entry, 18) ?? 0);
        var rate = (int)((file.UInt32(entry, 24) ?? 0) >> 16);
        var codec = entry.Type;
        if (version == 2)
        {
            rate = Whole(BitConverter.UInt64BitsToDouble(file.UInt64(entry, 32) ?? 0));
            channels = (int)Math.Min(file.UInt32(entry, 40) ?? 0, ushort.MaxValue);
            bits = (int)Math.Min(file.UInt32(entry, 48) ?? 0, 64);
            codec = codec == "lpcm" ? LinearPcm(file.UInt32(entry, 52) ?? 0, bits) : codec;
        }

        // An MP4 file may say version 1 and have no QuickTime fields, so both places are tried.
        int[] boxesFrom = version switch { 2 => [64], 1 => [44, 28], _ => [28] };
        foreach (var from in boxesFrom)
        {
            if (Detail(file, entry, from, bits) is { } detail)
            {
                return new IsoSoundEntry(
                    detail.Codec ?? IsoCodecs.Audio(codec, null, bits),
                    detail.SampleRate > 0 ? detail.SampleRate : rate,
                    detail.Channels > 0 ? detail.Channels : channels);
            }
        }

        return new IsoSoundEntry(IsoCodecs.Audio(codec, null, bits), rate, channels);
    }

    /// <summary>With the first MP3 frame's own word: the description of MP3 in MP4 says two channels whatever they are.</summary>
    /// <param name="chunk">Where the track's first samples are; null when that is unknown.</param>
    public IsoSoundEntry AsHeardFrom(IsoFile file, long? chunk) =>
        Codec == "mp3" && chunk is { } at && MpegFrame.Layer3(file.Anywhere(at, MpegFrame.HeaderBytes)) is { } frame
            ? this with { SampleRate = frame.SampleRate, Channels = frame.Channels }
            : this;

    /// <summary>The <c>esds</c> box of a sample description, also inside QuickTime's <c>wave</c> box.</summary>
    /// <param name="from">Where in the description its boxes begin.</param>
    public static Mpeg4Descriptor? Descriptor(IsoFile file, IsoBox entry, int from)
    {
        var esds = file.Child(entry, "esds", from);
        if (esds is null && file.Child(entry, "wave", from) is { } wave)
        {
            esds = file.Child(wave, "esds");
        }

        return esds is { } box ? Mpeg4Descriptor.Read(file.Start(box, 512)) : null;
    }

    /// <summary>What the codec's own box says; null when there is none.</summary>
    private static (string? Codec, int SampleRate, int Channels)? Detail(IsoFile file, IsoBox entry, int from, int bits)
    {
        if (Descriptor(file, entry, from) is { } descriptor)
        {
            return (IsoCodecs.Audio(entry.Type, descriptor.ObjectType, bits), descriptor.Sound?.SampleRate ?? 0, descriptor.Sound?.Channels ?? 0);
        }

        if (entry.Type == "alac" && AlacCookie(file, entry, from) is { } alac && file.TryPeek(alac, 0, 28, out var cookie))
        {
            return ("alac", BinaryPrimitives.ReadInt32BigEndian(cookie[24..]), cookie[13]);
        }

        // QuickTime's integers are big-endian unless this box turns them round.
        if (entry.Type is "in24" or "in32" or "fl32" or "fl64"
            && file.Child(entry, "wave", from) is { } extra && file.Child(extra, "enda") is { } enda && file.UInt16(enda, 0) == 1)
        {
            return (IsoCodecs.Audio(entry.Type, null, bits).Replace("be", "le", StringComparison.Ordinal), 0, 0);
        }

        // Opus always plays at 48 kHz, whatever was encoded (RFC 7845, 5.1).
        return entry.Type == "Opus" && file.Child(entry, "dOps", from) is { } opus && file.TryPeek(opus, 0, 2, out var head)
            ? ("opus", 48000, head[1])
            : null;
    }

    private static IsoBox? AlacCookie(IsoFile file, IsoBox entry, int from) =>
        file.Child(entry, "alac", from) ?? (file.Child(entry, "wave", from) is { } wave ? file.Child(wave, "alac") : null);

    private static int Whole(double rate) => rate is > 0 and < int.MaxValue ? (int)rate : 0;

    // Core Audio's format flags: 1 float, 2 big-endian, 4 signed.
    private static string LinearPcm(uint flags, int bits)
    {
        var kind = (flags & 1) != 0 ? "f" : (flags & 4) != 0 ? "s" : "u";
        return bits <= 8 ? $"pcm_{kind}8" : $"pcm_{kind}{bits}{((flags & 2) != 0 ? "be" : "le")}";
    }
}
