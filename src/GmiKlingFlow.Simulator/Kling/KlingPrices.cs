using System.Text.Json;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Rules;

namespace GmiKlingFlow.Simulator.Kling;

/// <summary>What requests cost here. GMI's prices for the two models are not public: these are Kling's own (api-contract 6), and that a lip-sync is
/// counted by the length of its clips in started blocks of 5 s is our choice.</summary>
internal static class KlingPrices
{
    public const decimal IdentifyUsd = 0.007m;

    public const decimal SyncUsdPerBlock = 0.07m;

    public const long BlockMilliseconds = 5000;

    // No clip is longer than audio may be.
    private static readonly long Longest = (long)KlingLimits.Current.AudioLongest.TotalMilliseconds;

    /// <summary>The price of a request as its payload says it, whether or not Kling will accept it.</summary>
    public static decimal Of(string model, JsonElement payload) =>
        model == ModelNames.IdentifyFace ? IdentifyUsd : SyncUsdPerBlock * Blocks(payload);

    private static long Blocks(JsonElement payload)
    {
        if (!payload.TryGetProperty("face_choose", out var entries) || entries.ValueKind != JsonValueKind.Array)
        {
            return 1;
        }

        return Math.Max(1, entries.EnumerateArray().Sum(entry =>
        {
            var length = Math.Clamp(Time(entry, "sound_end_time") - Time(entry, "sound_start_time"), 1, Longest);
            return (length + BlockMilliseconds - 1) / BlockMilliseconds;
        }));
    }

    private static long Time(JsonElement entry, string name) =>
        entry.ValueKind == JsonValueKind.Object
        && entry.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.Number
        && value.TryGetInt64(out var time) ? Math.Clamp(time, 0, 1_000_000_000) : 0;
}
