using System.Text.Json;
using GmiKlingFlow.Runtime.Queue;
using Xunit;

namespace GmiKlingFlow.Runtime.Tests.Queue;

public class RecordTests
{
    private readonly RecordingLogger<QueueClient> log = new();

    [Theory]
    [InlineData("created", RequestStatus.Created, false)]
    [InlineData("queued", RequestStatus.Queued, false)]
    [InlineData("dispatched", RequestStatus.Dispatched, false)]
    [InlineData("processing", RequestStatus.Processing, false)]
    [InlineData("success", RequestStatus.Success, true)]
    [InlineData("failed", RequestStatus.Failed, true)]
    [InlineData("cancelled", RequestStatus.Cancelled, true)]
    public void Read_EachOfTheSeven_IsKnown(string word, RequestStatus status, bool finished)
    {
        var record = Read($$"""{"request_id":"a","status":"{{word}}"}""");

        Assert.Equal((status, finished, word), (record.Status, record.IsFinished, record.StatusWord));
        Assert.Empty(log.Lines);
    }

    [Theory]
    [InlineData("paused")]
    [InlineData("error")]
    [InlineData("FAILED")]
    [InlineData("succeeded")]
    [InlineData("")]
    public void Read_AnyOtherWord_IsPending(string word)
    {
        var record = Read($$"""{"request_id":"a","status":"{{word}}"}""");

        Assert.Equal(RequestStatus.Unrecognised, record.Status);
        Assert.False(record.IsFinished);
    }

    [Theory]
    [InlineData("succeeded")]
    [InlineData("completed")]
    [InlineData("Done")]
    [InlineData("SUCCESS")]
    public void Read_SynonymWithAResult_IsSuccess(string word) =>
        Assert.Equal(RequestStatus.Success, Read($$$"""{"request_id":"a","status":"{{{word}}}","outcome":{"video_url":"https://a.example.com/x.mp4"}}""").Status);

    [Fact]
    public void Read_SynonymWithoutAResult_IsPending() =>
        Assert.Equal(RequestStatus.Unrecognised, Read("""{"request_id":"a","status":"completed","outcome":{"thumbnail_image_url":"https://a.example.com/x"}}""").Status);

    [Fact]
    public void Read_UnknownWord_IsLoggedOnce()
    {
        var reader = Reader();
        using var json = JsonDocument.Parse("""{"request_id":"a","status":"paused"}""");

        reader.Read(json.RootElement, "m");
        reader.Read(json.RootElement, "m");

        Assert.Contains("\"paused\"", Assert.Single(log.Lines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"request_id":"a","status":"failed","outcome":{"error":"first","message":"x"},"error":"second"}""", "first")]
    [InlineData("""{"request_id":"a","status":"failed","outcome":{},"error":"second","message":"third"}""", "second")]
    [InlineData("""{"request_id":"a","status":"failed","outcome":null,"message":"third","reason":"fourth"}""", "third")]
    [InlineData("""{"request_id":"a","status":"failed","reason":"fourth"}""", "fourth")]
    [InlineData("""{"request_id":"a","status":"failed","outcome":{"message":"fifth"}}""", "fifth")]
    [InlineData("""{"request_id":"a","status":"failed","outcome":{"task_status_msg":"sixth"}}""", "sixth")]
    [InlineData("""{"request_id":"a","status":"failed","outcome":{"data":{"task_status_msg":"seventh"}}}""", "seventh")]
    [InlineData("""{"request_id":"a","status":"failed","outcome":"eighth"}""", "eighth")]
    [InlineData("""{"request_id":"a","status":"failed","outcome":"{\"error\":{\"message\":\"ninth\"}}"}""", "ninth")]
    [InlineData("""{"request_id":"a","status":"failed","outcome":{"error":"vendor said: {\"error\":{\"message\":\"tenth\"}}"}}""", "vendor said: tenth")]
    [InlineData("""{"request_id":"a","status":"failed","outcome":{"error":""},"error":{"message":"m","details":"{\"message\":\"d\"}"}}""", "m (d)")]
    [InlineData("""{"request_id":"a","status":"failed"}""", "the service gave no reason")]
    public void Read_Failed_TellsTheFirstReason(string json, string reason) =>
        Assert.Contains(reason, Read(json).Failure?.Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("Music generation failed: rate limit exceeded(RPM)", "GKF7053", true)]
    [InlineData("Failure to pass the risk control system", "GKF7052", false)]
    [InlineData("""{\"code\":1301,\"message\":\"no\"}""", "GKF7052", false)]
    [InlineData("""{\"code\":1303,\"message\":\"no\"}""", "GKF7053", true)]
    [InlineData("""{\"code\":\"1201\",\"message\":\"no\"}""", "GKF7020", false)]
    [InlineData("internal error, code: 5000", "GKF7050", true)]
    [InlineData("the clip ends at 1303 ms", "GKF7050", false)]
    public void Read_Failed_TellsWhetherTheSameCanHelp(string error, string code, bool retryable)
    {
        var failure = Read($$$"""{"request_id":"a","status":"failed","outcome":{"error":"{{{error}}}"}}""").Failure;

        Assert.Equal((code, retryable), (failure?.Code, failure?.Retryable));
    }

    [Fact]
    public void Read_Cancelled_IsAFailureOfItsOwn() => Assert.Equal("GKF7051", Read("""{"request_id":"a","status":"cancelled"}""").Failure?.Code);

    [Theory]
    [InlineData("1788584785", 1788584785)]
    [InlineData("\"1788584785\"", 1788584785)]
    [InlineData("1788584785000", 1788584785)]
    [InlineData("1788584785.0", 1788584785)]
    [InlineData("\"2026-09-05T04:26:25Z\"", 1788582385)]
    [InlineData("0", null)]
    [InlineData("-1", null)]
    [InlineData("1e300", null)]
    [InlineData("\"soon\"", null)]
    [InlineData("{}", null)]
    [InlineData("null", null)]
    public void Read_Times_AreSecondsHoweverSent(string created, int? seconds) =>
        Assert.Equal(seconds, Read($$"""{"request_id":"a","status":"queued","created_at":{{created}}}""").CreatedAt?.ToUnixTimeSeconds());

    [Fact]
    public void Read_HalfSurrogates_DoNotThrow()
    {
        var json = JsonText.Parse("""{"request_id":"a","status":"\ud83d","outcome":{"error":"\udc00 \ud83d\ude00 \\ud83d"},"payload":{"\ud800":1}}""");

        var record = Reader().Read(Assert.NotNull(json), "m");

        Assert.Equal("\uFFFD", record?.StatusWord);
        Assert.Equal("{\"error\":\"\\uFFFD \\ud83d\\ude00 \\\\ud83d\"}", record?.Outcome?.GetRawText());
        Assert.Equal("\uFFFD", record?.Payload?.EnumerateObject().Single().Name);
    }

    [Fact]
    public void Read_DuplicateKeys_LastWins() =>
        Assert.Equal("b", Read("""{"request_id":"a","request_id":"b","status":"queued"}""").RequestId);

    [Fact]
    public void Read_SuccessWithAMessage_HasNoFailure() =>
        Assert.Null(Read("""{"request_id":"a","status":"success","message":"SUCCEED"}""").Failure);

    private RequestRecord Read(string text)
    {
        var record = Reader().Read(Assert.NotNull(JsonText.Parse(text)), "m");
        Assert.NotNull(record);
        return record;
    }

    private RecordReader Reader() => new(new SecretScrubber(TestQueue.Key), new StatusWords(log));
}
