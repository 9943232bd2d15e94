using System.Buffers.Binary;
using System.Text;

namespace GmiKlingFlow.Core.Media.Wave;

/// <summary>Reads RIFF, RF64 and BW64 wave files.</summary>
internal static class WaveReader
{
    /// <summary>Studio recorders write a few dozen.</summary>
    private const int MostChunks = 10_000;

    /// <summary>Writers that can't go back leave a size of about 2 or 4 GB: any from here on means "to the end".</summary>
    private const long SizeOfStreams = 0x7FFF_0000;

    public static bool LooksLikeOne(ReadOnlySpan<byte> head) =>
        head.Length >= 12
        && (head.StartsWith("RIFF"u8) || head.StartsWith("RF64"u8) || head.StartsWith("BW64"u8))
        && head[8..12].SequenceEqual("WAVE"u8);

    public static MediaReading Read(MediaBytes bytes)
    {
        WaveFormat? format = null;
        long? samplesStated = null, dataIn64 = null;
        long at = 12;
        for (var chunks = 0; chunks < MostChunks && bytes.TryPeek(at, 8, out var head); chunks++)
        {
            var id = Encoding.Latin1.GetString(head[..4]);
            long size = BinaryPrimitives.ReadUInt32LittleEndian(head[4..]);
            var content = at + 8;
            switch (id)
            {
                case "fmt ":
                    format = WaveFormat.Read(bytes.Peek(content, (int)Math.Min(size, 40)));
                    break;
                case "fact" when bytes.TryPeek(content, 4, out var fact):
                    samplesStated = BinaryPrimitives.ReadUInt32LittleEndian(fact);
                    break;
                case "ds64" when bytes.TryPeek(content, 24, out var large):
                    dataIn64 = BinaryPrimitives.ReadInt64LittleEndian(large[8..]);
                    break;
                case "data":
                    return Data(bytes, content, size == uint.MaxValue && dataIn64 is { } wide ? wide : size, format, samplesStated);
            }

            // Chunks begin at even offsets, and the odd byte between is not in the size (RIFF specification 1.0).
            at = content + size + (size & 1);
        }

        return new MediaReading.Unreadable(at > bytes.Length
            ? "the file ends inside a chunk before its 'data' chunk"
            : "it has no 'data' chunk");
    }

    private static MediaReading Data(MediaBytes bytes, long content, long size, WaveFormat? format, long? samplesStated)
    {
        var there = bytes.Length - content;
        if (size < 0 || size >= SizeOfStreams && size > there || size == 0 && !IsChunk(bytes, content))
        {
            size = there;
        }

        if (format is null)
        {
            return new MediaReading.Unreadable("it has no whole 'fmt ' chunk before its 'data' chunk");
        }

        if (format.Channels == 0 || format.SampleRate == 0)
        {
            return new MediaReading.Unreadable(FormattableString.Invariant(
                $"its 'fmt ' chunk says {format.Channels} channels and {format.SampleRate} Hz"));
        }

        if (size > there)
        {
            return new MediaReading.Unreadable(FormattableString.Invariant(
                $"the file ends inside its 'data' chunk ({size - there:N0} bytes are missing)"));
        }

        var duration = Duration(format, size, samplesStated);
        if (duration == TimeSpan.Zero)
        {
            return new MediaReading.Unreadable("it holds no sound (its 'data' chunk is empty)");
        }

        return new MediaReading.Read(new MediaFacts(
            MediaContainer.Wav,
            bytes.Length,
            duration,
            null,
            new AudioTrackFacts(format.Codec, format.SampleRate, format.Channels, duration)));
    }

    private static TimeSpan Duration(WaveFormat format, long size, long? samplesStated)
    {
        if (format.IsPlain)
        {
            var block = format.BlockAlign > 0 ? format.BlockAlign : format.Channels * ((format.Bits + 7) / 8);
            return MediaTime.From(size / Math.Max(1, block), format.SampleRate);
        }

        return samplesStated > 0
            ? MediaTime.From(samplesStated.Value, format.SampleRate)
            : MediaTime.From(size, format.BytesPerSecond);
    }

    /// <summary>True when a whole chunk begins at an offset: then an empty <c>data</c> before it is really empty.</summary>
    private static bool IsChunk(MediaBytes bytes, long at) =>
        bytes.TryPeek(at, 8, out var head)
        && head[..4].IndexOfAnyExceptInRange((byte)' ', (byte)'~') < 0
        && at + 8 + BinaryPrimitives.ReadUInt32LittleEndian(head[4..]) <= bytes.Length;
}
