using System.Text.Json;

namespace GmiKlingFlow.Simulator.Requests;

/// <summary>How much longer than others a lip-sync takes. Sessions and addresses have no part in it: they are others in each run.</summary>
internal static class SpreadTimes
{
    /// <returns>1 to <paramref name="spread"/>, evenly, always the same for the same numbers.</returns>
    public static double Factor(JsonElement payload, double spread) =>
        spread <= 1 ? 1 : 1 + ((spread - 1) * (Mixed(Numbers(payload, 0)) >> 11) / (1UL << 53));

    private static ulong Numbers(JsonElement element, ulong seen) => element.ValueKind switch
    {
        JsonValueKind.Number => Mixed(seen + BitConverter.DoubleToUInt64Bits(element.GetDouble())),
        JsonValueKind.Array => element.EnumerateArray().Aggregate(seen, static (sum, item) => Numbers(item, sum)),
        JsonValueKind.Object => element.EnumerateObject().Aggregate(seen, static (sum, member) => Numbers(member.Value, sum)),
        _ => seen,
    };

    // SplitMix64's last step: numbers close to each other come far apart.
    private static ulong Mixed(ulong value)
    {
        value = unchecked(value + 0x9E3779B97F4A7C15);
        value = unchecked((value ^ (value >> 30)) * 0xBF58476D1CE4E5B9);
        value = unchecked((value ^ (value >> 27)) * 0x94D049BB133111EB);
        return value ^ (value >> 31);
    }
}
