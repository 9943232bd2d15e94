using System.Globalization;
using System.Text;
using System.Text.Json;

namespace GmiKlingFlow.Runtime.Queue;

/// <summary>Reads what a server calls JSON: byte order marks, UTF-16, JSON hidden in strings, numbers sent as strings.</summary>
internal static class JsonText
{
    /// <summary>JSON within JSON is unwrapped this often.</summary>
    public const int MaxWraps = 4;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 64 };

    /// <returns>An element that needs no disposing; null for what is no JSON.</returns>
    public static JsonElement? Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(WithoutLoneSurrogates(text), Options);
            return document.RootElement.Clone();
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            return null;
        }
    }

    public static string Decode(byte[] body, string? charset)
    {
        var encoding = body switch
        {
            [0xFF, 0xFE, ..] => Encoding.Unicode,
            [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode,
            [0xEF, 0xBB, 0xBF, ..] => Encoding.UTF8,
            [0x7B or 0x5B, 0, ..] => Encoding.Unicode,
            [0, 0x7B or 0x5B, ..] => Encoding.BigEndianUnicode,
            _ => charset?.Trim('"', ' ').ToUpperInvariant() switch
            {
                "UTF-16" or "UTF-16LE" => Encoding.Unicode,
                "UTF-16BE" => Encoding.BigEndianUnicode,
                "ISO-8859-1" or "LATIN1" or "US-ASCII" or "WINDOWS-1252" => Encoding.Latin1,
                _ => Encoding.UTF8,
            },
        };
        return encoding.GetString(body).TrimStart('\uFEFF');
    }

    /// <summary>A string that holds an object, an array or such a string is read as what it holds.</summary>
    public static JsonElement Unwrapped(JsonElement element)
    {
        for (var i = 0; i < MaxWraps && element.ValueKind == JsonValueKind.String; i++)
        {
            var text = element.GetString()?.Trim() ?? "";
            if (!text.StartsWith('{') && !text.StartsWith('[') && !text.StartsWith('"') || Parse(text) is not { } inner)
            {
                break;
            }

            element = inner;
        }

        return element;
    }

    /// <returns>The member, unwrapped; null when missing, JSON null, or when the element is no object.</returns>
    public static JsonElement? Member(JsonElement? element, string name) =>
        element is { ValueKind: JsonValueKind.Object } o && o.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null
            ? Unwrapped(member)
            : null;

    /// <returns>A string as it is, a number as it is written; null otherwise.</returns>
    public static string? Text(JsonElement? element) => element switch
    {
        { ValueKind: JsonValueKind.String } s => s.GetString(),
        { ValueKind: JsonValueKind.Number } n => n.GetRawText(),
        _ => null,
    };

    /// <returns>A number, also one sent as a string (api-contract 8, trap 16).</returns>
    public static decimal? Number(JsonElement? element) =>
        decimal.TryParse(Text(element)?.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    // Half a surrogate pair is legal in JSON's grammar and throws on reading; it is replaced before anyone reads it.
    private static string WithoutLoneSurrogates(string text)
    {
        if (!text.Contains("\\u", StringComparison.Ordinal))
        {
            return text;
        }

        var kept = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\' || i + 1 >= text.Length)
            {
                kept.Append(text[i]);
            }
            else if (Escape(text, i) is not { } first || !char.IsSurrogate(first))
            {
                kept.Append(text, i++, 2);
            }
            else
            {
                var isPair = char.IsHighSurrogate(first) && Escape(text, i + 6) is { } second && char.IsLowSurrogate(second);
                kept.Append(isPair ? text.AsSpan(i, 12) : "\\uFFFD");
                i += isPair ? 11 : 5;
            }
        }

        return kept.ToString();
    }

    private static char? Escape(string text, int at) =>
        at + 6 <= text.Length && text[at] == '\\' && text[at + 1] == 'u'
        && ushort.TryParse(text.AsSpan(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
            ? (char)code
            : null;
}
