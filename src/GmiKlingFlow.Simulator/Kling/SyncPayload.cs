using System.Globalization;
using System.Text.Json;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;

namespace GmiKlingFlow.Simulator.Kling;

/// <summary>Reads one element of <c>face_choose</c> with Kling's own types (api-contract 4.3): times are whole numbers, never texts.</summary>
internal sealed class SyncPayload(JsonElement entry, int index)
{
    private static readonly SourceSpan Nowhere = SourceSpan.StartOf("payload");

    // Anything beyond is out of every range, and must not overflow a TimeSpan.
    private const long LongestMilliseconds = 1_000_000_000_000;

    private readonly List<string> problems = [];

    public Place Place { get; } = new(Nowhere, string.Create(CultureInfo.InvariantCulture, $"face_choose[{index}]"));

    public IReadOnlyList<string> Problems => problems;

    public string? OptionalText(string name)
    {
        if (!Has(name, out var value) || value is { ValueKind: JsonValueKind.String } && value.ValueEquals(""))
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.String ? value.GetString() : Problem<string>(name, "is not a string");
    }

    public Located<string>? RequiredText(string name) =>
        OptionalText(name) is { } text ? new(text, Place.Member(name)) : problems.Exists(p => p.Contains($".{name} ", StringComparison.Ordinal)) ? null : Problem<Located<string>>(name, "is missing");

    public Located<TimeSpan>? RequiredTime(string name)
    {
        if (!Has(name, out var value))
        {
            return Problem<Located<TimeSpan>>(name, "is missing");
        }

        if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt64(out var milliseconds))
        {
            return Problem<Located<TimeSpan>>(name, $"is not a whole number of milliseconds ({Shown(value)})");
        }

        return new(TimeSpan.FromMilliseconds(Math.Clamp(milliseconds, -LongestMilliseconds, LongestMilliseconds)), Place.Member(name));
    }

    public Located<double>? OptionalNumber(string name)
    {
        if (!Has(name, out var value))
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number)
            ? new(number, Place.Member(name))
            : Problem<Located<double>>(name, $"is not a number ({Shown(value)})");
    }

    private bool Has(string name, out JsonElement value)
    {
        value = default;
        return entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;
    }

    private T? Problem<T>(string name, string what)
        where T : class
    {
        problems.Add($"{Place.Path}.{name} {what}");
        return null;
    }

    private static string Shown(JsonElement value) => value.GetRawText() is var raw && raw.Length > 40 ? $"{raw[..40]}..." : raw;
}
