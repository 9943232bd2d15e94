using System.Buffers.Binary;

namespace GmiKlingFlow.Core.Media.Wave;

/// <summary>The <c>fmt </c> chunk of a wave file.</summary>
/// <param name="BlockAlign">Bytes of one sample of all channels; of one block in compressed formats.</param>
internal sealed record WaveFormat(int Tag, int Channels, int SampleRate, long BytesPerSecond, int BlockAlign, int Bits)
{
    private const int Extensible = 0xFFFE;

    // The sub-format of WAVE_FORMAT_EXTENSIBLE is a plain tag followed by this tail of KSDATAFORMAT_SUBTYPE.
    private static readonly byte[] SubFormatTail = [0x00, 0x00, 0x00, 0x00, 0x10, 0x00, 0x80, 0x00, 0x00, 0xAA, 0x00, 0x38, 0x9B, 0x71];

    /// <summary>True where every sample takes the same number of bytes, so that the length follows from the size.</summary>
    public bool IsPlain => Tag is 1 or 3 or 6 or 7;

    public string Codec => Tag switch
    {
        1 => Bits <= 8 ? "pcm_u8" : $"pcm_s{(Bits + 7) / 8 * 8}le",
        2 => "adpcm_ms",
        3 => $"pcm_f{Bits}le",
        6 => "pcm_alaw",
        7 => "pcm_mulaw",
        0x11 => "adpcm_ima_wav",
        0x31 => "gsm_ms",
        0x50 => "mp2",
        0x55 => "mp3",
        0xFF or 0x1600 or 0x1610 => "aac",
        _ => $"0x{Tag:X4}",
    };

    /// <returns>Null when the chunk is too short for a format.</returns>
    public static WaveFormat? Read(ReadOnlySpan<byte> chunk)
    {
        if (chunk.Length < 14)
        {
            return null;
        }

        int tag = BinaryPrimitives.ReadUInt16LittleEndian(chunk);
        int bits = chunk.Length >= 16 ? BinaryPrimitives.ReadUInt16LittleEndian(chunk[14..]) : 8;
        if (tag == Extensible && chunk.Length >= 40 && chunk[26..40].SequenceEqual(SubFormatTail))
        {
            tag = BinaryPrimitives.ReadUInt16LittleEndian(chunk[24..]);
        }

        return new WaveFormat(
            tag,
            BinaryPrimitives.ReadUInt16LittleEndian(chunk[2..]),
            (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]), int.MaxValue),
            BinaryPrimitives.ReadUInt32LittleEndian(chunk[8..]),
            BinaryPrimitives.ReadUInt16LittleEndian(chunk[12..]),
            bits);
    }
}
