using System.Text.Json;
using System.Text.Json.Serialization;

namespace GmiKlingFlow.Runtime.Results;

/// <summary>A request's payload as results show it. Read where it is kept whenever it is written: the payloads of ten thousand jobs are not held.</summary>
[JsonConverter(typeof(SentPayloadConverter))]
public sealed class SentPayload
{
    private readonly Func<string?> read;

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
        if (read() is not { } text)
        {
            json.WriteNullValue();
            return;
        }

        using var document = JsonDocument.Parse(text);
        SentJson.Write(json, document.RootElement);
    }
}

/// <summary>Any JSON value is one: what is read was checked, if at all, by whoever sent it.</summary>
internal sealed class SentPayloadConverter : JsonConverter<SentPayload>
{
    public override SentPayload Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(JsonElement.ParseValue(ref reader));

    public override void Write(Utf8JsonWriter writer, SentPayload value, JsonSerializerOptions options) => value.WriteTo(writer);
}
