using System.Globalization;
using System.Text.Json;
using GmiKlingFlow.Runtime.Results;

namespace GmiKlingFlow.Runtime.Execution;

/// <summary>Tells people where two payloads differ.</summary>
internal static class PayloadDifferences
{
    private const int MostShown = 4;
    private const int LongestValue = 40;

    /// <param name="ours">As JSON; null when it was too large to keep.</param>
    /// <returns>As in <c>/face_choose/0/sound_end_time is 2900 here and 3100 there</c>; at most a few.</returns>
    public static string Between(string? ours, JsonElement theirs)
    {
        if (ours is null)
        {
            return "its payload is another one";
        }

        // Audio inside a large request is kept by its hash alone: so it is held against what the service has.
        using var kept = JsonDocument.Parse(ours);
        using var one = JsonDocument.Parse(SentJson.Kept(kept.RootElement));
        using var other = JsonDocument.Parse(SentJson.Kept(theirs));
        var found = Of("", one.RootElement, other.RootElement).Take(MostShown + 1).ToList();
        var shown = string.Join("; ", found.Take(MostShown));
        return found.Count > MostShown ? $"{shown}; and more" : shown;
    }

    private static IEnumerable<string> Of(string at, JsonElement ours, JsonElement theirs)
    {
        if (ours.ValueKind == JsonValueKind.Object && theirs.ValueKind == JsonValueKind.Object)
        {
            var names = ours.EnumerateObject().Concat(theirs.EnumerateObject()).Select(static m => m.Name).Distinct(StringComparer.Ordinal);
            return names.SelectMany(name => Member($"{at}/{name}", Get(ours, name), Get(theirs, name)));
        }

        if (ours.ValueKind == JsonValueKind.Array && theirs.ValueKind == JsonValueKind.Array)
        {
            return Enumerable.Range(0, Math.Max(ours.GetArrayLength(), theirs.GetArrayLength()))
                .SelectMany(i => Member(string.Create(CultureInfo.InvariantCulture, $"{at}/{i}"), Item(ours, i), Item(theirs, i)));
        }

        return Member(at, ours, theirs);
    }

    private static IEnumerable<string> Member(string at, JsonElement? ours, JsonElement? theirs) => (ours, theirs) switch
    {
        ({ } one, { } other) when State.PayloadFingerprint.Of(one) == State.PayloadFingerprint.Of(other) => [],
        ({ } one, { } other) when one.ValueKind == other.ValueKind && one.ValueKind is JsonValueKind.Object or JsonValueKind.Array => Of(at, one, other),
        ({ } one, { } other) => [$"{at} is {Shown(one)} here and {Shown(other)} there"],
        ({ } one, null) => [$"{at} is {Shown(one)} here and missing there"],
        (null, { } other) => [$"{at} is missing here and {Shown(other)} there"],
        _ => [],
    };

    private static JsonElement? Get(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value : null;

    private static JsonElement? Item(JsonElement array, int index) => index < array.GetArrayLength() ? array[index] : null;

    // Addresses may be signed: what follows the path is nobody's business.
    private static string Shown(JsonElement value)
    {
        var text = value.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? "something else" : value.ToString();
        text = text.Split('?', 2)[0];
        return text.Length > LongestValue ? $"{text[..LongestValue]}..." : text.Length == 0 ? "empty" : text;
    }
}
