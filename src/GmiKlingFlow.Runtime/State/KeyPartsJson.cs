using System.Text.Json;

namespace GmiKlingFlow.Runtime.State;

/// <summary>A key's parts in their column: an array of pairs, because their order counts.</summary>
internal static class KeyPartsJson
{
    public static string Write(IReadOnlyList<KeyValuePair<string, string>> parts) =>
        JsonSerializer.Serialize([.. parts.Select(p => new[] { p.Key, p.Value })], StateJson.Default.StringArrayArray);

    public static IReadOnlyList<KeyValuePair<string, string>> Read(string text) =>
    [
        .. (JsonSerializer.Deserialize(text, StateJson.Default.StringArrayArray) ?? [])
            .Where(pair => pair.Length == 2)
            .Select(pair => KeyValuePair.Create(pair[0], pair[1])),
    ];
}
