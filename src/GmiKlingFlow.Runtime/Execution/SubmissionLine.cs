using GmiKlingFlow.Runtime.Queue;

namespace GmiKlingFlow.Runtime.Execution;

/// <summary>
/// Where requests wait to be sent, the lowest rank first: for the limit on calls, and then for a place in flight. Nobody holds a place while
/// waiting for the other limit, and no more than one turn is ever kept waiting for a place: who gets both is decided when both are there.
/// </summary>
internal sealed class SubmissionLine(IRequestQueue queue, SubmissionGate gate, PostingRoom? room = null)
{
    private readonly Lock line = new();
    private readonly SortedSet<Waiting> waiting = [];
    private CancellationTokenSource? calling;
    private long numbers;

    /// <summary>Waits for both; the caller then holds a place in flight and may send at once.</summary>
    /// <param name="rank">Lower ones go first; the same in the order in which they came.</param>
    /// <exception cref="OperationCanceledException">The caller stopped it, and holds nothing.</exception>
    /// <returns>To be disposed when the answer to the POST is there.</returns>
    public async Task<IDisposable?> EnterAsync(int rank, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Waiting mine;
        bool isFirst;
        lock (line)
        {
            mine = new Waiting(rank, numbers++);
            waiting.Add(mine);
            isFirst = calling is null;
            calling ??= new CancellationTokenSource();
        }

        if (isFirst)
        {
            _ = CallAsync();
        }

        try
        {
            await mine.Called.Task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            GiveUp(mine);
            throw;
        }

        try
        {
            return room is null ? null : await room.EnterAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            gate.Leave();
            throw;
        }
    }

    private async Task CallAsync()
    {
        while (Call() is { } call)
        {
            Exception? trouble = null;
            try
            {
                await queue.WaitForTurnAsync(call.Token);
                await gate.EnterAsync(call.Token);
            }
            catch (OperationCanceledException) when (call.IsCancellationRequested)
            {
                continue;
            }
            catch (Exception e)
            {
                // A bug: whoever would have gone next shows it.
                trouble = e;
            }

            if (Next() is not { } next)
            {
                if (trouble is null)
                {
                    gate.Leave();
                }
            }
            else if (trouble is null)
            {
                next.Called.SetResult();
            }
            else
            {
                next.Called.SetException(trouble);
            }
        }
    }

    /// <returns>What ends the wait for the next turn when nobody wants it any more; null when nobody wants one.</returns>
    private CancellationTokenSource? Call()
    {
        lock (line)
        {
            calling = waiting.Count == 0 ? null : calling is { IsCancellationRequested: false } same ? same : new CancellationTokenSource();
            return calling;
        }
    }

    private Waiting? Next()
    {
        lock (line)
        {
            var next = waiting.Min;
            return next is not null && waiting.Remove(next) ? next : null;
        }
    }

    private void GiveUp(Waiting mine)
    {
        CancellationTokenSource? nobody = null;
        lock (line)
        {
            if (waiting.Remove(mine))
            {
                nobody = waiting.Count == 0 ? calling : null;
            }
            else if (!mine.Called.Task.IsFaulted)
            {
                // Called in the very moment of giving up.
                mine.IsGone = true;
            }
        }

        nobody?.Cancel();
        if (mine.IsGone)
        {
            gate.Leave();
        }
    }

    private sealed class Waiting(int rank, long number) : IComparable<Waiting>
    {
        private readonly (int Rank, long Number) place = (rank, number);

        public TaskCompletionSource Called { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool IsGone { get; set; }

        public int CompareTo(Waiting? other) => other is null ? 1 : place.CompareTo(other.place);
    }
}
