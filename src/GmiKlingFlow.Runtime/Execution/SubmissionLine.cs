using GmiKlingFlow.Runtime.Queue;

namespace GmiKlingFlow.Runtime.Execution;

/// <summary>
/// Where requests wait to be sent, first come, first served: for the limit on calls, and then for a place in flight. Nobody holds a place while
/// waiting for the other limit; and because only the first in line asks for a turn, no more than one turn is ever kept waiting for a place.
/// </summary>
internal sealed class SubmissionLine(IRequestQueue queue, SubmissionGate gate)
{
    private readonly SemaphoreSlim head = new(1, 1);

    /// <summary>Waits for both; the caller then holds a place in flight and may send at once.</summary>
    /// <exception cref="OperationCanceledException">The caller stopped it, and holds nothing.</exception>
    public async Task EnterAsync(CancellationToken cancellationToken)
    {
        await head.WaitAsync(cancellationToken);
        try
        {
            await queue.WaitForTurnAsync(cancellationToken);
            await gate.EnterAsync(cancellationToken);
        }
        finally
        {
            head.Release();
        }
    }
}
