using System.Buffers;
using System.Text.Json;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning;

namespace GmiKlingFlow.Runtime.Results;

/// <summary>The <c>face_choose</c> entries of a payload as results show them: no query strings, no Base64.</summary>
public static class SentFaces
{
    // The longest text that is kept; Base64 audio of the shortest clip is far longer.
    private const int LongestText = 2048;

    /// <summary>From a plan: what is unknown is <c>null</c>.</summary>
    public static IReadOnlyList<JsonElement> Planned(PayloadValue.Object payload)
    {
        var faces = payload.Members.FirstOrDefault(m => m.Key == "face_choose").Value;
        if (faces is not PayloadValue.Array entries)
        {
            return [];
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            PayloadWriter.Write(json, WithoutFiles(entries), PayloadFill.None, requireKnown: false);
        }

        return Entries(buffer.WrittenMemory);
    }

    /// <summary>From a planned job: in the order of its entries, whichever pass sends them.</summary>
    public static IReadOnlyList<JsonElement> Planned(PlannedJob job)
    {
        var faces = new JsonElement[job.Passes.Sum(pass => pass.Entries.Count)];
        foreach (var pass in job.Passes)
        {
            foreach (var (index, face) in Planned(pass.Sync.Payload).Index())
            {
                faces[pass.Entries[index]] = face;
            }
        }

        return faces;
    }

    /// <summary>From a payload's JSON, as kept in the state.</summary>
    public static IReadOnlyList<JsonElement> Sent(string payload)
    {
        using var document = JsonDocument.Parse(payload);
        return Entries(document.RootElement);
    }

    /// <returns>The URL without user, query and fragment; other text as it is.</returns>
    public static string WithoutQuery(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped)
            : text;

    private static PayloadValue WithoutFiles(PayloadValue value) => value switch
    {
        PayloadValue.Array array => new PayloadValue.Array([.. array.Items.Select(WithoutFiles)]),
        PayloadValue.Object members => new PayloadValue.Object(
            [.. members.Members.Where(m => m.Value is not PayloadValue.InlineFile).Select(m => KeyValuePair.Create(m.Key, WithoutFiles(m.Value)))]),
        _ => value,
    };

    private static IReadOnlyList<JsonElement> Entries(ReadOnlyMemory<byte> array)
    {
        using var document = JsonDocument.Parse(array);
        return [.. document.RootElement.EnumerateArray().Select(Clean)];
    }

    private static IReadOnlyList<JsonElement> Entries(JsonElement payload) =>
        payload.ValueKind == JsonValueKind.Object && payload.TryGetProperty("face_choose", out var faces) && faces.ValueKind == JsonValueKind.Array
            ? [.. faces.EnumerateArray().Where(f => f.ValueKind == JsonValueKind.Object).Select(Clean)]
            : [];

    private static JsonElement Clean(JsonElement entry)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            Write(json, entry);
        }

        var reader = new Utf8JsonReader(buffer.WrittenSpan);
        return JsonElement.ParseValue(ref reader);
    }

    private static void Write(Utf8JsonWriter json, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                json.WriteStartObject();
                foreach (var member in value.EnumerateObject().Where(m => !IsBase64(m)))
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
            case JsonValueKind.String:
                json.WriteStringValue(WithoutQuery(value.GetString() ?? ""));
                break;
            default:
                value.WriteTo(json);
                break;
        }
    }

    private static bool IsBase64(JsonProperty member) =>
        member.Value.ValueKind == JsonValueKind.String && member.Value.GetString() is { } text
        && (text.Length > LongestText || (member.NameEquals("sound_file") && !Uri.IsWellFormedUriString(text, UriKind.Absolute) && !text.StartsWith("http", StringComparison.Ordinal)));
}
