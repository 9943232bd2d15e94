namespace GmiKlingFlow.Runtime.State;

/// <summary>Where a request stands on record. How one follows another is written in <see cref="StepTransitions"/>.</summary>
public enum StepState
{
    /// <summary>Nothing was sent, or what was sent was surely not taken.</summary>
    Pending,

    /// <summary>The POST may be under way: durable before its first byte.</summary>
    Intent,

    /// <summary>Nobody knows whether the POST was taken.</summary>
    Unknown,

    /// <summary>Taken and paid; queued or processing.</summary>
    Submitted,

    /// <summary>Finished well; its result can be downloaded.</summary>
    Succeeded,

    /// <summary>Taken, then failed or cancelled by the service.</summary>
    Failed,

    /// <summary>Refused by the service: nothing was taken.</summary>
    Rejected,

    /// <summary>Taken and paid, unfinished at its deadline.</summary>
    Stalled,

    /// <summary>Given up by hand.</summary>
    Abandoned,

    /// <summary>Finished well and paid, but the service has its result no more.</summary>
    Gone,

    /// <summary>The service no longer has it (a simulation whose process ended).</summary>
    Expired,
}
