using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Runtime.Queue;

namespace GmiKlingFlow.Cli.Hosting;

/// <summary>The queue of a run that has nothing to send: it needs no key, and being called is a bug.</summary>
internal sealed class IdleQueue : IRequestQueue
{
    public Task WaitForTurnAsync(CancellationToken cancellationToken) => throw Called();

    public Task<SubmitOutcome> SubmitAsync(string model, ReadOnlyMemory<byte> body, TimeSpan? patience, CancellationToken cancellationToken) => throw Called();

    public Task<QueryOutcome> GetAsync(string requestId, TimeSpan? patience, CancellationToken cancellationToken) => throw Called();

    public Task<ListOutcome> ListAsync(string model, TimeSpan? patience, CancellationToken cancellationToken) => throw Called();

    public Task<UploadOutcome> UploadAsync(MediaSource.LocalFile file, TimeSpan? patience, CancellationToken cancellationToken) => throw Called();

    public Task<int?> StatusOfAsync(string publicUrl, TimeSpan? patience, CancellationToken cancellationToken) => throw Called();

    public Task<ModelPrice?> PriceAsync(string model, CancellationToken cancellationToken) => throw Called();

    private static InvalidOperationException Called() => new("A plan that sends nothing asked for the queue.");
}
