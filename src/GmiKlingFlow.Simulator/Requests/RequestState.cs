namespace GmiKlingFlow.Simulator.Requests;

/// <summary>Where a request stands.</summary>
/// <param name="Status">One of the queue's words (api-contract 3).</param>
internal sealed record RequestState(string Status, RequestOutcome? Outcome, DateTimeOffset UpdatedAt)
{
    public const string Queued = "queued";
    public const string Dispatched = "dispatched";
    public const string Processing = "processing";
    public const string Success = "success";
    public const string Failed = "failed";
    public const string Cancelled = "cancelled";
}
