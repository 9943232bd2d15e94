namespace GmiKlingFlow.Runtime.Execution;

/// <summary>
/// Keeps the number of requests in flight within a limit that shrinks when the service asks for less (429, Kling 1303) and grows again.
/// Who waits here holds nothing.
/// </summary>
internal sealed class SubmissionGate : IDisposable
{
    private readonly Lock gate = new();
    private readonly LinkedList<TaskCompletionSource> waiting = new();
    private readonly TimeProvider time;
    private readonly ITimer reopening;
    private readonly int most;
    private DateTimeOffset closedUntil;
    private DateTimeOffset shrunkAt;
    private int inFlight;
    private int acceptedSinceChange;

    public SubmissionGate(int most, TimeProvider time)
    {
        this.most = Math.Max(1, most);
        this.time = time;
        Limit = this.most;
        reopening = time.CreateTimer(_ => Admit(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public int Limit { get; private set; }

    public int InFlight
    {
        get
        {
            lock (gate)
            {
                return inFlight;
            }
        }
    }

    /// <summary>Waits for a place, first come, first served.</summary>
    public async Task EnterAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        LinkedListNode<TaskCompletionSource> place;
        lock (gate)
        {
            place = waiting.AddLast(turn);
        }

        Admit();
        try
        {
            await turn.Task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            GiveUp(place);
            throw;
        }
    }

    /// <summary>Counts a request that is in flight already, whatever the limit: new ones wait for it.</summary>
    public void EnterAnyway()
    {
        lock (gate)
        {
            inFlight++;
        }
    }

    public void Leave()
    {
        lock (gate)
        {
            inFlight--;
        }

        Admit();
    }

    /// <summary>The service wants fewer: half the places, and none before <paramref name="retryAfter"/> has passed.</summary>
    public void Throttled(TimeSpan? retryAfter)
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            // Requests that were on their way together are refused together: that is one sign, not several.
            if (now - shrunkAt >= TimeSpan.FromSeconds(1))
            {
                Limit = Math.Max(1, Math.Min(Limit, inFlight) / 2);
                shrunkAt = now;
            }

            acceptedSinceChange = 0;
            if (retryAfter is { } pause && now + pause > closedUntil)
            {
                closedUntil = now + pause;
                reopening.Change(pause, Timeout.InfiniteTimeSpan);
            }
        }
    }

    /// <summary>A submission was taken; after as many as there are places, one place more is tried.</summary>
    public void Accepted()
    {
        lock (gate)
        {
            if (Limit < most && ++acceptedSinceChange >= Limit)
            {
                Limit++;
                acceptedSinceChange = 0;
            }
        }

        Admit();
    }

    public void Dispose() => reopening.Dispose();

    private void Admit()
    {
        lock (gate)
        {
            while (waiting.First is { } next && inFlight < Limit && time.GetUtcNow() >= closedUntil)
            {
                waiting.RemoveFirst();
                inFlight++;
                next.Value.SetResult();
            }
        }
    }

    private void GiveUp(LinkedListNode<TaskCompletionSource> place)
    {
        lock (gate)
        {
            if (place.List is not null)
            {
                waiting.Remove(place);
                return;
            }
        }

        // Admitted in the very moment of giving up.
        Leave();
    }
}
