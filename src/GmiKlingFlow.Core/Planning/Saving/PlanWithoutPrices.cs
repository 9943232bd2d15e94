using System.Text.Json;
using System.Text.Json.Nodes;

namespace GmiKlingFlow.Core.Planning.Saving;

/// <summary>A plan's JSON without what it costs: a price that the service has changed since changes nothing of what is sent.</summary>
internal static class PlanWithoutPrices
{
    private const string Estimate = "estimated_usd";

    public static string Of(ReadOnlySpan<byte> plan)
    {
        var root = JsonNode.Parse(plan) as JsonObject;
        foreach (var step in (root?["jobs"] as JsonArray ?? []).SelectMany(static job => (job as JsonObject)?["steps"] as JsonArray ?? []).OfType<JsonObject>())
        {
            step.Remove(Estimate);
        }

        if (root?["summary"] is JsonObject summary)
        {
            summary.Remove(Estimate);
            summary.Remove("price_source");
        }

        return root?.ToJsonString() ?? "null";
    }

    public static decimal EstimateIn(ReadOnlyMemory<byte> plan)
    {
        using var document = JsonDocument.Parse(plan);
        return document.RootElement.TryGetProperty("summary", out var summary) && summary.ValueKind == JsonValueKind.Object
            && summary.TryGetProperty(Estimate, out var estimate) && estimate.ValueKind == JsonValueKind.Number && estimate.TryGetDecimal(out var usd) ? usd : 0;
    }
}
