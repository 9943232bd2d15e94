using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace GmiKlingFlow.Runtime.Results;

/// <summary>What was sent, as it may be shown: URLs without user, query and fragment, and for audio inside the request what tells which file it was.</summary>
internal static class SentJson
{
    private const string Base64Mark = "base64;bytes=";
    private const string TextMark = "text;characters=";

    // The longest text that is kept; Base64 audio of the shortest clip is far longer.
    private const int LongestText = 2048;

    /// <returns>The URL without user, query and fragment; other text as it is.</returns>
    public static string WithoutQuery(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped)
            : text;

    /// <summary>The payload with its members and numbers as they are.</summary>
    public static void Write(Utf8JsonWriter json, JsonElement value) => Write(json, value, null, WithoutQuery);

    /// <summary>As it may be kept: only what would fill the state is cut. Signed queries stay, a lost request is told from others by them.</summary>
    public static string Kept(JsonElement payload)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            Write(json, payload, null, static text => text);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <returns>Whether a member holds audio rather than the address of it.</returns>
    public static bool IsInline(string? name, string text) =>
        !text.StartsWith("http", StringComparison.Ordinal)
        && (text.Length > LongestText || (name == "sound_file" && !Uri.IsWellFormedUriString(text, UriKind.Absolute)));

    private static void Write(Utf8JsonWriter json, JsonElement value, string? name, Func<string, string> shown)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                json.WriteStartObject();
                foreach (var member in value.EnumerateObject())
                {
                    json.WritePropertyName(member.Name);
                    Write(json, member.Value, member.Name, shown);
                }

                json.WriteEndObject();
                break;
            case JsonValueKind.Array:
                json.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                {
                    Write(json, item, null, shown);
                }

                json.WriteEndArray();
                break;
            case JsonValueKind.String:
                var text = value.GetString() ?? "";
                json.WriteStringValue(IsInline(name, text) ? InPlaceOf(text) : shown(text));
                break;
            default:
                value.WriteTo(json);
                break;
        }
    }

    /// <summary>Of the bytes that the text stands for, so that it can be held against the audio file's own hash.</summary>
    private static string InPlaceOf(string text)
    {
        if (text.StartsWith(Base64Mark, StringComparison.Ordinal) || text.StartsWith(TextMark, StringComparison.Ordinal))
        {
            return text;
        }

        var bytes = new byte[(text.Length / 4 * 3) + 3];
        return Convert.TryFromBase64String(text, bytes, out var count)
            ? string.Create(CultureInfo.InvariantCulture, $"{Base64Mark}{count};sha256={Convert.ToHexStringLower(SHA256.HashData(bytes.AsSpan(0, count)))}")
            : string.Create(CultureInfo.InvariantCulture, $"{TextMark}{text.Length};sha256={Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}");
    }
}
