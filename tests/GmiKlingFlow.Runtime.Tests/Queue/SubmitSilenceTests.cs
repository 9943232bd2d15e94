using System.Net;
using System.Net.Sockets;
using GmiKlingFlow.Runtime.Queue;
using GmiKlingFlow.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace GmiKlingFlow.Runtime.Tests.Queue;

/// <summary>A paid POST without an answer: nothing sent is told from nobody knows.</summary>
public class SubmitSilenceTests
{
    [Fact]
    public async Task SubmitAsync_ConnectionRefused_IsNotNow()
    {
        using var client = Client(ScriptedServer.Nowhere());

        var outcome = await client.SubmitAsync("m", TestQueue.Body, CancellationToken.None);

        Assert.Equal(("not now", "GKF7010"), SubmitTests.Told(outcome));
    }

    [Fact]
    public async Task SubmitAsync_UnknownName_IsNotNow()
    {
        using var client = Client(new Uri("https://queue.invalid/"));

        Assert.Equal(("not now", "GKF7010"), SubmitTests.Told(await client.SubmitAsync("m", TestQueue.Body, CancellationToken.None)));
    }

    [Fact]
    public async Task SubmitAsync_NoTls_IsNotNow()
    {
        using var plain = new TcpListener(IPAddress.Loopback, 0);
        plain.Start();
        var answering = Task.Run(async () =>
        {
            using var socket = await plain.AcceptSocketAsync();
            await socket.SendAsync("HTTP/1.1 400 This is no TLS\r\n\r\n"u8.ToArray());
        });
        using var client = Client(new Uri($"https://localhost:{((IPEndPoint)plain.LocalEndpoint).Port}/"));

        Assert.Equal(("not now", "GKF7010"), SubmitTests.Told(await client.SubmitAsync("m", TestQueue.Body, CancellationToken.None)));
        await answering;
    }

    [Fact]
    public async Task SubmitAsync_ResetOrClosedAfterTheBody_IsUnclearAndNotRepeated()
    {
        foreach (var reply in new[] { ScriptedReply.Reset, ScriptedReply.Close })
        {
            await using var queue = TestQueue.Answering(reply);

            Assert.Equal(("unclear", "GKF7012"), SubmitTests.Told(await queue.SubmitAsync()));
            Assert.Single(queue.Server.Requests);
        }
    }

    [Fact]
    public async Task SubmitAsync_NoHttp_IsUnclear()
    {
        await using var queue = TestQueue.Answering(new ScriptedReply("SSH-2.0-OpenSSH_9.2\r\n\r\n"u8.ToArray(), ReplyEnd.Close));

        Assert.Equal(("unclear", "GKF7012"), SubmitTests.Told(await queue.SubmitAsync()));
    }

    [Fact]
    public async Task SubmitAsync_SuccessCutOff_IsUnclear()
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(TestQueue.Record("queued"));
        foreach (var end in new[] { ReplyEnd.Close, ReplyEnd.Reset })
        {
            await using var queue = TestQueue.Answering(ScriptedReply.Short(200, bytes, bytes.Length + 1, end));

            Assert.Equal("unclear", SubmitTests.Told(await queue.SubmitAsync()).Kind);
        }
    }

    [Fact]
    public async Task SubmitAsync_RefusalCutOff_IsStillARefusal()
    {
        await using var queue = TestQueue.Answering(ScriptedReply.Short(402, "{"u8.ToArray(), 100, ReplyEnd.Close));

        Assert.Equal(("rejected, stops", "GKF7022"), SubmitTests.Told(await queue.SubmitAsync()));
    }

    [Fact]
    public async Task SubmitAsync_NoAnswerInTime_IsUnclear()
    {
        var clock = new ManualTimeProvider();
        await using var queue = TestQueue.Over(ScriptedServer.Answering(ScriptedReply.Hang), clock);

        var submitting = queue.SubmitAsync();
        await queue.Server.ArrivedAsync(TestContext.Current.CancellationToken);
        clock.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(("unclear", "GKF7011"), SubmitTests.Told(await submitting));
    }

    [Fact]
    public async Task SubmitAsync_BodyDripsForEver_IsUnclearAtTheLimit()
    {
        var clock = new ManualTimeProvider();
        await using var queue = TestQueue.Over(ScriptedServer.Answering(ScriptedReply.Short(200, "{"u8.ToArray(), 100, ReplyEnd.Hang)), clock);

        var submitting = queue.SubmitAsync();
        await queue.Server.ArrivedAsync(TestContext.Current.CancellationToken);
        clock.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal("unclear", SubmitTests.Told(await submitting).Kind);
    }

    [Fact]
    public async Task SubmitAsync_StoppedWhileUnderWay_IsUnclear()
    {
        using var stop = new CancellationTokenSource();
        await using var queue = TestQueue.Answering(ScriptedReply.Hang);

        var submitting = queue.SubmitAsync(stop.Token);
        await queue.Server.ArrivedAsync(TestContext.Current.CancellationToken);
        await stop.CancelAsync();

        Assert.Equal(("unclear", "GKF7013"), SubmitTests.Told(await submitting));
    }

    [Fact]
    public async Task SubmitAsync_StoppedBefore_IsNotNowAndSendsNothing()
    {
        await using var queue = TestQueue.Answering(ScriptedReply.Json(200, TestQueue.Record("queued")));

        var outcome = await queue.SubmitAsync(new CancellationToken(canceled: true));

        Assert.Equal(("not now", "GKF7013"), SubmitTests.Told(outcome));
        Assert.Empty(queue.Server.Requests);
    }

    [Fact]
    public async Task SubmitAsync_ServerDropsKeptConnections_NeverRepeatsAPost()
    {
        var record = System.Text.Encoding.UTF8.GetBytes(TestQueue.Record("queued"));
        var accepted = ScriptedReply.Short(200, record, record.Length, ReplyEnd.KeepAlive);
        await using var queue = TestQueue.Answering(accepted, ScriptedReply.Close);

        var first = await queue.SubmitAsync();
        var second = await queue.SubmitAsync();

        Assert.IsType<SubmitOutcome.Accepted>(first);
        Assert.IsType<SubmitOutcome.Unclear>(second);
        Assert.Equal(2, queue.Server.Requests.Count);
        Assert.Equal(2, queue.Server.Connections);
    }

    [Fact]
    public async Task PaidContent_WrittenASecondTime_Throws()
    {
        using var content = new PaidContent(TestQueue.Body);
        Assert.False(content.Started);
        await content.CopyToAsync(Stream.Null);
        Assert.True(content.Started);

        await Assert.ThrowsAsync<InvalidOperationException>(() => content.CopyToAsync(Stream.Null));
    }

    private static QueueClient Client(Uri url) =>
        new(new QueueOptions(url, TestQueue.Key, null), TimeProvider.System, new Random(1), NullLogger<QueueClient>.Instance);
}
