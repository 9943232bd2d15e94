using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Runtime.State;

/// <summary>One distinct submission as it stands on record.</summary>
/// <param name="Row">Its number in this state file; later submissions have higher ones.</param>
/// <param name="PayloadSha256">Of the payload as canonical JSON, as last sent; null before the first intent.</param>
/// <param name="RequestId">The service's id; null until it is known.</param>
/// <param name="QueueStatus">The service's own word when last seen.</param>
/// <param name="Attempts">How often it was POSTed.</param>
/// <param name="FirstIntentAt">Just before its first POST: it can't have been created earlier.</param>
/// <param name="IntentAt">Just before its last POST.</param>
/// <param name="UnclearAt">When its answer was lost; null while none was.</param>
/// <param name="WorkingAt">When the service was first seen to work on it; null when never.</param>
/// <param name="ReportedUnits">Units of cost as the service reports them: not dollars (api-contract 6).</param>
public sealed record StoredRequest(
    long Row,
    string Service,
    string ContentKey,
    string Model,
    string RunId,
    StepState State,
    string? PayloadSha256,
    string? RequestId,
    string? QueueStatus,
    int Attempts,
    int Polls,
    DateTimeOffset? FirstIntentAt,
    DateTimeOffset? IntentAt,
    DateTimeOffset? UnclearAt,
    DateTimeOffset? SubmittedAt,
    DateTimeOffset? WorkingAt,
    DateTimeOffset? FinishedAt,
    decimal EstimatedUsd,
    string? ReportedUnits,
    string? ResultUrl,
    Failure? Failure);
