namespace GmiKlingFlow.EndToEnd.Tests.Crashes;

/// <summary>Where a call stands at the tollgate.</summary>
internal enum Passage
{
    /// <summary>It came; the service has not seen it.</summary>
    Before,

    /// <summary>The service has taken it, and may still be at work on its answer.</summary>
    Taken,

    /// <summary>The service has answered; the client has nothing of it.</summary>
    After,

    /// <summary>The client has half of the answer's body.</summary>
    Half,

    /// <summary>The client has the whole body, but does not know that it is whole.</summary>
    Whole,
}

/// <summary>A call that passes the tollgate.</summary>
/// <param name="Call">Such as <c>POST /requests kling-lip-sync</c>, <c>GET /requests/{id}</c>, <c>PUT /storage</c>.</param>
/// <param name="Status">The queue's word in the answer of a <c>GET /requests/{id}</c>, once it is known; else empty.</param>
internal sealed record Crossing(string Call, Passage Passage, string Status = "");

/// <summary>Stops the n-th crossing of a kind and keeps it there.</summary>
/// <param name="number">From 1.</param>
internal sealed class Trap(Func<Crossing, bool> isIt, int number = 1)
{
    private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int seen;

    /// <summary>Ends when a call sits in it.</summary>
    public Task Reached => reached.Task;

    /// <summary>Lets the call go on.</summary>
    public void Release() => released.TrySetResult();

    /// <summary>Whether this crossing is stopped here.</summary>
    public bool Catches(Crossing crossing) => isIt(crossing) && Interlocked.Increment(ref seen) == number;

    /// <summary>Keeps a caught call until it is released or its client is gone.</summary>
    public async Task HoldAsync(CancellationToken clientGone)
    {
        reached.TrySetResult();
        await released.Task.WaitAsync(clientGone);
    }
}
