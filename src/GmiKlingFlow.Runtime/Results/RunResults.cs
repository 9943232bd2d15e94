using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Runtime.Results;

/// <summary>The results manifest: <c>schemas/results.v1.schema.json</c>. Holds no secret and no query string of a URL.</summary>
/// <param name="Jobs">In the plan's order.</param>
public sealed record RunResults(
    [property: JsonPropertyOrder(1)] ResultsFlow Flow,
    [property: JsonPropertyOrder(2)] ResultsRun Run,
    [property: JsonPropertyOrder(3)] IReadOnlyList<JobResult> Jobs,
    [property: JsonPropertyOrder(4)] ResultsSummary Summary)
{
    [JsonPropertyName("apiVersion")]
    public string ApiVersion { get; init; } = "gmiklingflow/v1";

    public string Kind { get; init; } = "Results";

    // Read from older results the member is missing, and the deserialiser then sets null.
    /// <summary>Everything that decided the videos, each once. Empty in results of releases that did not tell.</summary>
    [JsonPropertyOrder(5)]
    public IReadOnlyList<ResultsInput> Inputs { get => field ?? []; init; } = [];

    /// <summary>The source videos of the jobs, by name, in the order of their first use.</summary>
    [JsonPropertyOrder(6)]
    public IReadOnlyList<VideoResult> Videos { get => field ?? []; init; } = [];

    /// <summary>The audio tracks that the jobs' entries name, likewise.</summary>
    [JsonPropertyOrder(7)]
    public IReadOnlyList<AudioResult> Audio { get => field ?? []; init; } = [];
}

/// <param name="File">Relative to the manifest where it can be, with <c>/</c>.</param>
public sealed record ResultsFlow(string Name, string File, string Sha256);

/// <param name="FinishedAt">Null while the run goes on.</param>
/// <param name="Host">The queue's host.</param>
public sealed record ResultsRun(string Id, DateTimeOffset StartedAt, DateTimeOffset? FinishedAt, string ToolVersion, string Host, bool Simulated)
{
    /// <summary>The API's limits that the requests were checked by, as in <c>kling-2026-11</c>; null in results of releases that did not tell.</summary>
    public string? RuleProfile { get; init; }

    /// <summary>Of the saved plan that was carried out; null where there was none.</summary>
    public string? PlanSha256 { get; init; }

    /// <summary>The part of the jobs that this run was for (<c>--shard</c>); left out for all of them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ResultsShard? Shard { get; init; }

    /// <summary>The runs that <c>gkflow merge</c> has put together here; left out for one run.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<MergedRun>? MergedFrom { get; init; }
}

/// <param name="Index">From 1 to <paramref name="Count"/>.</param>
public sealed record ResultsShard(int Index, int Count)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Index}/{Count}");
}

/// <param name="Run">Its id.</param>
/// <param name="Shard">Left out where the run was for all jobs.</param>
public sealed record MergedRun(string Run, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ResultsShard? Shard)
{
    /// <summary>The same for the same runs, in whatever order they are given.</summary>
    internal static string IdOf(IEnumerable<ResultsRun> runs) =>
        $"merged-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', runs.Select(static run => run.Id).Order(StringComparer.Ordinal)))))[..12]}";
}

/// <param name="Faces">The entries of <c>face_choose</c> as sent; <c>null</c> inside where a value never became known. Base64 audio is left out.</param>
public sealed record JobResult(
    string Id,
    string Key,
    IReadOnlyDictionary<string, string> Labels,
    JobStatus Status,
    string Video,
    IReadOnlyList<JsonElement> Faces,
    IReadOnlyList<StepResult> Steps,
    OutputResult? Output,
    JobError? Error)
{
    /// <summary>What the video is made of, as <see cref="ResultsInput.Name"/> has it.</summary>
    public IReadOnlyList<string> Inputs { get => field ?? []; init; } = [];

    /// <summary>Who says what, in the flow's words: one for each of <see cref="Faces"/>.</summary>
    public IReadOnlyList<EntryResult> Entries { get => field ?? []; init; } = [];

    /// <summary>When this run took the job up; null when it did not.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When this run was done with it, its download and checks included.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>The shard that the job belongs to, whichever this run was for; left out where jobs are not shared out.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Shard { get; init; }

    /// <summary>Why a skipped job was left out, in words for people; left out for the others.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reason { get; init; }
}

