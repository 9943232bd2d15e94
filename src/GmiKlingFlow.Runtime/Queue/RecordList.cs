using System.Text.Json;

namespace GmiKlingFlow.Runtime.Queue;

/// <summary>Reads the answer to a listing (api-contract 2.8).</summary>
internal sealed class RecordList(RecordReader records, ReadClassifier reads, int limit)
{
    private static readonly string[] Keys = ["requests", "data", "items"];

    public ListOutcome Read(Exchange.Answer answer, string model)
    {
        if (JsonText.Parse(JsonText.Decode(answer.Body, answer.Charset)) is not { } json || Entries(JsonText.Unwrapped(json)) is not { } entries)
        {
            return new ListOutcome.Unavailable(reads.Unreadable(answer));
        }

        // Each record keeps its own copy, so that one of them does not hold the whole answer in memory.
        var read = entries.Select(e => records.Read(e, model)).OfType<RequestRecord>()
            .Select(r => r with { Payload = r.Payload?.Clone(), Outcome = r.Outcome?.Clone() }).ToList();
        return new ListOutcome.Listed(read) { IsComplete = read.Count == entries.Count && entries.Count < limit, ClockOffset = answer.ClockOffset };
    }

    private static List<JsonElement>? Entries(JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.Array)
        {
            return [.. json.EnumerateArray()];
        }

        foreach (var key in Keys)
        {
            // A list of none may be sent as null.
            if (json.ValueKind == JsonValueKind.Object && json.TryGetProperty(key, out var member))
            {
                member = JsonText.Unwrapped(member);
                return member.ValueKind == JsonValueKind.Null ? []
                    : member.ValueKind == JsonValueKind.Array ? [.. member.EnumerateArray()]
                    : member.ValueKind == JsonValueKind.Object ? Entries(member)
                    : null;
            }
        }

        return null;
    }
}
