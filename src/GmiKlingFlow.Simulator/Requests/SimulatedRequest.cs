namespace GmiKlingFlow.Simulator.Requests;

/// <summary>One accepted request.</summary>
internal sealed class SimulatedRequest(string id, string model, string organisation, StoredPayload payload, DateTimeOffset createdAt)
{
    private volatile RequestState state = new(RequestState.Queued, null, createdAt);

    public string Id { get; } = id;

    public string Model { get; } = model;

    public string Organisation { get; } = organisation;

    public StoredPayload Payload { get; } = payload;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public RequestState State { get => state; set => state = value; }
}
