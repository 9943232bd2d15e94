namespace GmiKlingFlow.Core.Media.Mpeg;

/// <summary>The header of one frame: MPEG audio layer III (ISO/IEC 11172-3, 2.4.2.3; 13818-3; and the unofficial 2.5), or ADTS.</summary>
/// <param name="Kind">The bits that stay the same through a stream: version, layer, sample rate.</param>
/// <param name="Bytes">The whole frame, header included.</param>
/// <param name="Samples">Per channel.</param>
internal readonly record struct MpegFrame(int Kind, int Bytes, int Samples, int SampleRate, int Channels)
{
    public const int HeaderBytes = 4;

    private static readonly int[] KilobitsOfMpeg1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0];
    private static readonly int[] KilobitsOfMpeg2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0];
    private static readonly int[] RatesOfMpeg1 = [44100, 48000, 32000, 0];

    /// <summary>True for version 1 of the standard: it has twice the samples and a longer side information.</summary>
    public bool IsMpeg1 => Samples == 1152;

    /// <summary>An MP3 frame's header; null where there is none. Frames without a stated bit rate ("free format") are not read.</summary>
    public static MpegFrame? Layer3(ReadOnlySpan<byte> head)
    {
        if (head.Length < HeaderBytes || head[0] != 0xFF || (head[1] & 0xE6) != 0xE2)
        {
            return null;
        }

        // Version bits: 3 is MPEG-1, 2 is MPEG-2, 0 is MPEG-2.5, 1 is none.
        var version = (head[1] >> 3) & 3;
        var isMpeg1 = version == 3;
        var kilobits = (isMpeg1 ? KilobitsOfMpeg1 : KilobitsOfMpeg2)[head[2] >> 4];
        var rate = RatesOfMpeg1[(head[2] >> 2) & 3] >> (version switch { 3 => 0, 2 => 1, _ => 2 });
        if (version == 1 || kilobits == 0 || rate == 0)
        {
            return null;
        }

        var bytes = ((isMpeg1 ? 144_000 : 72_000) * kilobits / rate) + ((head[2] >> 1) & 1);
        return new MpegFrame((version << 8) | (head[2] & 0x0C), bytes, isMpeg1 ? 1152 : 576, rate, (head[3] >> 6) == 3 ? 1 : 2);
    }

    /// <summary>An ADTS frame's header (ISO/IEC 13818-7, 6.2); null where there is none.</summary>
    public static MpegFrame? Adts(ReadOnlySpan<byte> head)
    {
        if (head.Length < 7 || head[0] != 0xFF || (head[1] & 0xF6) != 0xF0)
        {
            return null;
        }

        var rate = AacConfiguration.RateOf((head[2] >> 2) & 0x0F);
        var bytes = ((head[3] & 3) << 11) | (head[4] << 3) | (head[5] >> 5);
        var channels = AacConfiguration.ChannelsOf(((head[2] & 1) << 2) | (head[3] >> 6));
        var blocks = 1 + (head[6] & 3);
        return rate == 0 || bytes < 7 ? null : new MpegFrame(0x1000 | (head[1] & 0x08) | (head[2] & 0xFC), bytes, 1024 * blocks, rate, channels);
    }
}
