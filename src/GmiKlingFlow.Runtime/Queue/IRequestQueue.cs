using GmiKlingFlow.Core.Model;

namespace GmiKlingFlow.Runtime.Queue;

/// <summary>The request queue as the runner sees it: HTTP in <c>QueueClient</c>, a script in the runner's own tests.</summary>
public interface IRequestQueue
{
    /// <summary>One POST, never repeated here. The intent must be durable before this is called.</summary>
    /// <param name="body">The exact bytes of <c>{"model":...,"payload":...}</c>.</param>
    Task<SubmitOutcome> SubmitAsync(string model, ReadOnlyMemory<byte> body, CancellationToken cancellationToken);

    Task<QueryOutcome> GetAsync(string requestId, CancellationToken cancellationToken);

    Task<ListOutcome> ListAsync(string model, CancellationToken cancellationToken);

    /// <summary>Asks for a grant and PUTs the file with the exact content type; the key goes to the queue only.</summary>
    Task<UploadOutcome> UploadAsync(MediaSource.LocalFile file, CancellationToken cancellationToken);

    /// <summary>Asks, without the key, whether a public address still has its file: a request with a dead one is paid for in vain (api-contract 8, trap 8).</summary>
    /// <returns>The HTTP status; null when there was no answer.</returns>
    Task<int?> StatusOfAsync(string publicUrl, CancellationToken cancellationToken);
}
