using System.Text.Json;
using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Runtime.Queue;

/// <summary>A request as the queue shows it.</summary>
/// <param name="StatusWord">As sent by the server.</param>
/// <param name="Payload">As echoed; null or <c>{}</c> now and then, so never rely on it (api-contract 8, trap 17).</param>
/// <param name="Outcome">Null until the request is finished, and sometimes after that.</param>
/// <param name="CreatedAt">From the server's clock, whole seconds; null when missing.</param>
/// <param name="Failure">Why it failed or was cancelled; null otherwise.</param>
public sealed record RequestRecord(
    string RequestId,
    string Model,
    RequestStatus Status,
    string StatusWord,
    JsonElement? Payload,
    JsonElement? Outcome,
    DateTimeOffset? CreatedAt,
    DateTimeOffset? UpdatedAt,
    DateTimeOffset? QueuedAt,
    Failure? Failure)
{
    public bool IsFinished => Status is RequestStatus.Success or RequestStatus.Failed or RequestStatus.Cancelled;

    /// <summary>Without payload and outcome: a server may echo anything there, signed addresses among it.</summary>
    public override string ToString() => $"RequestRecord {{ {RequestId}, {Model}, {StatusWord}, {Failure} }}";
}
