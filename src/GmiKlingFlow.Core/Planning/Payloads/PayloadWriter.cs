using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using GmiKlingFlow.Core.Model;

namespace GmiKlingFlow.Core.Planning.Payloads;

/// <summary>The one place that turns a payload into JSON, for the plan and for the wire alike: that is what makes the plan the truth.</summary>
public static class PayloadWriter
{
    // A multiple of 3, so that no chunk but the last is padded.
    private const int Base64Chunk = 48 * 1024;

    /// <summary>The bytes a POST sends are written with these options: no white space, only what JSON requires escaped.</summary>
    public static readonly JsonWriterOptions WireOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = false };

    /// <returns>The exact bytes of <c>{"model":...,"payload":...}</c>.</returns>
    /// <exception cref="InvalidOperationException">Something in the payload is still unknown: such a request must not be sent.</exception>
    public static ReadOnlyMemory<byte> RequestBody(string model, PayloadValue.Object payload, PayloadFill fill)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, WireOptions))
        {
            json.WriteStartObject();
            json.WriteString("model", model);
            json.WritePropertyName("payload");
            Write(json, payload, fill, requireKnown: true);
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    /// <summary>Writes a value; what is unknown becomes <c>null</c>, or an exception where <paramref name="requireKnown"/> is set.</summary>
    public static void Write(Utf8JsonWriter json, PayloadValue value, PayloadFill fill, bool requireKnown)
    {
        switch (value)
        {
            case PayloadValue.Null:
                json.WriteNullValue();
                break;
            case PayloadValue.Bool flag:
                json.WriteBooleanValue(flag.Value);
                break;
            case PayloadValue.Integer integer:
                json.WriteNumberValue(integer.Value);
                break;
            case PayloadValue.Number number:
                json.WriteNumberValue(number.Value);
                break;
            case PayloadValue.Text text:
                json.WriteStringValue(text.Value);
                break;
            case PayloadValue.InlineFile inline:
                WriteBase64(json, inline.File);
                break;
            case PayloadValue.Array array:
                json.WriteStartArray();
                foreach (var item in array.Items)
                {
                    Write(json, item, fill, requireKnown);
                }

                json.WriteEndArray();
                break;
            case PayloadValue.Object members:
                json.WriteStartObject();
                foreach (var (name, member) in members.Members)
                {
                    json.WritePropertyName(name);
                    Write(json, member, fill, requireKnown);
                }

                json.WriteEndObject();
                break;
            case PayloadValue.SessionId when fill.SessionId is { } session:
                json.WriteStringValue(session);
                break;
            case PayloadValue.UploadedUrl upload when fill.UploadedUrl(upload.File) is { } url:
                json.WriteStringValue(url);
                break;
            case PayloadValue.PassResult when fill.PassResult is { } url:
                json.WriteStringValue(url);
                break;
            default:
                if (requireKnown)
                {
                    throw new InvalidOperationException($"A payload to be sent still holds an unknown value ({value.GetType().Name}).");
                }

                json.WriteNullValue();
                break;
        }
    }

    private static void WriteBase64(Utf8JsonWriter json, MediaSource.LocalFile file)
    {
        using var content = File.OpenRead(file.FullPath);
        var chunk = new byte[Base64Chunk];
        int read;
        while ((read = content.ReadAtLeast(chunk, chunk.Length, throwOnEndOfStream: false)) == chunk.Length)
        {
            json.WriteBase64StringSegment(chunk, isFinalSegment: false);
        }

        json.WriteBase64StringSegment(chunk.AsSpan(0, read), isFinalSegment: true);
    }
}
