using GmiKlingFlow.Core.Model;

namespace GmiKlingFlow.Runtime.Queue;

/// <summary>
/// The request queue as the runner sees it: HTTP in <c>QueueClient</c>, a script in the runner's own tests. Every call has its own limit in time; with a
/// <c>patience</c> it ends by then at the latest, repeats and all, as a call that was not answered in time.
/// </summary>
public interface IRequestQueue
{
    /// <summary>
    /// Waits until one more POST keeps within the limit on calls. Asked for before the intent is written, so that nothing but the POST comes between an
    /// intent and its answer; a turn that is not used is lost.
    /// </summary>
    /// <exception cref="OperationCanceledException">The caller stopped it; the turn is given back.</exception>
    Task WaitForTurnAsync(CancellationToken cancellationToken);

    /// <summary>One POST, made at once and never repeated here. The caller has waited for its turn, and the intent is durable.</summary>
    /// <param name="body">The exact bytes of <c>{"model":...,"payload":...}</c>.</param>
    Task<SubmitOutcome> SubmitAsync(string model, ReadOnlyMemory<byte> body, TimeSpan? patience, CancellationToken cancellationToken);

    Task<QueryOutcome> GetAsync(string requestId, TimeSpan? patience, CancellationToken cancellationToken);

    Task<ListOutcome> ListAsync(string model, TimeSpan? patience, CancellationToken cancellationToken);

    /// <summary>Asks for a grant and PUTs the file with the exact content type; the key goes to the queue only.</summary>
    Task<UploadOutcome> UploadAsync(MediaSource.LocalFile file, TimeSpan? patience, CancellationToken cancellationToken);

    /// <summary>Asks, without the key, whether a public address still has its file: a request with a dead one is paid for in vain (api-contract 8, trap 8).</summary>
    /// <returns>The HTTP status; null when there was no answer.</returns>
    Task<int?> StatusOfAsync(string publicUrl, TimeSpan? patience, CancellationToken cancellationToken);

    /// <summary>One look at what a model costs; needs the key, costs nothing, is not repeated.</summary>
    /// <returns>Null when the queue can't be asked or names no price.</returns>
    Task<ModelPrice?> PriceAsync(string model, CancellationToken cancellationToken);
}
