using GmiKlingFlow.Runtime.Queue;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Runtime.Tests.Queue;

public class ListTests
{
    private static readonly string One = TestQueue.Record("queued", ",\"payload\":{\"session_id\":\"1\"},\"created_at\":1788584785");

    [Theory]
    [InlineData("""{"requests":[#]}""")]
    [InlineData("""{"data":[#]}""")]
    [InlineData("""{"items":[#]}""")]
    [InlineData("""{"data":{"requests":[#],"total":1}}""")]
    [InlineData("[#]")]
    public async Task ListAsync_EachShape_GivesTheRecordsWithTheirPayload(string shape)
    {
        await using var queue = TestQueue.Answering(ScriptedReply.Json(200, shape.Replace("#", One, StringComparison.Ordinal)));

        var listed = Assert.IsType<ListOutcome.Listed>(await queue.Client.ListAsync("kling-lip-sync", CancellationToken.None));

        var record = Assert.Single(listed.Records);
        Assert.True(listed.IsComplete);
        Assert.Equal("""{"session_id":"1"}""", record.Payload?.GetRawText());
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1788584785), record.CreatedAt);
        Assert.Equal("/base/apikey/requests?model_id=kling-lip-sync&limit=200", Assert.Single(queue.Server.Requests).Target);
    }

    [Theory]
    [InlineData("""{"requests":[]}""")]
    [InlineData("""{"requests":null}""")]
    public async Task ListAsync_NoRequests_IsAnEmptyList(string body)
    {
        await using var queue = TestQueue.Answering(ScriptedReply.Json(200, body));

        Assert.Empty(Assert.IsType<ListOutcome.Listed>(await queue.Client.ListAsync("m", CancellationToken.None)).Records);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"error":"no"}""")]
    [InlineData("""{"requests":7}""")]
    [InlineData("\"hello\"")]
    [InlineData("")]
    [InlineData("<html></html>")]
    [InlineData("""{"requests":[""")]
    public async Task ListAsync_NoList_IsUnavailable(string body)
    {
        await using var queue = TestQueue.Answering(ScriptedReply.Json(200, body));

        Assert.Equal("GKF7015", Assert.IsType<ListOutcome.Unavailable>(await queue.Client.ListAsync("m", CancellationToken.None)).Failure.Code);
    }

    [Theory]
    [InlineData(401, "GKF7021", 1)]
    [InlineData(403, "GKF7023", 1)]
    [InlineData(404, "GKF7025", 1)]
    [InlineData(429, "GKF7030", 4)]
    [InlineData(500, "GKF7014", 4)]
    [InlineData(502, "GKF7014", 4)]
    [InlineData(503, "GKF7031", 4)]
    [InlineData(504, "GKF7014", 4)]
    public async Task ListAsync_EachError_IsUnavailable(int status, string code, int asked)
    {
        await using var queue = TestQueue.Answering(ScriptedReply.Json(status, ""));

        Assert.Equal(code, Assert.IsType<ListOutcome.Unavailable>(await queue.Client.ListAsync("m", CancellationToken.None)).Failure.Code);
        Assert.Equal(asked, queue.Server.Requests.Count);
    }

    [Fact]
    public async Task ListAsync_LimitRefused_AsksWithoutOne()
    {
        await using var queue = TestQueue.Answering(ScriptedReply.Json(400, """{"error":"limit too large"}"""), ScriptedReply.Json(200, $"[{One}]"));

        Assert.Single(Assert.IsType<ListOutcome.Listed>(await queue.Client.ListAsync("a b&c", CancellationToken.None)).Records);
        Assert.Equal("/base/apikey/requests?model_id=a%20b%26c", queue.Server.Requests[^1].Target);
    }

    [Fact]
    public async Task ListAsync_UnreadableEntryOrFullPage_IsNotComplete()
    {
        await using var odd = TestQueue.Answering(ScriptedReply.Json(200, $"[{One},7]"));
        await using var full = TestQueue.Over(ScriptedServer.Answering(ScriptedReply.Json(200, $"[{One},{One}]")), o => o with { ListLimit = 2 });

        Assert.False(Assert.IsType<ListOutcome.Listed>(await odd.Client.ListAsync("m", CancellationToken.None)).IsComplete);
        Assert.False(Assert.IsType<ListOutcome.Listed>(await full.Client.ListAsync("m", CancellationToken.None)).IsComplete);
    }

    [Fact]
    public async Task ListAsync_MoreThan32Megabytes_IsUnavailable()
    {
        await using var queue = TestQueue.Over(
            ScriptedServer.Answering(ScriptedReply.Json(200, "[" + new string(' ', 33 * 1024 * 1024) + "]")), o => o with { Repeats = 0 });

        Assert.IsType<ListOutcome.Unavailable>(await queue.Client.ListAsync("m", CancellationToken.None));
    }
}
