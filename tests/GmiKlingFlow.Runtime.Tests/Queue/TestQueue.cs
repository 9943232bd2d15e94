using GmiKlingFlow.Runtime.Queue;
using GmiKlingFlow.Testing;

namespace GmiKlingFlow.Runtime.Tests.Queue;

/// <summary>A client that talks to a scripted server.</summary>
internal sealed class TestQueue : IAsyncDisposable
{
    public const string Key = "eyJhbGciOiJIUzI1NiJ9.canary-canary-canary-0123456789.c2lnbmF0dXJlLW9mLXRoZS1rZXk";

    public const string Id = "5b1e0f0a-7f0e-4a53-9c55-0d7f7a0c1d22";

    private TestQueue(ScriptedServer server, TimeProvider time, Func<QueueOptions, QueueOptions>? change)
    {
        Server = server;
        var options = new QueueOptions(new Uri(server.Url, "base/apikey"), Key, "org-1");
        Client = new QueueClient(change?.Invoke(options) ?? options, time, new Random(1), Log);
    }

    public ScriptedServer Server { get; }

    public QueueClient Client { get; }

    public RecordingLogger<QueueClient> Log { get; } = new();

    public HurriedTimeProvider? Hurried { get; private init; }

    public static byte[] Body { get; } = """{"model":"kling-lip-sync","payload":{"session_id":"1"}}"""u8.ToArray();

    public static TestQueue Answering(params ScriptedReply[] replies) => Over(ScriptedServer.Answering(replies));

    public static TestQueue Over(ScriptedServer server, Func<QueueOptions, QueueOptions>? change = null)
    {
        var time = new HurriedTimeProvider();
        return new TestQueue(server, time, change) { Hurried = time };
    }

    public static TestQueue Over(ScriptedServer server, TimeProvider time) => new(server, time, null);

    public static string Record(string status, string more = "") => $$"""{"request_id":"{{Id}}","model":"kling-lip-sync","status":"{{status}}"{{more}}}""";

    public Task<SubmitOutcome> SubmitAsync(CancellationToken cancellationToken = default) => Client.SubmitAsync("kling-lip-sync", Body, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Server.DisposeAsync();
    }
}
