using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace GmiKlingFlow.Cli.Output.Reports;

/// <summary>Reads one request of a job.</summary>
internal static class StepReading
{
    // Bare Base64 audio is what is longer.
    private const int LongestValue = 2048;

    private static readonly JsonWriterOptions ForPeople = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ReportStep Read(JsonElement step)
    {
        var cost = step.Member("cost") ?? default;
        var unknown = step.List("unknown").Select(static pointer => pointer.Text()).OfType<string>().ToList();
        return new ReportStep(step.Text("model") ?? "", step.Text("status") ?? step.Text("action") ?? "")
        {
            RequestId = step.Text("request_id"),
            Attempts = step.Whole("attempts"),
            SubmittedAt = step.Time("submitted_at"),
            FinishedAt = step.Time("finished_at"),
            QueuedMs = step.Whole("queued_ms"),
            Polls = step.Whole("polls"),
            Usd = cost.Money("usd") ?? step.Money("estimated_usd"),
            CostSource = cost.Text("source"),
            Payload = step.Member("payload") is { ValueKind: JsonValueKind.Object } payload ? Payload(payload) : null,
            Unknown = unknown.Count > 0 ? unknown : null,
        };
    }

    private static string Payload(JsonElement payload)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, ForPeople))
        {
            Write(json, payload);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                json.WriteStartObject();
                foreach (var member in value.EnumerateObject())
                {
                    json.WritePropertyName(Members.NameOf(member) ?? "?");
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
                json.WriteStringValue(value.Text() is { } text ? text.Length <= LongestValue ? text : $"{text.AsSpan(0, 40)}… (long value left out)" : "?");
                break;
            default:
                value.WriteTo(json);
                break;
        }
    }
}
