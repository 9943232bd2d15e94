using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Runtime.Queue;
using GmiKlingFlow.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace GmiKlingFlow.Runtime.Tests.Execution;

/// <summary>What a call of the queue is for; those that a test picks go over a real connection to a server that takes them and never answers.</summary>
[Flags]
internal enum Calls
{
    None = 0,
    Submissions = 1,
    Polls = 2,
    Lists = 4,
    Grants = 8,
    Uploads = 16,
}

/// <summary>The scripted queue, with some of its calls hanging.</summary>
internal sealed class HangingQueue : IRequestQueue, IAsyncDisposable
{
    private readonly ScriptedQueue scripted;
    private readonly Calls hanging;
    private readonly ScriptedServer server;
    private readonly QueueClient client;
    private int asked;
    private int hung;

    public HangingQueue(ScriptedQueue scripted, TimeProvider time, Calls hanging)
    {
        (this.scripted, this.hanging) = (scripted, hanging);
        server = new ScriptedServer(Answer);
        client = new QueueClient(new QueueOptions(new Uri(server.Url, "api"), "key", null), time, new Random(1), NullLogger<QueueClient>.Instance);
    }

    public IReadOnlyList<ReceivedRequest> Received => server.Requests;

    /// <summary>True while a call is on its way to where it will hang: moved on now, the clock would cut it off too early.</summary>
    public bool IsOnItsWay => Volatile.Read(ref hung) < Volatile.Read(ref asked);

    public Task WaitForTurnAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<SubmitOutcome> SubmitAsync(string model, ReadOnlyMemory<byte> body, TimeSpan? patience, CancellationToken cancellationToken) =>
        Choose(Calls.Submissions).SubmitAsync(model, body, patience, cancellationToken);

    public Task<QueryOutcome> GetAsync(string requestId, TimeSpan? patience, CancellationToken cancellationToken) =>
        Choose(Calls.Polls).GetAsync(requestId, patience, cancellationToken);

    public Task<ListOutcome> ListAsync(string model, TimeSpan? patience, CancellationToken cancellationToken) =>
        Choose(Calls.Lists).ListAsync(model, patience, cancellationToken);

    public Task<UploadOutcome> UploadAsync(MediaSource.LocalFile file, TimeSpan? patience, CancellationToken cancellationToken) =>
        Choose(Calls.Grants | Calls.Uploads).UploadAsync(file, patience, cancellationToken);

    public Task<int?> StatusOfAsync(string publicUrl, TimeSpan? patience, CancellationToken cancellationToken) =>
        scripted.StatusOfAsync(publicUrl, patience, cancellationToken);

    public Task<ModelPrice?> PriceAsync(string model, CancellationToken cancellationToken) => scripted.PriceAsync(model, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await server.DisposeAsync();
    }

    private IRequestQueue Choose(Calls call)
    {
        if ((hanging & call) == 0)
        {
            return scripted;
        }

        Interlocked.Increment(ref asked);
        return client;
    }

    private ScriptedReply Answer(ReceivedRequest request)
    {
        if (request.Target.EndsWith("/upload-url", StringComparison.Ordinal) && hanging.HasFlag(Calls.Uploads))
        {
            return ScriptedReply.Json(200, $$"""{"upload_url":"{{server.Url}}put","public_url":"{{server.Url}}public"}""");
        }

        Interlocked.Increment(ref hung);
        return ScriptedReply.Hang;
    }
}
