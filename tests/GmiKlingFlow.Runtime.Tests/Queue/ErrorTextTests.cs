using GmiKlingFlow.Runtime.Queue;
using Xunit;

namespace GmiKlingFlow.Runtime.Tests.Queue;

public class ErrorTextTests
{
    [Theory]
    [InlineData("""{"error":"first","message":"second"}""", "first (second)")]
    [InlineData("""{"error":{"message":"m","type":"backend_error"}}""", "m (backend_error)")]
    [InlineData("""{"message":"m"}""", "m")]
    [InlineData("""{"detail":[{"msg":"ignored","message":"shown"}]}""", "shown")]
    [InlineData("""{"error":"API request failed with status 400: {\"error\":{\"message\":\"sound_end_time\"}}"}""", "API request failed with status 400: sound_end_time")]
    [InlineData("""{"error":"{\"error\":\"{\\\"message\\\":\\\"deep\\\"}\"}"}""", "deep")]
    [InlineData("\"only a string\"", "only a string")]
    [InlineData("upstream timeout", "upstream timeout")]
    [InlineData("<html><head><title>502 Bad Gateway</title></head><body>x</body></html>", "502 Bad Gateway")]
    [InlineData("<html><body><h1>Gone &amp; lost</h1><p>x</p></body></html>", "Gone & lost")]
    [InlineData("<p>Only <b>words</b></p>", "Only words")]
    [InlineData("<Error><Code>ExpiredToken</Code><Message>late</Message></Error>", "ExpiredToken: late")]
    [InlineData("{broken", "{broken")]
    [InlineData("", "")]
    [InlineData("{}", "")]
    [InlineData("""{"error":{}}""", "")]
    [InlineData("""{"error":"two\nlines\u0000\u001b[31m\u202e"}""", "two lines [31m")]
    public void Of_EachKindOfBody_IsShownAsPlainText(string body, string shown) =>
        Assert.Equal(shown, ErrorText.Of(body, new SecretScrubber()).Shown);

    [Fact]
    public void Of_EndlessNesting_Ends()
    {
        var text = "end";
        for (var i = 0; i < 12; i++)
        {
            text = System.Text.Json.JsonSerializer.Serialize(new { error = text });
        }

        Assert.NotNull(ErrorText.Of(text, new SecretScrubber()).Shown);
    }

    [Fact]
    public void Of_LongText_IsCutTo300()
    {
        var shown = ErrorText.Of(string.Concat(Enumerable.Repeat("😀", 5000)), new SecretScrubber()).Shown;

        Assert.InRange(shown.Length, 290, 300);
        Assert.EndsWith("😀…", shown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"code":1303}""", 1303)]
    [InlineData("""{"code":"1301","message":"x"}""", 1301)]
    [InlineData("""{"error":"upstream: {\"code\":1102}"}""", 1102)]
    [InlineData("failed, code: 1200", 1200)]
    [InlineData("failed (code=1200)", 1200)]
    [InlineData("parallel task over resource pack limit", 1303)]
    [InlineData("sound_end_time 1301 is late", null)]
    [InlineData("""{"code":0}""", null)]
    [InlineData("""{"code":13.01}""", null)]
    [InlineData("""{"code":1e40}""", null)]
    public void Of_KlingCodes_AreRecognisedOnlyAsCodes(string body, int? code) =>
        Assert.Equal(code, ErrorText.Of(body, new SecretScrubber()).Kling?.Number);

    [Theory]
    [InlineData("session expired", true)]
    [InlineData("""{"error":"invalid session_id"}""", true)]
    [InlineData("""{"code":1201,"message":"session id does not exist"}""", true)]
    [InlineData("The session was not found. Please identify again.", true)]
    [InlineData("Session 860112233445566778 is no longer valid", true)]
    [InlineData("no such session", true)]
    [InlineData("sound_end_time is invalid", false)]
    [InlineData("face_id not found in session", false)]
    [InlineData("invalid face_id. session 86 is kept", false)]
    [InlineData("", false)]
    public void SaysSession_OnlyWordsThatEndOne_AreTaken(string text, bool expected) =>
        Assert.Equal(expected, ErrorText.Of(text, new SecretScrubber("key", null)).SaysSession);
}
