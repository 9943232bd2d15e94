using System.Text.Json;
using System.Text.Unicode;

namespace GmiKlingFlow.Simulator.Requests;

/// <summary>The body of a POST, read with distrust.</summary>
internal sealed class SubmittedBody(JsonDocument document, string model, JsonElement payload) : IDisposable
{
    public string Model { get; } = model;

    public JsonElement Payload { get; } = payload;

    /// <param name="error">What the queue says to it; the words are our choice.</param>
    public static SubmittedBody? Parse(ReadOnlyMemory<byte> json, out string error)
    {
        error = "invalid request body: not valid JSON";
        if (Document(json) is not { } document)
        {
            return null;
        }

        if (document.RootElement.ValueKind != JsonValueKind.Object
            || !document.RootElement.TryGetProperty("model", out var model) || model.ValueKind != JsonValueKind.String
            || !document.RootElement.TryGetProperty("payload", out var payload) || payload.ValueKind != JsonValueKind.Object)
        {
            error = "invalid request body: \"model\" (string) and \"payload\" (object) are required";
            document.Dispose();
            return null;
        }

        return new SubmittedBody(document, model.GetString() ?? "", payload);
    }

    /// <returns>Null where it is not JSON, or holds text that is none.</returns>
    public static JsonDocument? Document(ReadOnlyMemory<byte> json)
    {
        try
        {
            return Utf8.IsValid(json.Span) && HasTextsOnly(json.Span) ? JsonDocument.Parse(json) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public void Dispose() => document.Dispose();

    // Half a surrogate pair is JSON by its grammar, and an exception wherever it is read as text later.
    private static bool HasTextsOnly(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped)
            {
                try
                {
                    reader.GetString();
                }
                catch (InvalidOperationException)
                {
                    return false;
                }
            }
        }

        return true;
    }
}
