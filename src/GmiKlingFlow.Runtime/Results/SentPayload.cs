using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GmiKlingFlow.Runtime.Results;

/// <summary>
/// A request's payload as results show it. It is read where it is kept when it is first written, and held from then on unless it is large: results are
/// written many times in a run, and those of ten thousand jobs with one entry each are 4 MB.
/// </summary>
[JsonConverter(typeof(SentPayloadConverter))]
public sealed class SentPayload
{
    private const int LargestHeld = 4096;

    private readonly Func<string?> read;
    private byte[]? held;

    /// <param name="read">Gives the payload's JSON as it was sent; null where it is not on record.</param>
    internal SentPayload(Func<string?> read) => this.read = read;

    internal SentPayload(JsonElement payload)
    {
        var json = payload.GetRawText();
        read = () => json;
    }

    /// <summary>Without signatures; <c>null</c> where it is not on record.</summary>
    public void WriteTo(Utf8JsonWriter json)
    {
        if (held is { } shown)
        {
            using var kept = JsonDocument.Parse(shown);
            kept.RootElement.WriteTo(json);
            return;
        }

        if (read() is not { } text)
        {
            json.WriteNullValue();
            return;
        }

        shown = Shown(text);
        held = shown.Length <= LargestHeld ? shown : null;
        using var document = JsonDocument.Parse(shown);
        document.RootElement.WriteTo(json);
    }

    private static byte[] Shown(string text)
    {
        using var document = JsonDocument.Parse(text);
        var buffer = new ArrayBufferWriter<byte>(text.Length);
        using (var json = new Utf8JsonWriter(buffer))
        {
            SentJson.Write(json, document.RootElement);
        }

        return buffer.WrittenSpan.ToArray();
    }
}

/// <summary>Any JSON value is one: what is read was checked, if at all, by whoever sent it.</summary>
internal sealed class SentPayloadConverter : JsonConverter<SentPayload>
{
    public override SentPayload Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(JsonElement.ParseValue(ref reader));

    public override void Write(Utf8JsonWriter writer, SentPayload value, JsonSerializerOptions options) => value.WriteTo(writer);
}
