using System.Collections.Concurrent;

namespace GmiKlingFlow.Simulator.Requests;

/// <summary>All requests of the one simulated organisation. How long GMI keeps them is not public; here it is until the simulator ends.</summary>
internal sealed class RequestStore
{
    private readonly ConcurrentDictionary<string, SimulatedRequest> byId = new(StringComparer.OrdinalIgnoreCase);
    private readonly Lock gate = new();
    private readonly List<SimulatedRequest> inOrder = [];

    public void Add(SimulatedRequest request)
    {
        byId[request.Id] = request;
        lock (gate)
        {
            inOrder.Add(request);
        }
    }

    public SimulatedRequest? Find(string id) => byId.GetValueOrDefault(id);

    /// <summary>Newest first. Neither order nor default size of the real list is documented (api-contract 1): both are our choice.</summary>
    public IReadOnlyList<SimulatedRequest> List(string? model, int limit)
    {
        lock (gate)
        {
            return [.. Enumerable.Reverse(inOrder).Where(request => model is null || string.Equals(request.Model, model, StringComparison.Ordinal)).Take(limit)];
        }
    }

    /// <summary>How many of a model are not finished; a stuck one holds its place.</summary>
    public int Active(string model)
    {
        lock (gate)
        {
            return inOrder.Count(request => request.Model == model && request.State.Status is RequestState.Queued or RequestState.Dispatched or RequestState.Processing);
        }
    }
}
