namespace GmiKlingFlow.Core.Media;

/// <summary>What an AudioSpecificConfig says (ISO/IEC 14496-3, 1.6.2.1), as a decoder would play it.</summary>
/// <param name="SampleRate">In Hz, doubled where spectral band replication is announced.</param>
/// <param name="Channels">0 where the stream itself says it.</param>
internal sealed record AacConfiguration(int SampleRate, int Channels)
{
    private static readonly int[] Rates = [96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350];

    /// <summary>The sample rate of an index; 0 for an index that stands for none.</summary>
    public static int RateOf(int index) => index < Rates.Length ? Rates[index] : 0;

    /// <summary>The channels of a configuration number; 0 where the number leaves it to the stream.</summary>
    public static int ChannelsOf(int configuration) => configuration switch
    {
        >= 1 and <= 6 => configuration,
        7 or 12 or 14 => 8,
        11 => 7,
        _ => 0,
    };

    public static AacConfiguration? Read(ReadOnlySpan<byte> bytes)
    {
        var bits = new BitReader(bytes);
        var objectType = ObjectType(ref bits);
        var rate = Rate(ref bits);
        var channels = ChannelsOf(bits.Take(4));
        if (rate == 0 || bytes.Length < 2)
        {
            return null;
        }

        // 5: spectral band replication; 29: the same with parametric stereo, which makes two channels of one.
        if (objectType is 5 or 29)
        {
            var extended = Rate(ref bits);
            return new AacConfiguration(extended > 0 ? extended : rate, objectType == 29 && channels == 1 ? 2 : channels);
        }

        return new AacConfiguration(ReplicatedRate(ref bits) ?? rate, channels);
    }

    /// <summary>The rate of the backward compatible announcement that may follow the configuration proper.</summary>
    private static int? ReplicatedRate(ref BitReader bits)
    {
        bits.Take(1);
        if (bits.Take(1) == 1)
        {
            bits.Take(14);
        }

        bits.Take(1);
        if (bits.Take(11) != 0x2B7 || ObjectType(ref bits) != 5 || bits.Take(1) != 1)
        {
            return null;
        }

        var rate = Rate(ref bits);
        return rate > 0 ? rate : null;
    }

    private static int ObjectType(ref BitReader bits) => bits.Take(5) is var type && type == 31 ? 32 + bits.Take(6) : type;

    private static int Rate(ref BitReader bits) => bits.Take(4) is var index && index == 15 ? bits.Take(24) : RateOf(index);

    /// <summary>Gives zeros past the end.</summary>
    private ref struct BitReader(ReadOnlySpan<byte> bytes)
    {
        private readonly ReadOnlySpan<byte> bytes = bytes;
        private int at;

        public int Take(int count)
        {
            var value = 0;
            for (; count > 0; count--, at++)
            {
                var bit = at / 8 < bytes.Length ? (bytes[at / 8] >> (7 - (at % 8))) & 1 : 0;
                value = (value << 1) | bit;
            }

            return value;
        }
    }
}
