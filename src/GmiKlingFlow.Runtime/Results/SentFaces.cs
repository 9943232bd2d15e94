using System.Buffers;
using System.Text.Json;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning;
using GmiKlingFlow.Core.Planning.Payloads;

namespace GmiKlingFlow.Runtime.Results;

/// <summary>The <c>face_choose</c> entries of a payload as results show them: no query strings, no Base64.</summary>
public static class SentFaces
{
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

    private static void Write(Utf8JsonWriter json, JsonElement entry)
    {
        if (entry.ValueKind != JsonValueKind.Object)
        {
            SentJson.Write(json, entry);
            return;
        }

        json.WriteStartObject();
        foreach (var member in entry.EnumerateObject().Where(static m => !IsBase64(m)))
        {
            json.WritePropertyName(member.Name);
            SentJson.Write(json, member.Value);
        }

        json.WriteEndObject();
    }

    private static bool IsBase64(JsonProperty member) =>
        member.Value.ValueKind == JsonValueKind.String && SentJson.IsInline(member.Name, member.Value.GetString() ?? "");
}
