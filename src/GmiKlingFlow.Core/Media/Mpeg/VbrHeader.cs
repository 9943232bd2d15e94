using System.Buffers.Binary;

namespace GmiKlingFlow.Core.Media.Mpeg;

/// <summary>What an encoder noted in a first frame that holds no sound: Xing and Info (LAME, libavformat) or VBRI (Fraunhofer).</summary>
/// <param name="Frames">Frames with sound; null when it does not say.</param>
/// <param name="Delay">Samples the decoder gives before the sound: the encoder's own and the decoder's 529.</param>
/// <param name="Padding">Samples after the sound that only fill the last frame.</param>
internal sealed record VbrHeader(long? Frames, int Delay, int Padding)
{
    /// <summary>How far a decoder lags: 528 samples and one (LAME tag specification; libavformat's mp3dec does the same).</summary>
    private const int DecoderDelay = 529;

    /// <param name="frame">The first frame's bytes, as many as there are.</param>
    /// <returns>Null when the first frame is one of sound.</returns>
    public static VbrHeader? Read(ReadOnlySpan<byte> frame, MpegFrame header)
    {
        var side = (header.IsMpeg1, header.Channels) switch { (true, 1) => 17, (true, _) => 32, (_, 1) => 9, _ => 17 };

        // Some writers leave room for a check sum where the header says there is one, some don't.
        foreach (var at in (int[])[MpegFrame.HeaderBytes + side, MpegFrame.HeaderBytes + 2 + side])
        {
            if (frame.Length >= at + 8 && (frame[at..].StartsWith("Xing"u8) || frame[at..].StartsWith("Info"u8)))
            {
                return Xing(frame[at..]);
            }
        }

        return frame.Length >= 54 && frame[36..].StartsWith("VBRI"u8)
            ? new VbrHeader(BinaryPrimitives.ReadUInt32BigEndian(frame[50..]), 0, 0)
            : null;
    }

    private static VbrHeader Xing(ReadOnlySpan<byte> tag)
    {
        var flags = BinaryPrimitives.ReadUInt32BigEndian(tag[4..]);
        long? frames = (flags & 1) != 0 && tag.Length >= 12 ? BinaryPrimitives.ReadUInt32BigEndian(tag[8..]) : null;
        var encoder = 8 + ((flags & 1) != 0 ? 4 : 0) + ((flags & 2) != 0 ? 4 : 0) + ((flags & 4) != 0 ? 100 : 0) + ((flags & 8) != 0 ? 4 : 0);
        if (tag.Length < encoder + 24 || !IsGapless(tag[encoder..]))
        {
            return new VbrHeader(frames, 0, 0);
        }

        var (high, middle, low) = (tag[encoder + 21], tag[encoder + 22], tag[encoder + 23]);
        var delay = (high << 4) | (middle >> 4);
        var padding = ((middle & 0x0F) << 8) | low;
        return new VbrHeader(frames, delay + DecoderDelay, Math.Max(0, padding - DecoderDelay));
    }

    private static bool IsGapless(ReadOnlySpan<byte> encoder) =>
        encoder.StartsWith("LAME"u8) || encoder.StartsWith("Lavf"u8) || encoder.StartsWith("Lavc"u8);
}
