using System.Text.Json;
using GmiKlingFlow.Runtime.Queue;

namespace GmiKlingFlow.Cli.Output.Reports;

/// <summary>Reads JSON that anybody may have written, at any version: a member that is missing or of another kind is null. No text comes out with what signs a URL in it.</summary>
internal static class Members
{
    private const int LongestText = 20_000;

    public static JsonElement? Member(this JsonElement element, string name)
    {
        try
        {
            return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null ? member : null;
        }
        catch (InvalidOperationException)
        {
            // A name beside it has half a surrogate pair in it: valid JSON, and no text.
            return null;
        }
    }

    public static IEnumerable<JsonElement> List(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];

    public static string? Text(this JsonElement element, string name) => element.Member(name)?.Text();

    public static string? Text(this JsonElement element)
    {
        try
        {
            return element.ValueKind == JsonValueKind.String && element.GetString() is { } text ? Shown(text) : null;
        }
        catch (InvalidOperationException)
        {
            // As in Member.
            return null;
        }
    }

    public static double? Number(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetDouble(out var value) && double.IsFinite(value) ? value : null;

    public static long? Whole(this JsonElement element, string name) =>
        element.Number(name) is { } number && Math.Abs(number) < 1e15 ? (long)number : null;

    public static decimal? Money(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetDecimal(out var value) ? value : null;

    public static bool Flag(this JsonElement element, string name) => element.Member(name) is { ValueKind: JsonValueKind.True };

    /// <returns>Milliseconds since 1970.</returns>
    public static long? Time(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.String } text && text.TryGetDateTimeOffset(out var time) ? time.ToUnixTimeMilliseconds() : null;

    public static Dictionary<string, string>? Texts(this JsonElement element, string name)
    {
        if (element.Member(name) is not { ValueKind: JsonValueKind.Object } map)
        {
            return null;
        }

        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var member in map.EnumerateObject())
        {
            if (NameOf(member) is { } key && member.Value.Text() is { } value)
            {
                texts[key] = value;
            }
        }

        return texts.Count > 0 ? texts : null;
    }

    /// <returns>Null for a name that is no text.</returns>
    public static string? NameOf(JsonProperty member)
    {
        try
        {
            return Shown(member.Name);
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    public static string Shown(string text) =>
        SecretScrubber.Masked(text.Length <= LongestText ? text : string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[LongestText - 1]) ? LongestText - 1 : LongestText), "…"));
}
