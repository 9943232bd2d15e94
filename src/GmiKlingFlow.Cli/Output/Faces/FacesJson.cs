using System.Text.Encodings.Web;
using System.Text.Json;
using GmiKlingFlow.Runtime.Execution;

namespace GmiKlingFlow.Cli.Output.Faces;

/// <summary>The faces of each video as JSON: <c>{"flows":[{name, videos:[{video, key, session_id, reused, faces:[{face_id, start_time, end_time}], error}]}]}</c>, times in ms.</summary>
internal static class FacesJson
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(Terminal terminal, IReadOnlyList<IdentifiedFlow> flows)
    {
        terminal.WriteData(stream =>
        {
            using var json = new Utf8JsonWriter(stream, Options);
            json.WriteStartObject();
            json.WriteStartArray("flows");
            foreach (var flow in flows)
            {
                json.WriteStartObject();
                json.WriteString("name", flow.Name);
                json.WriteStartArray("videos");
                foreach (var video in flow.Videos)
                {
                    WriteVideo(json, video);
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
        terminal.Data.WriteLine();
    }

    private static void WriteVideo(Utf8JsonWriter json, IdentifiedVideo video)
    {
        json.WriteStartObject();
        json.WriteString("video", video.Video.Name);
        json.WriteString("key", video.VideoKey);
        json.WriteString("session_id", video.SessionId);
        json.WriteBoolean("reused", video.IsReused);
        json.WriteStartArray("faces");
        foreach (var face in video.Faces ?? [])
        {
            json.WriteStartObject();
            json.WriteString("face_id", face.Id);
            json.WriteNumber("start_time", (long)face.Visible.Start.TotalMilliseconds);
            json.WriteNumber("end_time", (long)face.Visible.End.TotalMilliseconds);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (video.Failure is { } failure)
        {
            json.WriteStartObject("error");
            json.WriteString("code", failure.Code);
            json.WriteString("message", failure.Message);
            json.WriteBoolean("retryable", failure.Retryable);
            json.WriteString("hint", failure.Hint);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("error");
        }

        json.WriteEndObject();
    }
}
