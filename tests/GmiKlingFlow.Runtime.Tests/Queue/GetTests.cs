using GmiKlingFlow.Runtime.Queue;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Runtime.Tests.Queue;

public class GetTests
{
    /// <summary>Status, body, what it comes to, code, how often it is asked.</summary>
    public static TheoryData<int, string, string, string, int> Answers() => new()
    {
        { 200, TestQueue.Record("processing"), "found", "", 1 },
        { 200, "", "unavailable", "GKF7015", 4 },
        { 200, "<html><title>Sign in</title></html>", "unavailable", "GKF7015", 4 },
        { 200, "{}", "unavailable", "GKF7015", 1 },
        { 200, """{"request_id":"another","status":"success"}""", "unavailable", "GKF7015", 1 },
        { 400, "", "unavailable", "GKF7025", 1 },
        { 401, """{"error":"token signature is invalid"}""", "refused", "GKF7021", 1 },
        { 402, "", "refused", "GKF7022", 1 },
        { 403, "", "refused", "GKF7023", 1 },
        { 404, """{"error":"not found"}""", "not found", "GKF7040", 1 },
        { 404, "", "not found", "GKF7040", 1 },
        { 404, "<html><title>404</title></html>", "unavailable", "GKF7025", 1 },
        { 408, "", "unavailable", "GKF7014", 4 },
        { 429, "", "unavailable", "GKF7030", 4 },
        { 500, """{"error":"Backend error (400)"}""", "unavailable", "GKF7014", 4 },
        { 502, "<html><title>502 Bad Gateway</title></html>", "unavailable", "GKF7014", 4 },
        { 503, "", "unavailable", "GKF7031", 4 },
        { 504, "", "unavailable", "GKF7014", 4 },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task GetAsync_EachAnswer_IsClassifiedAndRepeatedWhereItHelps(int status, string body, string kind, string code, int asked)
    {
        await using var queue = TestQueue.Answering(ScriptedReply.Json(status, body));

        var outcome = await queue.Client.GetAsync(TestQueue.Id, CancellationToken.None);

        Assert.Equal((kind, code), Told(outcome));
        Assert.Equal(asked, queue.Server.Requests.Count);
        Assert.All(queue.Server.Requests, r => Assert.Equal(("GET", $"/base/apikey/requests/{TestQueue.Id}"), (r.Method, r.Target)));
    }

    [Fact]
    public async Task GetAsync_TroubleThatPasses_IsWaitedOut()
    {
        await using var queue = TestQueue.Answering(
            ScriptedReply.Reset, ScriptedReply.Html(502, "<h1>Bad Gateway</h1>"), ScriptedReply.Json(429, "", "Retry-After: 3"), ScriptedReply.Json(200, TestQueue.Record("success")));

        var found = Assert.IsType<QueryOutcome.Found>(await queue.Client.GetAsync(TestQueue.Id, CancellationToken.None));

        Assert.Equal(RequestStatus.Success, found.Record.Status);
        Assert.NotNull(queue.Hurried);
        Assert.Contains(queue.Hurried.Waits, w => w >= TimeSpan.FromSeconds(3) && w < TimeSpan.FromSeconds(4));
    }

    [Fact]
    public async Task GetAsync_LongRetryAfter_IsHandedOnInsteadOfWaited()
    {
        await using var queue = TestQueue.Answering(ScriptedReply.Json(429, "", "Retry-After: 300"));

        var outcome = Assert.IsType<QueryOutcome.Unavailable>(await queue.Client.GetAsync(TestQueue.Id, CancellationToken.None));

        Assert.Equal(TimeSpan.FromSeconds(300), outcome.RetryAfter);
        Assert.Single(queue.Server.Requests);
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("a?b")]
    [InlineData("a b")]
    public async Task GetAsync_NoId_AsksNothing(string id)
    {
        await using var queue = TestQueue.Answering(ScriptedReply.Json(200, TestQueue.Record("success")));

        Assert.IsType<QueryOutcome.NotFound>(await queue.Client.GetAsync(id, CancellationToken.None));
        Assert.Empty(queue.Server.Requests);
    }

    [Fact]
    public async Task GetAsync_Redirect_IsUnavailableAndNotFollowed()
    {
        await using var elsewhere = ScriptedServer.Answering(ScriptedReply.Json(200, TestQueue.Record("success")));
        await using var queue = TestQueue.Answering(ScriptedReply.Json(302, "", $"Location: {elsewhere.Url}"));

        Assert.Equal(("unavailable", "GKF7016"), Told(await queue.Client.GetAsync(TestQueue.Id, CancellationToken.None)));
        Assert.Empty(elsewhere.Requests);
    }

    [Fact]
    public async Task GetAsync_ServerSetsACookie_IsNotSentBack()
    {
        await using var queue = TestQueue.Answering(ScriptedReply.Json(200, TestQueue.Record("queued"), "Set-Cookie: a=b; Path=/"));

        await queue.Client.GetAsync(TestQueue.Id, CancellationToken.None);
        await queue.Client.GetAsync(TestQueue.Id, CancellationToken.None);

        Assert.All(queue.Server.Requests, r => Assert.False(r.Headers.ContainsKey("Cookie")));
    }

    [Fact]
    public async Task GetAsync_Stopped_Throws()
    {
        using var stop = new CancellationTokenSource();
        await using var queue = TestQueue.Answering(ScriptedReply.Hang);

        var asking = queue.Client.GetAsync(TestQueue.Id, stop.Token);
        await queue.Server.ArrivedAsync(TestContext.Current.CancellationToken);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
    }

    [Fact]
    public async Task GetAsync_EndlessBody_IsCutAtTheLimit()
    {
        await using var queue = TestQueue.Answering(ScriptedReply.Json(200, "{\"request_id\":\"" + new string('a', 9 * 1024 * 1024) + "\"}"));

        var outcome = Assert.IsType<QueryOutcome.Unavailable>(await queue.Client.GetAsync(TestQueue.Id, CancellationToken.None));

        Assert.Contains("8388608", outcome.Failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetAsync_NobodyThere_IsUnavailable()
    {
        using var client = new QueueClient(
            new QueueOptions(ScriptedServer.Nowhere(), TestQueue.Key, null), new HurriedTimeProvider(), new Random(1), new RecordingLogger<QueueClient>());

        Assert.Equal(("unavailable", "GKF7010"), Told(await client.GetAsync(TestQueue.Id, CancellationToken.None)));
    }

    private static (string Kind, string Code) Told(QueryOutcome outcome) => outcome switch
    {
        QueryOutcome.Found f => ("found", f.Record.Failure?.Code ?? ""),
        QueryOutcome.NotFound n => ("not found", n.Failure.Code),
        QueryOutcome.Unavailable u => ("unavailable", u.Failure.Code),
        QueryOutcome.Refused r => ("refused", r.Failure.Code),
        _ => ("?", "?"),
    };
}
