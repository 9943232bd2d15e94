using GmiKlingFlow.Runtime.Downloads;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Runtime.Tests.Downloads;

public class RedirectTests(MadeVideo video) : IClassFixture<MadeVideo>
{
    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task DownloadAsync_FewRedirects_AreFollowed(int status)
    {
        await using var test = new TestDownload(r => r.Number < 3 ? ScriptedReply.Body(status, [], $"Location: /hop{r.Number}?a=%2F") : ScriptedReply.Body(200, video.Whole));

        Assert.IsType<DownloadOutcome.Downloaded>(await test.RunAsync());
        Assert.Equal("/hop2?a=%2F", test.Server.Requests[^1].Target);
    }

    [Theory]
    [InlineData("Location: /again", 6)]
    [InlineData("Location: ftp://a.example.com/x", 1)]
    [InlineData("Location: file:///etc/passwd", 1)]
    [InlineData("X-None: x", 1)]
    public async Task DownloadAsync_EndlessOrOddRedirect_IsRefused(string header, int requests)
    {
        await using var test = new TestDownload(_ => ScriptedReply.Body(302, [], header));

        Assert.Equal("GKF8108", Assert.IsType<DownloadOutcome.Failed>(await test.RunAsync()).Failure.Code);
        Assert.Equal(requests, test.Server.Requests.Count);
    }

    [Theory]
    [InlineData("ftp://a.example.com/x")]
    [InlineData("file:///etc/passwd")]
    [InlineData("https://user:pw@a.example.com/x")]
    public async Task DownloadAsync_NoWebAddress_IsRefused(string url)
    {
        await using var test = new TestDownload(_ => ScriptedReply.Hang);

        var outcome = await test.Downloader.DownloadAsync(new Uri(url), test.Target, null, null, CancellationToken.None);

        Assert.Equal("GKF8108", Assert.IsType<DownloadOutcome.Failed>(outcome).Failure.Code);
    }

    [Theory]
    [InlineData("https://a.example.com/x", "http://a.example.com/x", false)]
    [InlineData("https://a.example.com/x", "https://127.0.0.1/x", false)]
    [InlineData("http://a.example.com/x", "http://localhost/x", false)]
    [InlineData("http://a.example.com/x", "https://b.example.com/x", true)]
    [InlineData("http://a.example.com/x", "http://b.example.com/x", true)]
    [InlineData("https://localhost/x", "http://127.0.0.1/x", true)]
    public void Follow_EachStep_IsJudged(string from, string to, bool followed)
    {
        var (next, refusal) = ResultFetch.Follow(new Uri(from), new Uri(to), 0, new DownloadOptions());

        Assert.Equal(followed, next is not null);
        Assert.Equal(followed, refusal is null);
    }
}
