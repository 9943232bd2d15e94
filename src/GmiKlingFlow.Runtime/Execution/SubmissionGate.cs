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
    // Not by the wall clock: set back, it would keep everyone out.
    private long closedAt;
    private TimeSpan closedFor;
    private long? shrunkAt;
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
            // Requests that were on their way together are refused together: that is one sign, not several.
            if (shrunkAt is not { } last || time.GetElapsedTime(last) >= TimeSpan.FromSeconds(1))
            {
                Limit = Math.Max(1, Math.Min(Limit, inFlight) / 2);
                shrunkAt = time.GetTimestamp();
            }

            acceptedSinceChange = 0;
        }

        Pause(retryAfter);
    }

    /// <summary>The service asks everyone to wait: nobody enters before <paramref name="retryAfter"/> has passed; null for no wait.</summary>
    public void Pause(TimeSpan? retryAfter)
    {
        lock (gate)
        {
            if (retryAfter is { } pause && pause > StillClosed())
            {
                (closedAt, closedFor) = (time.GetTimestamp(), pause);
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
            if (waiting.First is not null && StillClosed() is var rest && rest > TimeSpan.Zero)
            {
                // Armed by who waits, so that a timer that is early can't leave anyone behind.
                reopening.Change(rest, Timeout.InfiniteTimeSpan);
                return;
            }

            while (waiting.First is { } next && inFlight < Limit)
            {
                waiting.RemoveFirst();
                inFlight++;
                next.Value.SetResult();
            }
        }
    }

    private TimeSpan StillClosed() => closedFor - time.GetElapsedTime(closedAt);

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
