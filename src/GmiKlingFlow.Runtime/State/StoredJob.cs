using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Runtime.State;

/// <summary>A job as it stands on record.</summary>
/// <param name="Status">The word of results: <c>succeeded</c>, <c>failed</c> ..., or <c>running</c> when a run was cut off.</param>
/// <param name="StartedAt">Null while no run has worked on it.</param>
public sealed record StoredJob(
    long Row,
    string Service,
    string FlowName,
    string JobId,
    string RunId,
    string Key,
    IReadOnlyList<KeyValuePair<string, string>> KeyParts,
    string Output,
    string Status,
    DateTimeOffset? StartedAt,
    DateTimeOffset UpdatedAt,
    Failure? Failure);

/// <summary>One line of a job's story.</summary>
/// <param name="Model">The request's model; null when the line is about the job itself.</param>
public sealed record StoredTransition(DateTimeOffset At, string RunId, string? Model, string? From, string To, string? Detail);

/// <summary>One line of the story of all jobs.</summary>
/// <param name="Number">Rises with every line of a state.</param>
public sealed record StoredMove(long Number, string Service, string FlowName, string JobId, StoredTransition Transition);