/// <param name="Status">The word of the step's last state, or <c>reused</c> for a session of an earlier run.</param>
/// <param name="SubmittedAt">When it was POSTed.</param>
/// <param name="QueuedMs">From the submission until the service was seen to work on it; null when it never was.</param>
public sealed record StepResult(
    string Model,
    string? RequestId,
    string Status,
    int Attempts,
    DateTimeOffset? SubmittedAt,
    DateTimeOffset? FinishedAt,
    long? QueuedMs,
    int Polls,
    StepCost Cost)
{
    /// <summary>As it was sent, without signatures; null while nothing was.</summary>
    public SentPayload? Payload { get; init; }

    /// <summary>Of the payload with all its signatures, in a canonical form (<c>PayloadFingerprint</c>); null while nothing was sent.</summary>
    public string? PayloadSha256 { get; init; }
}

/// <summary>What this run spent on a step for this job; a request that several jobs share is counted once, work of earlier runs is 0.</summary>
/// <param name="Source"><c>reported</c> or <c>estimated</c>. Units that the service reports are not dollars and never stand here.</param>
public sealed record StepCost(decimal Usd, string Source)
{
    public static readonly StepCost None = new(0m, "estimated");
}

/// <param name="File">Relative to the manifest, with <c>/</c>.</param>
/// <param name="Url">Where it was downloaded from, without query string; null when that is not on record.</param>
public sealed record OutputResult(string File, string Sha256, long Bytes, long DurationMs, string? Url);

/// <summary>Why a job did not come to its output.</summary>
public sealed record JobError(string Code, string Message, bool Retryable, string? Hint)
{
    public static JobError Of(Failure failure) => new(failure.Code, failure.Message, failure.Retryable, failure.Hint);

    public static JobError Of(Diagnostic diagnostic) => new(diagnostic.Code, diagnostic.Message, Retryable: false, diagnostic.Hint);

    public Failure ToFailure() => new(Code, Message, Retryable, Hint);
}

/// <param name="CostUsd">The sum of the steps' costs.</param>
/// <param name="PriceSource">Where the prices of estimated costs come from, with its date.</param>
public sealed record ResultsSummary(
    int Total, int Succeeded, int Reused, int Failed, int Stalled, int Unknown, int Pending, int Skipped, decimal CostUsd, string PriceSource, long WallMs)
{
    public static ResultsSummary Of(IEnumerable<JobResult> jobs, string priceSource, long wallMs)
    {
        var tally = new ResultsTally();
        foreach (var job in jobs)
        {
            tally.Add(job.Status, job.Steps.Sum(static step => step.Cost.Usd));
        }

        return tally.Summary(priceSource, wallMs);
    }
}

/// <summary>Jobs as they are counted for the summary.</summary>
internal sealed class ResultsTally
{
    private readonly int[] counts = new int[Enum.GetValues<JobStatus>().Length];
    private decimal cost;

    public void Add(JobStatus status, decimal usd)
    {
        counts[(int)status]++;
        cost += usd;
    }

    public ResultsSummary Summary(string priceSource, long wallMs) => new(
        counts.Sum(),
        Count(JobStatus.Succeeded),
        Count(JobStatus.Reused),
        Count(JobStatus.Failed),
        Count(JobStatus.Stalled),
        Count(JobStatus.Unknown),
        Count(JobStatus.Pending),
        Count(JobStatus.Skipped),
        // Dividing by one drops the zeros that adding up leaves at the end.
        cost / 1.0000000000000000000000000000m,
        priceSource,
        wallMs);

    private int Count(JobStatus status) => counts[(int)status];
}
