using System.Text.Json;

namespace GmiKlingFlow.Runtime.Queue;

/// <summary>Reads the price out of a model's description (api-contract 2.2).</summary>
internal static class PriceReader
{
    public static ModelPrice? Read(string model, JsonElement json, SecretScrubber scrubber)
    {
        json = JsonText.Unwrapped(json);
        var info = JsonText.Member(json, "price_info");
        var price = JsonText.Number(JsonText.Member(info, "price")) is { } millionths and >= 0 and < 1_000_000_000_000m ? millionths / 1_000_000m : (decimal?)null;
        var details = scrubber.Clean(JsonText.Text(JsonText.Member(json, "pricing_details")));
        var unit = scrubber.Clean(JsonText.Text(JsonText.Member(info, "unit")), 40);
        return price is null && details.Length == 0
            ? null
            : new ModelPrice(
                model,
                price,
                unit.Length > 0 ? unit : null,
                details.Length > 0 ? details : null,
                JsonText.Number(JsonText.Member(json, "percentage_discount")) ?? 0);
    }
}
