using System.Globalization;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;

namespace GmiKlingFlow.Core.Planning.Prices;

/// <summary>What the two requests cost, in US dollars.</summary>
/// <param name="IdentifyUsd">One identify.</param>
/// <param name="SyncUsdPerBlock">Each started <paramref name="Block"/> of a clip.</param>
/// <param name="Source">Where the prices come from, with a date, as shown to people.</param>
public sealed record PriceList(decimal IdentifyUsd, decimal SyncUsdPerBlock, TimeSpan Block, string Source)
{
    /// <summary>Kling's published prices; GMI publishes none for these models (api-contract 6).</summary>
    public static readonly PriceList BuiltIn = new(0.007m, 0.07m, TimeSpan.FromSeconds(5), "built-in list of 2026-09-20 (Kling)");

    // No seller of these two is known below two thirds of Kling's own price (api-contract 6) but one at a tenth, which is not GMI. A budget held against
    // a price that is far too low would hold nothing.
    private const decimal LeastShare = 0.25m;

    private const decimal MostTimes = 100;

    private static readonly TimeSpan[] Compared = [TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(60)];

    /// <returns>The price of lip-syncing a clip of this length; at least one block.</returns>
    public decimal SyncUsd(TimeSpan clip) => SyncUsdPerBlock * Math.Max(1, (clip.Ticks + Block.Ticks - 1) / Block.Ticks);

    /// <summary>The prices that the service itself named, as far as they can be used; for the rest the built-in ones.</summary>
    public static PriceList Of(IReadOnlyList<PriceQuote> quotes)
    {
        var (identify, sync) = (Usable(quotes, ModelNames.IdentifyFace), Usable(quotes, ModelNames.LipSync));
        var list = BuiltIn;
        list = identify is null ? list : list.With(identify);
        list = sync is null ? list : list.With(sync);
        return list with { Source = SourceOf(identify?.Day, sync?.Day) };
    }

    /// <param name="counted">The prices that estimates go by, as they are without this one.</param>
    /// <returns>Why a price is not used, or should be looked at; null for one that is used as it is.</returns>
    public static Diagnostic? Doubt(PriceQuote quote, PriceList counted)
    {
        var insteads = counted.TextOf(quote.Model);
        if (!HasKnownUnit(quote))
        {
            return PriceDiagnostics.UnitUnknown(quote.Model, quote.Unit, insteads);
        }

        var list = BuiltIn.With(quote);
        return !IsEnough(list) ? PriceDiagnostics.TooLow(quote.Model, list.TextOf(quote.Model), insteads)
            : IsFarAbove(list) ? PriceDiagnostics.FarAbove(quote.Model, list.TextOf(quote.Model), BuiltIn.TextOf(quote.Model))
            : null;
    }

    /// <summary>Whether estimates can go by this price.</summary>
    public static bool IsUsable(PriceQuote quote) => HasKnownUnit(quote) && IsEnough(BuiltIn.With(quote));

    /// <returns>One model's price in words, as in <c>$0.07 per started 5 s</c>.</returns>
    public string TextOf(string model) => model == ModelNames.IdentifyFace ? $"{Money.Text(IdentifyUsd)} per request"
        : Block == PriceUnit.WholeRequest ? $"{Money.Text(SyncUsdPerBlock)} per request"
        : string.Create(CultureInfo.InvariantCulture, $"{Money.Text(SyncUsdPerBlock)} per started {Block.TotalSeconds:0.###} s");

    /// <summary>Whether the same requests cost the same by another list, wherever its prices come from.</summary>
    public bool CostsAs(PriceList other) => (IdentifyUsd, SyncUsdPerBlock, Block) == (other.IdentifyUsd, other.SyncUsdPerBlock, other.Block);

    private static PriceQuote? Usable(IReadOnlyList<PriceQuote> quotes, string model) => quotes.FirstOrDefault(quote => quote.Model == model && IsUsable(quote));

    private static bool HasKnownUnit(PriceQuote quote) =>
        PriceUnit.Of(quote.Unit) is { } block && (quote.Model != ModelNames.IdentifyFace || block == PriceUnit.WholeRequest);

    private static bool IsEnough(PriceList list) =>
        list.IdentifyUsd >= BuiltIn.IdentifyUsd * LeastShare && Compared.All(clip => list.SyncUsd(clip) >= BuiltIn.SyncUsd(clip) * LeastShare);

    private static bool IsFarAbove(PriceList list) =>
        list.IdentifyUsd > BuiltIn.IdentifyUsd * MostTimes || Compared.Any(clip => list.SyncUsd(clip) > BuiltIn.SyncUsd(clip) * MostTimes);

    private PriceList With(PriceQuote quote)
    {
        if (quote.Model == ModelNames.IdentifyFace)
        {
            return this with { IdentifyUsd = Usd(quote.MicroUsd) };
        }

        // Kling bills started blocks of 5 s (api-contract 6): a price for less time is counted for as much of it as they hold, which is never too little.
        var unit = PriceUnit.Of(quote.Unit) ?? BuiltIn.Block;
        var times = Math.Max(1, (BuiltIn.Block.Ticks + unit.Ticks - 1) / unit.Ticks);
        return this with { SyncUsdPerBlock = Usd(quote.MicroUsd * (decimal)times), Block = unit > BuiltIn.Block ? unit : BuiltIn.Block };
    }

    private static decimal Usd(decimal microUsd) => microUsd / 1_000_000m;

    private static string SourceOf(DateOnly? identify, DateOnly? sync) => (identify, sync) switch
    {
        (null, null) => BuiltIn.Source,
        ({ } one, { } other) when one == other => $"GET /models of {Text(one)}",
        ({ } one, { } other) => $"GET /models of {Text(one)} (identify) and {Text(other)} (lip-sync)",
        ({ } one, null) => $"GET /models of {Text(one)} for identify, {BuiltIn.Source} for lip-sync",
        (null, { } other) => $"GET /models of {Text(other)} for lip-sync, {BuiltIn.Source} for identify",
    };

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
