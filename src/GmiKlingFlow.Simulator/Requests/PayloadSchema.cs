using System.Text.Json;
using GmiKlingFlow.Core.Model;

namespace GmiKlingFlow.Simulator.Requests;

/// <summary>GMI's own check against a model's <c>parameters</c>, strict on types (api-contract 5.1). <c>face_choose</c> is forwarded as it is,
/// so only that it is a list. An empty payload was seen to be queued and billed for other models (8, trap 20): refusing it is our choice.</summary>
internal static class PayloadSchema
{
    private static readonly (string Name, JsonValueKind Kind, bool Required)[] Identify =
        [("video_url", JsonValueKind.String, false), ("video_id", JsonValueKind.String, false)];

    private static readonly (string Name, JsonValueKind Kind, bool Required)[] Sync =
        [("session_id", JsonValueKind.String, true), ("face_choose", JsonValueKind.Array, true)];

    /// <returns>Null when the payload passes.</returns>
    public static string? Problem(string model, JsonElement payload)
    {
        foreach (var (name, kind, required) in model == ModelNames.IdentifyFace ? Identify : Sync)
        {
            if (!payload.TryGetProperty(name, out var value))
            {
                if (required)
                {
                    return $"invalid payload parameters: {name} is missing";
                }
            }
            else if (value.ValueKind != kind)
            {
                return $"invalid payload parameters: {name} must be {(kind == JsonValueKind.Array ? "an array" : "a string")}";
            }
        }

        if (model == ModelNames.IdentifyFace && !payload.TryGetProperty("video_url", out _) && !payload.TryGetProperty("video_id", out _))
        {
            return "invalid payload parameters: video_url is missing";
        }

        return null;
    }
}
