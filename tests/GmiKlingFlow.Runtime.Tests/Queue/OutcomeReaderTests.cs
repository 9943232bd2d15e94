using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Timing;
using GmiKlingFlow.Runtime.Queue;
using Xunit;

namespace GmiKlingFlow.Runtime.Tests.Queue;

public class OutcomeReaderTests
{
    private const string A = "https://a.example.com/a.mp4";
    private const string B = "https://b.example.com/b.mp4";

    /// <summary>api-contract 2.6, in its order.</summary>
    [Theory]
    [InlineData($$$"""{"media_urls":[{"id":"0","url":"{{{A}}}"}],"video_url":"{{{B}}}","thumbnail_image_url":"https://t/t.mp4"}""", A)]
    [InlineData($$$"""{"thumbnail_image_url":"https://t/t.mp4","video_url":"{{{A}}}","data":{"video_url":"{{{B}}}"}}""", A)]
    [InlineData($$$"""{"data":{"task_result":{"videos":[{"id":"1","url":"{{{A}}}","duration":"6.9"}]},"video_url":"{{{B}}}"}}""", A)]
    [InlineData($$$"""{"data":{"media_urls":[{"url":"{{{A}}}"}],"url":"{{{B}}}"}}""", A)]
    [InlineData($$$"""{"data":{"video_url":"{{{A}}}","url":"{{{B}}}"}}""", A)]
    [InlineData($$$"""{"data":{"url":"{{{A}}}","output":"{{{B}}}"}}""", A)]
    [InlineData($$$"""{"data":{"outputs":["{{{A}}}","{{{B}}}"]}}""", A)]
    [InlineData("{\"data\":{\"output\":{\"url\":\"https://a.example.com/a.mp4\"}}}", A)]
    [InlineData($$$"""{"data":{"works":[{"url":"{{{A}}}"}]}}""", A)]
    [InlineData("""{"data":"{\"task_result\":{\"videos\":[{\"url\":\"https://a.example.com/a.mp4\"}]}}"}""", A)]
    [InlineData("""{"media_urls":"[{\"url\":\"https://a.example.com/a.mp4\"}]"}""", A)]
    [InlineData($$$"""{"media_urls":[],"video_url":"{{{A}}}"}""", A)]
    [InlineData($$$"""{"media_urls":[{"url":"file:///etc/passwd"}],"video_url":"{{{A}}}"}""", A)]
    [InlineData("""{"video_url":"http://127.0.0.1:8787/a.mp4"}""", "http://127.0.0.1:8787/a.mp4")]
    [InlineData("""{"thumbnail_image_url":"https://t.example.com/t.mp4"}""", null)]
    [InlineData($$$"""{"payload":{"video_url":"{{{A}}}"},"anything":"{{{A}}}"}""", null)]
    [InlineData("""{"video_url":"javascript:alert(1)"}""", null)]
    [InlineData("""{"video_url":"//a.example.com/a.mp4"}""", null)]
    [InlineData("""{"video_url":"https://user:pw@a.example.com/a.mp4"}""", null)]
    [InlineData("""{"video_url":""}""", null)]
    [InlineData("""{"video_url":7,"media_urls":7,"data":[[[]]]}""", null)]
    [InlineData("[]", null)]
    [InlineData("null", null)]
    public void ResultUrl_EachShape_IsReadInOrder(string outcome, string? url) =>
        Assert.Equal(url, OutcomeReader.ResultUrl(Record(outcome))?.OriginalString);

    [Fact]
    public void ResultUrl_SignedUrl_KeepsEveryByteOfItsQuery()
    {
        const string signed = "https://a.example.com/a%2Fb.mp4?X-Goog-Signature=ab%2Fcd%2B&x=1+2";

        Assert.Equal(signed, OutcomeReader.ResultUrl(Record($$"""{"video_url":"{{signed}}"}"""))?.AbsoluteUri);
    }

    [Fact]
    public void Identify_DocumentedAnswer_GivesSessionAndFaces()
    {
        var result = OutcomeReader.Identify(Record("""
            {"data":{"session_id":"860112233445566778","final_unit_deduction":"0.05",
             "face_data":[{"face_id":"0","face_image":"https://a.example.com/f.png","start_time":0,"end_time":6960}]}}
            """));

        Assert.Equal(("860112233445566778", "0.05", 0), (result?.SessionId, result?.ReportedUnits, result?.Unreadable));
        Assert.Equal(
            [new Face("0", new TimeRange(TimeSpan.Zero, TimeSpan.FromMilliseconds(6960)), "https://a.example.com/f.png")],
            result?.Faces);
    }

    [Fact]
    public void Identify_NumbersAsStringsAndStringsAsNumbers_AreRead()
    {
        var result = OutcomeReader.Identify(Record("""
            {"data":"{\"session_id\":860112233445566778,\"face_data\":\"[{\\\"face_id\\\":1,\\\"start_time\\\":\\\"40\\\",\\\"end_time\\\":\\\"2000.5\\\"}]\"}"}
            """));

        Assert.Equal("860112233445566778", result?.SessionId);
        Assert.Equal([new Face("1", new TimeRange(TimeSpan.FromMilliseconds(40), TimeSpan.FromMilliseconds(2000.5)), null)], result?.Faces);
    }

    [Theory]
    [InlineData("""{"data":{"session_id":"1"}}""", 0, 0)]
    [InlineData("""{"data":{"session_id":"1","face_data":null}}""", 0, 0)]
    [InlineData("""{"data":{"session_id":"1","face_data":[]}}""", 0, 0)]
    [InlineData("""{"code":0,"message":"SUCCEED","data":{"session_id":"1","face_data":[{}, 7, null]}}""", 0, 3)]
    [InlineData("""{"data":{"session_id":"1","face_data":[{"face_id":"0","start_time":-1,"end_time":5},{"face_id":"0","start_time":9,"end_time":5}]}}""", 0, 2)]
    [InlineData("""{"session_id":"1","face_data":[{"face_id":"0","start_time":0,"end_time":5}]}""", 1, 0)]
    public void Identify_OddFaceData_IsCounted(string outcome, int faces, int unreadable)
    {
        var result = OutcomeReader.Identify(Record(outcome));

        Assert.Equal((faces, unreadable), (result?.Faces.Count, result?.Unreadable));
    }

    [Theory]
    [InlineData("""{"data":{"face_data":[]}}""")]
    [InlineData("""{"data":{"session_id":""}}""")]
    [InlineData("""{"data":{"session_id":null}}""")]
    [InlineData("""{"data":{"session_id":{}}}""")]
    [InlineData("null")]
    public void Identify_NoSession_IsNull(string outcome) => Assert.Null(OutcomeReader.Identify(Record(outcome)));

    private static RequestRecord Record(string outcome) =>
        new("a", "m", RequestStatus.Success, "success", null, JsonText.Parse(outcome), null, null, null, null);
}
