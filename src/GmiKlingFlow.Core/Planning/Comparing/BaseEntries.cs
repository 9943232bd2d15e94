using System.Buffers;
using System.Collections;
using System.Text.Json;

namespace GmiKlingFlow.Core.Planning.Comparing;

/// <summary>The face entries of a base's job, as JSON until someone asks: only jobs that changed are compared by them.</summary>
internal sealed class BaseEntries : IReadOnlyList<IReadOnlyDictionary<string, string>>
{
    private readonly byte[] json;

    private BaseEntries(byte[] json, int count) => (this.json, Count) = (json, count);

    public int Count { get; }

    public IReadOnlyDictionary<string, string> this[int index]
    {
        get
        {
            using var document = JsonDocument.Parse(json);
            return Members(document.RootElement[index]);
        }
    }

    /// <returns>Null where there are none.</returns>
    /// <exception cref="InvalidOperationException">One holds half of a character.</exception>
    public static BaseEntries? Of(IEnumerable<JsonElement> entries)
    {
        var (buffer, count) = (new ArrayBufferWriter<byte>(), 0);
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartArray();
        foreach (var entry in entries)
        {
            _ = Members(entry);
            writer.WriteRawValue(entry.GetRawText(), skipInputValidation: true);
            count++;
        }

        writer.WriteEndArray();
        writer.Flush();
        return count == 0 ? null : new BaseEntries(buffer.WrittenSpan.ToArray(), count);
    }

    public IEnumerator<IReadOnlyDictionary<string, string>> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    // Null is what was not known.
    private static Dictionary<string, string> Members(JsonElement entry) => entry.ValueKind != JsonValueKind.Object
        ? []
        : entry.EnumerateObject().Where(static member => member.Value.ValueKind != JsonValueKind.Null)
            .DistinctBy(static member => member.Name)
            .ToDictionary(static member => member.Name, static member => member.Value.ToString(), StringComparer.Ordinal);
}
