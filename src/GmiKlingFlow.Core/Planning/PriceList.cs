namespace GmiKlingFlow.Core.Planning;

/// <summary>What the two requests cost, in US dollars.</summary>
/// <param name="IdentifyUsd">One identify.</param>
/// <param name="SyncUsdPerBlock">Each started <paramref name="Block"/> of a clip.</param>
/// <param name="Source">Where the prices come from, with a date, as shown to people.</param>
public sealed record PriceList(decimal IdentifyUsd, decimal SyncUsdPerBlock, TimeSpan Block, string Source)
{
    /// <summary>Kling's published prices; GMI publishes none for these models (api-contract 6).</summary>
    public static readonly PriceList BuiltIn = new(0.007m, 0.07m, TimeSpan.FromSeconds(5), "built-in list of 2026-09-20 (Kling)");

    /// <returns>The price of lip-syncing a clip of this length; at least one block.</returns>
    public decimal SyncUsd(TimeSpan clip) => SyncUsdPerBlock * Math.Max(1, (clip.Ticks + Block.Ticks - 1) / Block.Ticks);
}
