using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Runtime.Queue;

namespace GmiKlingFlow.Cli.Hosting;

/// <summary>The queue of a run that has nothing to send: it needs no key, and being called is a bug.</summary>
internal sealed class IdleQueue : IRequestQueue
{
    public Task WaitForTurnAsync(CancellationToken cancellationToken) => throw Called();

    public Task<SubmitOutcome> SubmitAsync(string model, ReadOnlyMemory<byte> body, CancellationToken cancellationToken) => throw Called();

    public Task<QueryOutcome> GetAsync(string requestId, CancellationToken cancellationToken) => throw Called();

    public Task<ListOutcome> ListAsync(string model, CancellationToken cancellationToken) => throw Called();

    public Task<UploadOutcome> UploadAsync(MediaSource.LocalFile file, CancellationToken cancellationToken) => throw Called();

    public Task<int?> StatusOfAsync(string publicUrl, CancellationToken cancellationToken) => throw Called();

    public Task<ModelPrice?> PriceAsync(string model, CancellationToken cancellationToken) => throw Called();

    private static InvalidOperationException Called() => new("A plan that sends nothing asked for the queue.");
}
