using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace GmiKlingFlow.Core.Templating.Functions;

/// <summary>Values as JSON, compact, with System.Text.Json's own escapes (as Scriban has them).</summary>
internal static class JsonText
{
    /// <returns>Null, with a diagnostic, when the text would be too long.</returns>
    public static TemplateValue? Of(TemplateValue value, Arguments bounds)
    {
        if (bounds.TextOf(value) is null)
        {
            return null;
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            Write(writer, value);
        }

        return bounds.Make(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    private static void Write(Utf8JsonWriter writer, TemplateValue value)
    {
        switch (value)
        {
            case TemplateValue.Bool truth:
                writer.WriteBooleanValue(truth.Value);
                break;
            case TemplateValue.Integer number:
                writer.WriteNumberValue(number.Value);
                break;
            case TemplateValue.Float number:
                writer.WriteNumberValue(number.Value);
                break;
            case TemplateValue.Text text:
                writer.WriteStringValue(Readable(text.Value));
                break;
            case TemplateValue.Moment moment:
                writer.WriteStringValue(moment.Value);
                break;
            case TemplateValue.Span span:
                writer.WriteStringValue(span.Value.ToString("c", CultureInfo.InvariantCulture));
                break;
            case TemplateValue.List list:
                writer.WriteStartArray();
                foreach (var item in list.Items)
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            case TemplateValue.Map map:
                writer.WriteStartObject();
                foreach (var member in map.Members)
                {
                    writer.WritePropertyName(Readable(member.Key));
                    Write(writer, member.Value);
                }

                writer.WriteEndObject();
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }

    // Half a surrogate pair has no UTF-8 and would be an exception.
    private static string Readable(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
