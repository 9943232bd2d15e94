using System.Text.Json;

namespace GmiKlingFlow.Simulator.Kling;

/// <summary>Kling's "no" (api-contract 5.2). No message of a lip-sync's 1201 is public: ours are those of the rules.</summary>
internal sealed record KlingRefusal(int Code, string Message)
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>As GMI was seen to pass on a vendor's error: JSON inside the text (api-contract 5.1). That it does so for Kling is our choice.</summary>
    public string Wrapped(string requestId) =>
        $"API request failed with status 400: {JsonSerializer.Serialize(new { code = Code, message = Message, request_id = requestId }, Relaxed)}";

    public static KlingRefusal Invalid(string message) => new(1201, message);
}
