using System.Text;
using GmiKlingFlow.Runtime.Queue;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Runtime.Tests.Queue;

public class SubmitTests
{
    /// <summary>Every row of api-contract 5.1, and what servers do besides.</summary>
    public static TheoryData<int, string, string, string> Answers() => new()
    {
        { 400, """{"error":"invalid payload parameters: duration 7, allowed options 5, 10"}""", "rejected", "GKF7020" },
        { 400, """{"message":"image_uri is missing"}""", "rejected", "GKF7020" },
        { 400, """{"error":{"message":"blocked","code":1301}}""", "rejected", "GKF7052" },
        { 400, """{"error":"refused by content policy"}""", "rejected", "GKF7052" },
        { 400, """{"code":1201,"message":"sound_end_time is wrong"}""", "rejected", "GKF7020" },
        { 400, """{"code":1303,"message":"parallel task over resource pack limit"}""", "throttled", "GKF7030" },
        { 401, "", "rejected, stops", "GKF7021" },
        { 402, """{"error":"Insufficient credits. Please add more credits to your account."}""", "rejected, stops", "GKF7022" },
        { 403, "<html><title>403 Forbidden</title></html>", "rejected, stops", "GKF7023" },
        { 403, """{"code":1103,"message":"no right"}""", "rejected, stops", "GKF7026" },
        { 404, """{"error":"model kling-lip-sync does not exist"}""", "rejected", "GKF7024" },
        { 405, "", "rejected", "GKF7025" },
        { 409, "{}", "rejected", "GKF7025" },
        { 413, "too large", "rejected", "GKF7025" },
        { 422, """{"detail":"Unsupported parameter(s)"}""", "rejected", "GKF7020" },
        { 408, "", "unclear", "GKF7014" },
        { 425, "", "not now", "GKF7031" },
        { 429, "", "throttled", "GKF7030" },
        { 429, """{"code":1303,"message":"parallel task over resource pack limit"}""", "throttled", "GKF7030" },
        { 429, """{"code":1102,"message":"resource pack used up"}""", "rejected, stops", "GKF7026" },
        { 429, """{"code":1304,"message":"ip"}""", "rejected, stops", "GKF7026" },
        { 500, """{"error":"Backend error (400). Please try again."}""", "rejected", "GKF7020" },
        { 500, """{"error":"API request failed with status 400: {\"error\":{\"message\":\"sound_end_time\"}}"}""", "rejected", "GKF7020" },
        { 502, """{"error":{"message":"Backend error (400)","type":"backend_error"}}""", "rejected", "GKF7020" },
        { 500, """{"error":{"details":"{\"error\":\"Backend error (400). Please try again.\"}","type":"backend_error"}}""", "rejected", "GKF7020" },
        { 500, """{"error":"API request failed with status 429: {\"code\":1303}"}""", "throttled", "GKF7030" },
        { 500, """{"error":"Backend error (500). Please try again."}""", "unclear", "GKF7014" },
        { 500, """{"error":"Backend error (504)"}""", "unclear", "GKF7014" },
        { 500, "", "unclear", "GKF7014" },
        { 500, """{"error":"clip of 1303 ms"}""", "unclear", "GKF7014" },
        { 502, "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>", "unclear", "GKF7014" },
        { 502, "upstream timeout", "unclear", "GKF7014" },
        { 503, "", "not now", "GKF7031" },
        { 503, """{"code":5001,"message":"maintenance"}""", "not now", "GKF7031" },
        { 504, "<html>504 Gateway Time-out</html>", "unclear", "GKF7014" },
        { 520, "", "unclear", "GKF7014" },
        { 200, "", "unclear", "GKF7015" },
        { 200, "<html><title>Sign in</title></html>", "unclear", "GKF7015" },
        { 200, "{}", "unclear", "GKF7015" },
        { 200, "[]", "unclear", "GKF7015" },
        { 200, "null", "unclear", "GKF7015" },
        { 200, """{"request_id":"","status":"queued"}""", "unclear", "GKF7015" },
        { 200, """{"request_id":null,"status":"queued"}""", "unclear", "GKF7015" },
        { 200, """{"request_id":"../models","status":"queued"}""", "unclear", "GKF7015" },
        { 200, """{"request_id":"a\nb","status":"queued"}""", "unclear", "GKF7015" },
        { 200, """{"request_id":"abc","status":"queued" """, "unclear", "GKF7015" },
        { 200, """{"code":1201,"message":"bad"}""", "unclear", "GKF7015" },
        { 204, "", "unclear", "GKF7015" },
        { 200, """{"request_id":"abc","status":"queued"}""", "accepted", "" },
        { 201, """{"request_id":"abc","status":"queued"}""", "accepted", "" },
        { 200, """{"request_id":"abc","status":"failed","outcome":{"error":"no face"}}""", "accepted", "GKF7050" },
        { 200, """{"request_id":"abc"}""", "accepted", "" },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task SubmitAsync_EachAnswer_IsClassified(int status, string body, string kind, string code)
    {
        await using var queue = TestQueue.Answering(ScriptedReply.Json(status, body));

        var outcome = await queue.SubmitAsync();

        Assert.Equal((kind, code), Told(outcome));
        Assert.Single(queue.Server.Requests);
    }

    [Fact]
    public async Task SubmitAsync_Always_SendsTheBytesAndTheHeadersOnce()
    {
        await using var queue = TestQueue.Answering(ScriptedReply.Json(200, TestQueue.Record("queued")));

        await queue.SubmitAsync();

        var request = Assert.Single(queue.Server.Requests);
        Assert.Equal(("POST", "/base/apikey/requests"), (request.Method, request.Target));
        Assert.Equal(TestQueue.Body, request.Body);
        Assert.Equal("application/json", request.Headers["Content-Type"]);
        Assert.Equal($"Bearer {TestQueue.Key}", request.Headers["Authorization"]);
        Assert.Equal("org-1", request.Headers["X-Organization-ID"]);
        Assert.StartsWith("gkflow/", request.Headers["User-Agent"], StringComparison.Ordinal);
        Assert.False(request.Headers.ContainsKey("Cookie"));
    }

    [Fact]
    public async Task SubmitAsync_NoOrganization_SendsNoSuchHeader()
    {
        await using var queue = TestQueue.Over(
            ScriptedServer.Answering(ScriptedReply.Json(200, TestQueue.Record("queued"))), o => o with { OrganizationId = null });

        await queue.SubmitAsync();

        Assert.False(Assert.Single(queue.Server.Requests).Headers.ContainsKey("X-Organization-ID"));
    }

    [Theory]
    [InlineData(301, "rejected, stops")]
    [InlineData(307, "rejected, stops")]
    [InlineData(308, "rejected, stops")]
    [InlineData(302, "unclear")]
    [InlineData(303, "unclear")]
    public async Task SubmitAsync_Redirect_IsNotFollowedAndNamesTheHost(int status, string kind)
    {
        await using var elsewhere = ScriptedServer.Answering(ScriptedReply.Json(200, TestQueue.Record("queued")));
        await using var queue = TestQueue.Answering(ScriptedReply.Json(status, "", $"Location: http://other.example.com:{elsewhere.Url.Port}/x?sig=1"));

        var outcome = await queue.SubmitAsync();

        Assert.Equal((kind, "GKF7016"), Told(outcome));
        Assert.Contains("\"other.example.com\"", FailureOf(outcome)?.Message, StringComparison.Ordinal);
        Assert.Empty(elsewhere.Requests);
    }

    [Theory]
    [InlineData("Retry-After: 7", 7)]
    [InlineData("Retry-After: 999999", 3600)]
    [InlineData("Retry-After: soon", null)]
    [InlineData("Retry-After: -5", null)]
    [InlineData("X: y", null)]
    public async Task SubmitAsync_RetryAfterInSeconds_IsHandedOn(string header, int? seconds)
    {
        await using var queue = TestQueue.Answering(ScriptedReply.Json(429, "", header));

        var notNow = Assert.IsType<SubmitOutcome.NotNow>(await queue.SubmitAsync());

        Assert.Equal(seconds, notNow.RetryAfter?.TotalSeconds);
        Assert.True(notNow.IsThrottled);
    }

    [Fact]
    public async Task SubmitAsync_RetryAfterAsDate_CountsOnTheServersClock()
    {
        await using var queue = TestQueue.Answering(ScriptedReply.Json(
            503, "", "Date: Mon, 01 Jan 2001 00:00:00 GMT", "Retry-After: Mon, 01 Jan 2001 00:01:30 GMT"));

        var notNow = Assert.IsType<SubmitOutcome.NotNow>(await queue.SubmitAsync());

        Assert.Equal(TimeSpan.FromSeconds(90), notNow.RetryAfter);
    }

    [Fact]
    public async Task SubmitAsync_Utf16AndByteOrderMark_AreRead()
    {
        var text = TestQueue.Record("queued");
        foreach (var encoding in new[] { Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.UTF8 })
        {
            await using var queue = TestQueue.Answering(ScriptedReply.Body(200, [.. encoding.GetPreamble(), .. encoding.GetBytes(text)], "Content-Type: text/plain"));

            Assert.IsType<SubmitOutcome.Accepted>(await queue.SubmitAsync());
        }
    }

    [Fact]
    public async Task SubmitAsync_RecordHiddenInAString_IsRead()
    {
        await using var queue = TestQueue.Answering(ScriptedReply.Json(200, System.Text.Json.JsonSerializer.Serialize(TestQueue.Record("queued"))));

        var accepted = Assert.IsType<SubmitOutcome.Accepted>(await queue.SubmitAsync());

        Assert.Equal(TestQueue.Id, accepted.Record.RequestId);
    }

    [Fact]
    public async Task SubmitAsync_DeeplyNestedJson_IsUnclear()
    {
        await using var queue = TestQueue.Answering(ScriptedReply.Json(200, $$"""{"request_id":"a","x":{{new string('[', 100_000)}}"""));

        Assert.IsType<SubmitOutcome.Unclear>(await queue.SubmitAsync());
    }

    internal static (string Kind, string Code) Told(SubmitOutcome outcome) => outcome switch
    {
        SubmitOutcome.Accepted a => ("accepted", a.Record.Failure?.Code ?? ""),
        SubmitOutcome.Rejected r => (r.StopsRun ? "rejected, stops" : "rejected", r.Failure.Code),
        SubmitOutcome.NotNow n => (n.IsThrottled ? "throttled" : "not now", n.Failure.Code),
        SubmitOutcome.Unclear u => ("unclear", u.Failure.Code),
        _ => ("?", "?"),
    };

    internal static Core.Diagnostics.Failure? FailureOf(SubmitOutcome outcome) => outcome switch
    {
        SubmitOutcome.Rejected r => r.Failure,
        SubmitOutcome.NotNow n => n.Failure,
        SubmitOutcome.Unclear u => u.Failure,
        SubmitOutcome.Accepted a => a.Record.Failure,
        _ => null,
    };
}
