using System.Buffers.Binary;
using System.Security.Cryptography;

namespace GmiKlingFlow.Simulator.Faults;

/// <summary>Decides for each call which fault hits it: the first rule, in the order given, that matches and whose turn it is.</summary>
internal sealed class FaultDecision(IReadOnlyList<FaultRule> rules, long seed)
{
    private readonly long[] calls = new long[rules.Count];

    public FaultRule? For(string method, string path, string? model)
    {
        FaultRule? hit = null;
        for (var i = 0; i < rules.Count; i++)
        {
            // Every rule counts every call it matches, also those that an earlier rule hits: that keeps rules independent of each other.
            if (rules[i].Matches(method, path, model))
            {
                var call = Interlocked.Increment(ref calls[i]);
                hit ??= rules[i].Schedule.Hits(call, Chance(i, call)) ? rules[i] : null;
            }
        }

        return hit;
    }

    private double Chance(int rule, long call)
    {
        Span<byte> input = stackalloc byte[20];
        BinaryPrimitives.WriteInt64LittleEndian(input, seed);
        BinaryPrimitives.WriteInt32LittleEndian(input[8..], rule);
        BinaryPrimitives.WriteInt64LittleEndian(input[12..], call);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(input, hash);
        return BinaryPrimitives.ReadUInt32LittleEndian(hash) / (uint.MaxValue + 1d);
    }
}
