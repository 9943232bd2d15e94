using System.Text.Json;
using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Core.Rules;

/// <summary>Members of a payload, held against the API's types: times are whole numbers, never texts (api-contract 4.3).</summary>
internal static class PayloadMember
{
    private const int Shown = 40;

    public enum Kind
    {
        Text,
        WholeMilliseconds,
        Number,
        List,
    }

    /// <returns>Null where the member is left out or is null.</returns>
    public static JsonElement? Find(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined)
            ? value
            : null;

    public static Diagnostic? Check(JsonElement parent, Place place, string name, Kind kind, bool isRequired)
    {
        if (Find(parent, name) is not { } value || (kind == Kind.Text && value.ValueKind == JsonValueKind.String && value.ValueEquals("")))
        {
            return isRequired ? RuleDiagnostics.MemberMissing(place.Member(name), name) : null;
        }

        return Is(value, kind) ? null : RuleDiagnostics.MemberKind(place.Member(name), name, Raw(value), Words(kind));
    }

    private static bool Is(JsonElement value, Kind kind) => kind switch
    {
        Kind.Text => value.ValueKind == JsonValueKind.String,
        Kind.WholeMilliseconds => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        Kind.Number => value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number),
        _ => value.ValueKind == JsonValueKind.Array,
    };

    private static string Words(Kind kind) => kind switch
    {
        Kind.Text => "text",
        Kind.WholeMilliseconds => "a whole number of milliseconds",
        Kind.Number => "a number",
        _ => "a list",
    };

    private static string Raw(JsonElement value)
    {
        var raw = value.ValueKind == JsonValueKind.String ? value.GetString() ?? "" : value.GetRawText();
        return raw.Length > Shown ? $"{raw[..Shown]}..." : raw;
    }
}
