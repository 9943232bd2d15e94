using System.Text.Json;
using System.Text.Json.Serialization;
using GmiKlingFlow.Core.Model;

namespace GmiKlingFlow.Runtime.Results;

/// <summary>One thing that decided a run's videos.</summary>
/// <param name="Kind">Of a faces lock <c>faces_lock</c>, of a <c>--var-file</c> <c>var_file</c>.</param>
/// <param name="File">Relative to the manifest where it can be, with <c>/</c>; null for a URL.</param>
/// <param name="Url">Without user, query and fragment; null for a file.</param>
/// <param name="Sha256">Of the bytes that were read. Null for a URL: the service alone fetches it.</param>
/// <param name="Bytes">Null for a URL whose host did not tell.</param>
public sealed record ResultsInput(
    [property: JsonConverter(typeof(InputKindConverter))] FlowInputKind Kind,
    string? File,
    string? Url,
    string? Sha256,
    long? Bytes)
{
    /// <summary>What jobs name it by.</summary>
    [JsonIgnore]
    public string Name => File ?? Url ?? "";
}

internal sealed class InputKindConverter() : JsonStringEnumConverter<FlowInputKind>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false);
