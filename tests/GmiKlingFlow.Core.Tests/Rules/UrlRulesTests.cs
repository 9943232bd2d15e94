using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Rules;
using Xunit;

namespace GmiKlingFlow.Core.Tests.Rules;

public sealed class UrlRulesTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("https://127.0.0.1/a.mp4")]
    [InlineData("https://2130706433/a.mp4")]
    [InlineData("https://0x7f.1/a.mp4")]
    [InlineData("https://localhost:8443/a.mp4")]
    [InlineData("https://10.1.2.3/a.mp4")]
    [InlineData("https://172.31.0.1/a.mp4")]
    [InlineData("https://192.168.178.20/a.mp4")]
    [InlineData("https://169.254.169.254/latest")]
    [InlineData("https://100.64.0.1/a.mp4")]
    [InlineData("https://[::1]/a.mp4")]
    [InlineData("https://[fd12:3456::1]/a.mp4")]
    [InlineData("https://[fe80::1]/a.mp4")]
    [InlineData("https://[::ffff:192.168.0.1]/a.mp4")]
    [InlineData("https://media/a.mp4")]
    [InlineData("https://NAS.Local./a.mp4")]
    public void Check_PrivateHost_IsWarnedAboutOrRefused(string url)
    {
        Assert.Equal(Severity.Warning, Assert.Single(Check(url, KlingLimits.Current)).Severity);
        Assert.Equal(Severity.Error, Assert.Single(Check(url, KlingLimits.Current with { PrivateHosts = Severity.Error })).Severity);
        Assert.Empty(Check(url, KlingLimits.Current with { PrivateHosts = null }));
    }

    [Theory]
    [InlineData("https://media.example.com/a.mp4")]
    [InlineData("https://8.8.8.8/a.mp4")]
    [InlineData("https://172.32.0.1/a.mp4")]
    [InlineData("https://[2001:db8::1]/a.mp4")]
    [InlineData("https://[feed::1]/a.mp4")]
    [InlineData("https://localmedia.example.com/a.mp4")]
    public void Check_PublicHost_SaysNothing(string url) => Assert.Empty(Check(url, KlingLimits.Current));

    [Theory]
    [InlineData("X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=20261122T110000Z&X-Amz-Expires=3600&X-Amz-Signature=abc", "2026-11-22T12:00:00Z")]
    [InlineData("x-amz-date=20261122T110000Z&x-amz-expires=3600", "2026-11-22T12:00:00Z")]
    [InlineData("X-Goog-Date=20261122T000000Z&X-Goog-Expires=604800", "2026-11-29T00:00:00Z")]
    [InlineData("x-oss-date=20261122T000000Z&x-oss-expires=60", "2026-11-22T00:01:00Z")]
    [InlineData("AWSAccessKeyId=A&Signature=b%3D&Expires=1795348800", "2026-11-22T12:00:00Z")]
    [InlineData("sv=2024-01-01&se=2026-11-22T12%3A00%3A00Z&sig=x", "2026-11-22T12:00:00Z")]
    [InlineData("se=2026-11-22&sig=x", "2026-11-22T00:00:00Z")]
    [InlineData("Expires=1795348800&X-Amz-Date=20261122T000000Z&X-Amz-Expires=60", "2026-11-22T00:01:00Z")]
    [InlineData("se=2026-11-22T12%3A00%3A00Z", null)]
    [InlineData("Expires=never", null)]
    [InlineData("Expires=60", null)]
    [InlineData("X-Amz-Date=today&X-Amz-Expires=3600", null)]
    [InlineData("X-Amz-Expires=3600", null)]
    [InlineData("X-Amz-Date=20261122T110000Z&X-Amz-Expires=99999999999999999999", null)]
    [InlineData("=&&%zz=%", null)]
    [InlineData("", null)]
    public void ExpiryOf_Query_IsTheEarliestEndItNames(string query, string? expected) => Assert.Equal(
        expected is null ? null : DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture),
        SignedUrl.ExpiryOf(new Uri($"https://bucket.example.com/a.mp4?{query}")));

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void Check_SignedUrl_IsRefusedFromItsEndOn(int secondsLeft, bool refused)
    {
        var url = new Uri($"https://bucket.example.com/a.mp4?Signature=topsecret&Expires={Noon.AddSeconds(secondsLeft).ToUnixTimeSeconds()}");
        var told = ApiRules.Check(new UrlSubject("host", url, Noon, Given.Place), KlingLimits.Current).ToList();

        Assert.Equal(refused ? ["GKF4110"] : [], Given.Codes(told));
        Assert.DoesNotContain(told, d => d.Message.Contains("topsecret", StringComparison.Ordinal));
    }

    [Fact]
    public void Check_SignedUrlWithoutAClock_SaysNothing() =>
        Assert.Empty(Check("https://bucket.example.com/a.mp4?Expires=1000000000", KlingLimits.Current));

    [Theory]
    [InlineData("https://h.example/a.webm", "GKF4101")]
    [InlineData("https://h.example/a.WEBM?download=1", "GKF4101")]
    [InlineData("https://h.example/a.mp3", "GKF4101")]
    [InlineData("https://h.example/a.MP4", null)]
    [InlineData("https://h.example/a.mov", null)]
    [InlineData("https://h.example/video.php?name=a.webm", null)]
    [InlineData("https://h.example/v1.webm/stream", null)]
    [InlineData("https://h.example/", null)]
    public void Check_VideoUrl_IsHeldAgainstItsName(string url, string? code)
    {
        var video = Given.Video(null) with { Url = new Uri(url) };
        Assert.Equal(code is null ? [] : [code], Given.Codes(ApiRules.Check(video, KlingLimits.Current)));
        Assert.Empty(ApiRules.Check(video with { Facts = Given.VideoFacts() }, KlingLimits.Current));
    }

    [Theory]
    [InlineData("https://h.example/a.ogg", "GKF4111")]
    [InlineData("https://h.example/a.mp4", "GKF4111")]
    [InlineData("https://h.example/a.aac", null)]
    [InlineData("https://h.example/a.m4a", null)]
    [InlineData("https://h.example/tts?id=7", null)]
    public void Check_AudioUrl_IsHeldAgainstItsName(string url, string? code) =>
        Assert.Equal(code is null ? [] : [code], Given.Codes(ApiRules.Check(Given.Audio(null) with { Url = new Uri(url) }, KlingLimits.Current)));

    private static IEnumerable<Diagnostic> Check(string url, KlingLimits limits) =>
        ApiRules.Check(new UrlSubject("host", new Uri(url), null, Given.Place), limits);
}
