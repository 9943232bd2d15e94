using System.IO.Compression;
using System.Net;
using GmiKlingFlow.Runtime.Queue;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Runtime.Tests.Queue;

public class LocalBypassTests
{
    [Theory]
    [InlineData("http://127.0.0.1:8787/", true)]
    [InlineData("http://localhost/", true)]
    [InlineData("https://[::1]/", true)]
    [InlineData("https://console.gmicloud.ai/", false)]
    public void IsBypassed_OnlyForThisMachine(string url, bool bypassed) =>
        Assert.Equal(bypassed, new LocalBypass(new WebProxy("http://proxy.example.com:3128")).IsBypassed(new Uri(url)));

    [Fact]
    public async Task SendAsync_ProxySetButServerHere_GoesStraight()
    {
        await using var proxy = ScriptedServer.Answering(ScriptedReply.Json(200, "{}"));
        await using var server = ScriptedServer.Answering(ScriptedReply.Json(200, "{}"));
        var handler = HttpSender.Handler(decompress: true);
        handler.Proxy = new LocalBypass(new WebProxy(proxy.Url));
        using var sender = new HttpSender(handler, TimeProvider.System);

        await sender.SendAsync(HttpMethod.Get, server.Url, null, TimeSpan.FromMinutes(1), 1000, CancellationToken.None);

        Assert.Empty(proxy.Requests);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task GetAsync_CompressedBomb_IsCutAtTheLimit()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            await gzip.WriteAsync(new byte[64 * 1024 * 1024], CancellationToken.None);
        }

        await using var queue = TestQueue.Answering(ScriptedReply.Body(200, packed.ToArray(), "Content-Encoding: gzip", "Content-Type: application/json"));

        var outcome = Assert.IsType<QueryOutcome.Unavailable>(await queue.Client.GetAsync(TestQueue.Id, CancellationToken.None));
        Assert.Contains("larger than", outcome.Failure.Message, StringComparison.Ordinal);
    }
}
