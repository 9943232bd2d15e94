namespace GmiKlingFlow.Core.Planning.Prices;

/// <summary>A model's price in the service's own words (<c>price_info</c> of <c>GET /models/{id}</c>, api-contract 2.2).</summary>
/// <param name="MicroUsd">Per <paramref name="Unit"/>, in millionths of a dollar.</param>
/// <param name="Unit">As written by the service, such as <c>second</c>; empty where it names none.</param>
/// <param name="Day">When this price was first seen, in UTC: a price that stays the same leaves plans the same.</param>
public sealed record PriceQuote(string Model, long MicroUsd, string Unit, DateOnly Day);
