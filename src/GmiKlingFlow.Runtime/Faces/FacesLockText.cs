using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using GmiKlingFlow.Core.Manifests;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Runtime.Results;

namespace GmiKlingFlow.Runtime.Faces;

/// <summary>A faces lock as YAML for review: equal locks give equal bytes (<c>schemas/faces-lock.v1.schema.json</c>).</summary>
public static class FacesLockText
{
    private const string Head = "# Who is seen when, as gkflow identify found it. Look at the faces, then commit this file: gkflow run refuses to spend when they differ.\n";

    public static byte[] Of(FacesLock faces)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("apiVersion", FlowVersion.ApiVersion);
            json.WriteString("kind", FacesLockShape.Kind);
            json.WriteStartArray("videos");
            foreach (var video in faces.Videos)
            {
                Write(json, video);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        using var document = JsonDocument.Parse(buffer.WrittenMemory);
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        text.Write(Head);
        new YamlEmitter(text).Document(document.RootElement);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void Write(Utf8JsonWriter json, LockedVideo video)
    {
        json.WriteStartObject();
        json.WriteString("source", video.Source);
        json.WriteString("fingerprint", video.Fingerprint);
        if (video.IsSimulated)
        {
            json.WriteBoolean("simulated", true);
        }

        json.WriteStartArray("faces");
        foreach (var (face, thumbnail) in video.Faces)
        {
            json.WriteStartObject();
            json.WriteString("face_id", face.Id);
            json.WriteNumber("start_time", (long)face.Visible.Start.TotalMilliseconds);
            json.WriteNumber("end_time", (long)face.Visible.End.TotalMilliseconds);
            if (thumbnail is not null)
            {
                json.WriteString("thumbnail", thumbnail);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
