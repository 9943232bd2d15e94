namespace GmiKlingFlow.Runtime.Queue;

/// <summary>The queue's seven statuses (api-contract 3), and everything else.</summary>
public enum RequestStatus
{
    Created,
    Queued,
    Dispatched,
    Processing,
    Success,
    Failed,
    Cancelled,

    /// <summary>A word outside the seven: treated as not finished, and logged.</summary>
    Unrecognised,
}
