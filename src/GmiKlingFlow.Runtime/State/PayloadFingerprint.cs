using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace GmiKlingFlow.Runtime.State;

/// <summary>Tells whether two payloads are the same JSON, whatever their white space, order of members or way of writing numbers.</summary>
public static class PayloadFingerprint
{
    /// <returns>Lower-case hex SHA-256 of the payload in a canonical form.</returns>
    public static string Of(JsonElement payload)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            Write(json, payload);
        }

        return Convert.ToHexStringLower(SHA256.HashData(buffer.WrittenSpan));
    }

    /// <param name="body">The bytes of <c>{"model":...,"payload":...}</c>.</param>
    public static string OfRequestBody(ReadOnlyMemory<byte> body)
    {
        using var document = JsonDocument.Parse(body);
        return Of(document.RootElement.GetProperty("payload"));
    }

    private static void Write(Utf8JsonWriter json, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                json.WriteStartObject();
                foreach (var member in value.EnumerateObject().OrderBy(m => m.Name, StringComparer.Ordinal))
                {
                    json.WritePropertyName(member.Name);
                    Write(json, member.Value);
                }

                json.WriteEndObject();
                break;
            case JsonValueKind.Array:
                json.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                {
                    Write(json, item);
                }

                json.WriteEndArray();
                break;
            case JsonValueKind.Number:
                // 1, 1.0 and 1e0 are one number, and so is "1": servers send numbers as strings (api-contract 8 trap 16),
                // and a request that is not recognised would be paid for again.
                json.WriteStringValue(value.GetDouble().ToString("R", CultureInfo.InvariantCulture));
                break;
            default:
                value.WriteTo(json);
                break;
        }
    }
}
