using GmiKlingFlow.Runtime.Queue;
using Xunit;

namespace GmiKlingFlow.Runtime.Tests.Queue;

public class QueueOptionsTests
{
    [Theory]
    [InlineData("https://console.gmicloud.ai/api/v1/ie/requestqueue/apikey", null)]
    [InlineData("http://127.0.0.1:8787/", null)]
    [InlineData("http://localhost:8787/api", null)]
    [InlineData("http://[::1]:8787/", null)]
    [InlineData("http://queue.example.com/", "GKF7002")]
    [InlineData("ftp://queue.example.com/", "GKF7002")]
    [InlineData("file:///etc/passwd", "GKF7002")]
    [InlineData("https://user:pw@queue.example.com/", "GKF7002")]
    [InlineData("https://queue.example.com/?a=b", "GKF7002")]
    [InlineData("https://queue.example.com/#a", "GKF7002")]
    [InlineData("/relative", "GKF7002")]
    public void Problem_EachBaseUrl_IsJudged(string url, string? code) =>
        Assert.Equal(code, new QueueOptions(new Uri(url, UriKind.RelativeOrAbsolute), "key", null).Problem()?.Code);

    [Theory]
    [InlineData("eyJ.abc-_.123", null, null)]
    [InlineData("", null, "GKF7001")]
    [InlineData(" key", null, "GKF7001")]
    [InlineData("key\n", null, "GKF7001")]
    [InlineData("Bearer key", null, "GKF7001")]
    [InlineData("ke\u0000y", null, "GKF7001")]
    [InlineData("kéy", null, "GKF7001")]
    [InlineData("key\u200B", null, "GKF7001")]
    [InlineData("key", "org", null)]
    [InlineData("key", "", "GKF7003")]
    [InlineData("key", "o\r\nX: y", "GKF7003")]
    public void Problem_EachKeyAndOrganisation_IsJudged(string key, string? organisation, string? code) =>
        Assert.Equal(code, new QueueOptions(QueueOptions.PublicBaseUrl, key, organisation).Problem()?.Code);
}
