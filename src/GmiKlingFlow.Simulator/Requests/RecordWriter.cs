using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using GmiKlingFlow.Simulator.Kling;

namespace GmiKlingFlow.Simulator.Requests;

/// <summary>Writes request records with the keys and the key order that were seen (api-contract 2.3 to 2.8). Times are whole Unix seconds.</summary>
internal sealed class RecordWriter(Func<Uri> origin, OutcomeShape shape, string resultQuery = "")
{
    /// <summary>Two ids that every record of the one simulated account carries.</summary>
    public const string Organisation = "0b6f1f5e-4a52-4c53-9d0e-3f6d3a8c6f10";

    private const string User = "7d3c2a90-19b4-4be1-8a53-55a0f5b0c2d4";

    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The answer to a POST that only queues: neither payload nor outcome (2.3).</summary>
    public byte[] Queued(SimulatedRequest request) => Write(json => WriteRecord(json, request, owner: false, content: false));

    /// <summary>The answer to a POST that waited for the result (2.4).</summary>
    public byte[] Finished(SimulatedRequest request) => Write(json => WriteRecord(json, request, owner: false, content: true));

    /// <summary>The answer to a GET (2.5 to 2.7).</summary>
    public byte[] Record(SimulatedRequest request) => Write(json => WriteRecord(json, request, owner: true, content: true));

    /// <summary>The list (2.8).</summary>
    public byte[] List(IReadOnlyList<SimulatedRequest> requests) => Write(json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("requests");
        foreach (var request in requests)
        {
            WriteRecord(json, request, owner: false, content: true);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    public string Address(string objectName) => new Uri(origin(), $"/storage/{string.Join('/', objectName.Split('/').Select(Uri.EscapeDataString))}").AbsoluteUri;

    public static byte[] Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Relaxed))
        {
            write(json);
        }

        return buffer.WrittenSpan.ToArray();
    }

    private void WriteRecord(Utf8JsonWriter json, SimulatedRequest request, bool owner, bool content)
    {
        var state = request.State;
        json.WriteStartObject();
        json.WriteString("request_id", request.Id);
        if (owner)
        {
            json.WriteString("org_id", request.Organisation);
            json.WriteString("user_id", User);
        }

        json.WriteString("model", request.Model);
        json.WriteString("status", state.Status);
        if (owner)
        {
            json.WriteBoolean("is_public", false);
        }

        if (content)
        {
            json.WritePropertyName("payload");
            json.WriteRawValue(request.Payload.Read(), skipInputValidation: true);
            json.WritePropertyName("outcome");
            WriteOutcome(json, state.Outcome);
        }

        json.WriteNumber("created_at", request.CreatedAt.ToUnixTimeSeconds());
        json.WriteNumber("updated_at", state.UpdatedAt.ToUnixTimeSeconds());
        json.WriteNumber("queued_at", request.CreatedAt.ToUnixTimeSeconds());
        json.WriteEndObject();
    }

    private void WriteOutcome(Utf8JsonWriter json, RequestOutcome? outcome)
    {
        if (outcome is null)
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartObject();
        switch (outcome)
        {
            case RequestOutcome.Faces faces:
                WriteFaces(json, faces.Session);
                break;
            case RequestOutcome.Video video:
                WriteVideo(json, video);
                break;
            case RequestOutcome.Error error:
                json.WriteString("error", error.Text);
                break;
        }

        json.WriteEndObject();
    }

    private void WriteFaces(Utf8JsonWriter json, KlingSession session)
    {
        json.WriteStartObject("data");
        json.WriteString("session_id", session.Id);
        json.WriteString("final_unit_deduction", "0.05");
        json.WriteStartObject("final_balance_deduction");
        json.WriteString("quota", KlingPrices.IdentifyUsd.ToString(CultureInfo.InvariantCulture));
        json.WriteString("list_price", KlingPrices.IdentifyUsd.ToString(CultureInfo.InvariantCulture));
        json.WriteEndObject();
        json.WriteStartArray("face_data");
        foreach (var (face, image) in session.Faces.Zip(session.FaceImages))
        {
            json.WriteStartObject();
            json.WriteString("face_id", face.Id);
            json.WriteString("face_image", Address(image));
            json.WriteNumber("start_time", (long)face.Visible.Start.TotalMilliseconds);
            json.WriteNumber("end_time", (long)face.Visible.End.TotalMilliseconds);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    // No recording of a lip-sync's result is public (api-contract 9): by default it is the shape of GMI's other video models.
    private void WriteVideo(Utf8JsonWriter json, RequestOutcome.Video video)
    {
        var url = Address(video.ObjectName) + resultQuery;
        switch (shape)
        {
            case OutcomeShape.VideoUrl:
                json.WriteString("thumbnail_image_url", Address(video.ThumbnailName));
                json.WriteString("video_url", url);
                break;
            case OutcomeShape.KlingTask:
                json.WriteStartObject("data");
                json.WriteString("task_status", "succeed");
                json.WriteStartObject("task_result");
                WriteList(json, "videos", url);
                json.WriteEndObject();
                json.WriteEndObject();
                break;
            default:
                WriteList(json, "media_urls", url);
                json.WriteString("thumbnail_image_url", Address(video.ThumbnailName));
                break;
        }

        if (video.Note is not null)
        {
            json.WriteString("simulator_note", video.Note);
        }
    }

    private static void WriteList(Utf8JsonWriter json, string name, string url)
    {
        json.WriteStartArray(name);
        json.WriteStartObject();
        json.WriteString("id", "0");
        json.WriteString("url", url);
        json.WriteEndObject();
        json.WriteEndArray();
    }
}
