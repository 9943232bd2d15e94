using System.Globalization;
using System.Text.Json;
using GmiKlingFlow.Core.Model;

namespace GmiKlingFlow.Simulator.Requests;

/// <summary>GET /models and /models/{id} in their known shape (api-contract 2.1, 2.2). Which parameters and prices the two models really show is
/// not public: here they are the documented fields and Kling's prices, in millionths of a dollar.</summary>
internal static class ModelCatalogue
{
    /// <summary>Ids are case-sensitive (api-contract 1).</summary>
    public static bool Has(string model) => model is ModelNames.IdentifyFace or ModelNames.LipSync;

    public static byte[] List() => RecordWriter.Write(json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("model_ids");
        json.WriteStringValue(ModelNames.IdentifyFace);
        json.WriteStringValue(ModelNames.LipSync);
        json.WriteEndArray();
        json.WriteEndObject();
    });

    public static byte[] Detail(string model, SimulatorOptions options) => model == ModelNames.IdentifyFace
        ? Detail(model, "Finds the faces of a video.", options.IdentifyPrice, json =>
            Parameter(json, "video_url", "Video URL", "The video to look for faces in: mp4 or mov, 2 to 60 s.", "string"))
        : Detail(model, "Makes faces of a video speak the given audio.", options.SyncPrice, json =>
        {
            Parameter(json, "session_id", "Session", "What kling-identify-face returned.", "string");
            Parameter(json, "face_choose", "Faces", "Which face speaks which audio when.", "array");
        });

    private static byte[] Detail(string model, string description, ShownPrice price, Action<Utf8JsonWriter> parameters) => RecordWriter.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("model", model);
        json.WriteString("org_id", "kling");
        json.WriteString("model_type", "video");
        json.WriteString("brief_description", description);
        json.WriteString("detailed_description", $"{description} Simulated on this machine.");
        json.WriteStartObject("modalities");
        json.WriteEndObject();
        json.WriteStartArray("tags");
        json.WriteStringValue("simulated");
        json.WriteEndArray();
        json.WriteStartArray("parameters");
        parameters(json);
        json.WriteEndArray();
        json.WriteString("pricing_details", string.Create(CultureInfo.InvariantCulture, $"${price.MicroUsd / 1_000_000m} per {price.Unit}"));
        json.WriteStartObject("price_info");
        json.WriteNumber("price", price.MicroUsd);
        json.WriteString("unit", price.Unit);
        json.WriteEndObject();
        json.WriteNumber("percentage_discount", 0);
        json.WriteEndObject();
    });

    private static void Parameter(Utf8JsonWriter json, string key, string name, string description, string type)
    {
        json.WriteStartObject();
        json.WriteString("name", key);
        json.WriteString("key", key);
        json.WriteString("display_name", name);
        json.WriteString("description", description);
        json.WriteString("type", type);
        json.WriteBoolean("required", true);
        json.WriteEndObject();
    }
}
