using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Runtime.Execution;

/// <summary>A request that a job needs.</summary>
/// <param name="JobId">Named in events.</param>
/// <param name="JobRow">The job's row, which the request is put down for.</param>
/// <param name="VideoKey">For an identify: the video whose session it makes; else null.</param>
/// <param name="PrepareAsync">Does what must be done before the request can be sent (uploads, identify, choice of faces). Only called when it will be sent.</param>
internal sealed record StepSpec(
    string JobId,
    long JobRow,
    string JobKey,
    string Model,
    string ContentKey,
    decimal EstimatedUsd,
    string? VideoKey,
    Func<Task<Preparation>> PrepareAsync)
{
    /// <summary>See <see cref="RunEvent.Pass"/>.</summary>
    public int? Pass { get; init; }

    /// <summary>Its place in the line of those that wait to be sent: lower ones go first.</summary>
    public int Rank { get; init; }

    /// <summary>Called whenever the request has a place in flight: who held others up meanwhile no longer does.</summary>
    public Action? InPlace { get; init; }

    /// <summary>The place in flight that it has; null while it has none.</summary>
    public InFlightPlace? Place { get; init; }
}

/// <summary>What preparing a request came to.</summary>
internal abstract record Preparation
{
    private Preparation()
    {
    }

    /// <param name="IsGood">Asked again just before sending: a session may have ended while the request waited for its turn.</param>
    /// <param name="Body">Makes the bytes of the POST; called when there is a place in flight, because inline audio makes it large.</param>
    /// <param name="Refusals">What the service would refuse of these exact bytes; empty when they may be sent.</param>
    public sealed record Ready(Func<bool> IsGood, Func<ReadOnlyMemory<byte>> Body, Func<ReadOnlyMemory<byte>, IReadOnlyList<Diagnostic>> Refusals) : Preparation;

    /// <summary>Nothing will be sent.</summary>
    public sealed record Ended(StepEnd End) : Preparation;
}
