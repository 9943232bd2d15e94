using System.Text.Json;
using System.Text.Json.Serialization;

namespace GmiKlingFlow.Cli.Output.Reports;

/// <summary>What the page knows: all that its script is given. Times are milliseconds since 1970, lengths milliseconds; what is not known is left out.</summary>
/// <param name="Jobs">Gone through once, and read meanwhile: a hundred thousand are never held.</param>
internal sealed record ReportModel(string Title, string Tool, IReadOnlyList<ReportRun> Runs, IReadOnlyList<ReportVideo> Videos, IEnumerable<ReportJob> Jobs);

/// <summary>One results manifest or one plan.</summary>
/// <param name="Kind"><c>results</c> or <c>plan</c>.</param>
/// <param name="File">The file that was read, as seen from the page.</param>
internal sealed record ReportRun(string Kind, string File, string Flow)
{
    public string? Id { get; init; }

    public long? StartedAt { get; init; }

    public long? FinishedAt { get; init; }

    public string? Host { get; init; }

    public bool Simulated { get; init; }

    public decimal? CostUsd { get; init; }

    public string? PriceSource { get; init; }

    public long? WallMs { get; init; }

    public IReadOnlyDictionary<string, long>? Requests { get; init; }

    public IReadOnlyList<ReportProblem>? Problems { get; init; }
}

/// <param name="Place">Such as <c>flow.yaml:12:5</c>.</param>
internal sealed record ReportProblem(string Severity, string Code, string Message, string? Hint, string? Place);

internal sealed record ReportVideo(string Name, ReportLink? File, string? Url, long? DurationMs, IReadOnlyList<ReportFace>? Faces);

/// <param name="Href">For the browser: relative to the page, percent-encoded.</param>
/// <param name="Shown">The same for people.</param>
/// <param name="Missing">It was not there when the page was written.</param>
internal sealed record ReportLink(string Href, string Shown, bool Missing);

/// <param name="Picture">A data URL.</param>
internal sealed record ReportFace(string Id, long Start, long End, string? Picture);

/// <param name="Run">Index of its run.</param>
/// <param name="Video">Index of its video.</param>
internal sealed record ReportJob(int Run, string Id, string Status, int? Video, string VideoName)
{
    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    public string? Key { get; init; }

    public string? Reason { get; init; }

    public long? StartedAt { get; init; }

    public long? FinishedAt { get; init; }

    public IReadOnlyList<ReportEntry>? Entries { get; init; }

    public IReadOnlyList<ReportStep>? Steps { get; init; }

    public ReportOutput? Output { get; init; }

    public ReportError? Error { get; init; }
}

/// <summary>One face entry. A number that is left out is not known yet, or was left to the API.</summary>
internal sealed record ReportEntry
{
    public string? FaceId { get; init; }

    public string? Face { get; init; }

    public string? Audio { get; init; }

    public long? AudioMs { get; init; }

    public double? Start { get; init; }

    public double? End { get; init; }

    public double? Insert { get; init; }

    public double? Volume { get; init; }

    public double? OriginalVolume { get; init; }

    /// <summary>Members that are known only after identify or an upload.</summary>
    public IReadOnlyList<string>? Unknown { get; init; }
}

internal sealed record ReportStep(string Model, string Status)
{
    public string? RequestId { get; init; }

    public long? Attempts { get; init; }

    public long? SubmittedAt { get; init; }

    public long? FinishedAt { get; init; }

    public long? QueuedMs { get; init; }

    public long? Polls { get; init; }

    public decimal? Usd { get; init; }

    public string? CostSource { get; init; }

    /// <summary>As JSON for people, without what signs a URL.</summary>
    public string? Payload { get; init; }

    public IReadOnlyList<string>? Unknown { get; init; }
}

internal sealed record ReportOutput(ReportLink? File, long? Bytes, long? DurationMs, string? Sha256);

internal sealed record ReportError(string? Code, string Message, string? Hint, bool Retryable);

/// <summary>How the page's data look in it.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ReportModel))]
internal sealed partial class ReportJson : JsonSerializerContext;
