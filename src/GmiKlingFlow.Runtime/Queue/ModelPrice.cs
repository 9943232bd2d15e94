namespace GmiKlingFlow.Runtime.Queue;

/// <summary>A model's price as the queue shows it (api-contract 2.2).</summary>
/// <param name="UsdPerUnit">From <c>price_info.price</c>, an integer in millionths of a dollar; null when not given.</param>
/// <param name="Unit">Such as <c>second</c> or <c>image</c>; null when not given.</param>
/// <param name="Details">The free text of <c>pricing_details</c>; null when not given.</param>
/// <param name="DiscountPercent">As shown; whether the price includes it is not documented. Zero when not given.</param>
public sealed record ModelPrice(string Model, decimal? UsdPerUnit, string? Unit, string? Details, decimal DiscountPercent);
