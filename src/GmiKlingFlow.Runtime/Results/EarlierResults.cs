using System.Text.Json.Serialization;

namespace GmiKlingFlow.Runtime.Results;

/// <summary>What decides whether the results that lie in a folder are kept when others take their place: read of a hundred thousand jobs in a moment.</summary>
internal sealed record EarlierResults(EarlierRun? Run, IReadOnlyList<EarlierJob?>? Jobs)
{
    /// <summary>Whether a service that costs money worked for these jobs.</summary>
    public bool IsReal => Run is { Id: not null, Simulated: false } && Jobs is not null && Jobs.Any(static job => job is { Status: not (null or "skipped") });
}

internal sealed record EarlierRun(string? Id, string? Host, bool Simulated);

internal sealed record EarlierJob(string? Status);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(EarlierResults))]
internal sealed partial class EarlierJson : JsonSerializerContext;
