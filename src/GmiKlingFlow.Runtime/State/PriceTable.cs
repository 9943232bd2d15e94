using GmiKlingFlow.Core.Planning.Prices;

namespace GmiKlingFlow.Runtime.State;

/// <summary>What the models of a service cost when it was last asked.</summary>
internal sealed class PriceTable(StateDatabase database)
{
    public IReadOnlyList<PriceQuote> Of(string service) => database.List(
        "SELECT model, micro_usd, unit, fetched_at FROM prices WHERE service = $service ORDER BY model",
        static row => new PriceQuote(
            row.GetString(0),
            row.GetInt64(1),
            row.GetString(2),
            DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(3)).UtcDateTime)),
        ("$service", service));

    /// <summary>Keeps a price; one that is known already keeps its day too.</summary>
    public void Put(string service, PriceQuote quote, DateTimeOffset now) => database.Write(() => database.Execute(
        """
        INSERT INTO prices (service, model, micro_usd, unit, fetched_at) VALUES ($service, $model, $price, $unit, $now)
        ON CONFLICT (service, model) DO UPDATE SET micro_usd = $price, unit = $unit, fetched_at = $now WHERE micro_usd <> $price OR unit <> $unit
        """,
        ("$service", service),
        ("$model", quote.Model),
        ("$price", quote.MicroUsd),
        ("$unit", quote.Unit),
        ("$now", now.ToUnixTimeMilliseconds())));
}
