using System.Security.Cryptography;
using GmiKlingFlow.Runtime.Downloads;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Runtime.Tests.Downloads;

public class ArtifactDownloaderTests(MadeVideo video) : IClassFixture<MadeVideo>
{
    private const string Tag = "ETag: \"v1\"";

    [Fact]
    public async Task DownloadAsync_WholeFile_IsCheckedHashedAndInPlace()
    {
        await using var test = new TestDownload(_ => ScriptedReply.Body(200, video.Whole, Tag));

        var artifact = Downloaded(await test.RunAsync(TestDownload.Three));

        Assert.Equal((test.Target, video.Whole.LongLength), (artifact.Path, artifact.Bytes));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(video.Whole)), artifact.Sha256);
        Assert.InRange(artifact.Duration.TotalSeconds, 2.9, 3.1);
        Assert.Equal(video.Whole, await File.ReadAllBytesAsync(test.Target, CancellationToken.None));
        Assert.Equal([test.Target], Directory.GetFiles(test.Folder.File("out")));
    }

    [Theory]
    [InlineData(ReplyEnd.Close)]
    [InlineData(ReplyEnd.Reset)]
    public async Task DownloadAsync_BrokenOff_IsContinuedByRange(ReplyEnd end)
    {
        var half = video.Whole.Length / 2;
        await using var test = new TestDownload(r => r.Number == 0 ? ScriptedReply.Short(200, video.Whole[..half], video.Whole.Length, end, Tag) : Rest(r));

        Downloaded(await test.RunAsync());

        Assert.Equal(2, test.Server.Requests.Count);
        Assert.False(test.Server.Requests[0].Headers.ContainsKey("Range"));
        if (test.Server.Requests[1].Headers.TryGetValue("Range", out var range))
        {
            // After a reset the system may have dropped what had come: then the rest is longer, never wrong.
            Assert.Matches("^bytes=[0-9]+-$", range);
            Assert.Equal("\"v1\"", test.Server.Requests[1].Headers["If-Range"]);
        }

        Assert.Equal(video.Whole, await File.ReadAllBytesAsync(test.Target, CancellationToken.None));
    }

    [Fact]
    public async Task DownloadAsync_PartOfAnEarlierRun_AsksForTheRestOnly()
    {
        await using var test = new TestDownload(Rest);
        await test.LeavePartAsync(video.Whole[..1000], "\"v1\"");

        Downloaded(await test.RunAsync());

        Assert.Equal("bytes=1000-", Assert.Single(test.Server.Requests).Headers["Range"]);
        Assert.Equal(video.Whole, await File.ReadAllBytesAsync(test.Target, CancellationToken.None));
    }

    [Fact]
    public async Task DownloadAsync_PartIsWholeAlready_IsTakenOn416()
    {
        await using var test = new TestDownload(_ => ScriptedReply.Body(416, [], $"Content-Range: bytes */{video.Whole.Length}"));
        await test.LeavePartAsync(video.Whole, "\"v1\"");

        Assert.Equal(video.Whole.LongLength, Downloaded(await test.RunAsync()).Bytes);
    }

    [Fact]
    public async Task DownloadAsync_PartLongerThanTheFile_StartsAnew()
    {
        await using var test = new TestDownload(r => r.Headers.ContainsKey("Range")
            ? ScriptedReply.Body(416, [], $"Content-Range: bytes */{video.Whole.Length}")
            : ScriptedReply.Body(200, video.Whole, Tag));
        await test.LeavePartAsync([.. video.Whole, 1], "\"v1\"");

        Assert.Equal(video.Whole.LongLength, Downloaded(await test.RunAsync()).Bytes);
    }

    [Fact]
    public async Task DownloadAsync_FileChangedAtTheServer_StartsAnew()
    {
        await using var test = new TestDownload(_ => ScriptedReply.Body(200, video.Whole, "ETag: \"v2\""));
        await test.LeavePartAsync([1, 2, 3], "\"v1\"");

        Downloaded(await test.RunAsync());

        Assert.Equal(video.Whole, await File.ReadAllBytesAsync(test.Target, CancellationToken.None));
    }

    [Fact]
    public async Task DownloadAsync_PartWithoutValidatorOrOfAnotherAddress_StartsAnew()
    {
        await using var test = new TestDownload(_ => ScriptedReply.Body(200, video.Whole, Tag));
        await test.LeavePartAsync([1, 2, 3], null);
        Downloaded(await test.RunAsync());

        using (var disk = new DiskSync(1))
        using (var other = PartialFile.Open(test.Target, new Uri("https://other.example.com/b.mp4"), disk))
        {
            other.StartAnew("\"v1\"");
            other.Append([1, 2, 3]);
        }

        Downloaded(await test.RunAsync());
        Assert.All(test.Server.Requests, r => Assert.False(r.Headers.ContainsKey("Range")));
    }

    [Theory]
    [InlineData("bytes 0-9/10")]
    [InlineData("bytes 999-1008/1009")]
    [InlineData("bytes */1010")]
    [InlineData("lines 1000-1009/1010")]
    [InlineData("rubbish")]
    [InlineData("")]
    public async Task DownloadAsync_WrongPart_IsThrownAwayAndAskedAnew(string range)
    {
        await using var test = new TestDownload(r => r.Headers.ContainsKey("Range")
            ? ScriptedReply.Body(206, video.Whole[..10], $"Content-Range: {range}")
            : ScriptedReply.Body(200, video.Whole, Tag));
        await test.LeavePartAsync(video.Whole[..1000], "\"v1\"");

        Downloaded(await test.RunAsync());

        Assert.Equal(video.Whole, await File.ReadAllBytesAsync(test.Target, CancellationToken.None));
        Assert.Equal(2, test.Server.Requests.Count);
    }

    [Fact]
    public async Task DownloadAsync_PartUnasked_IsNotTaken()
    {
        await using var test = new TestDownload(r => r.Number == 0
            ? ScriptedReply.Body(206, video.Whole[10..], $"Content-Range: bytes 10-{video.Whole.Length - 1}/{video.Whole.Length}")
            : ScriptedReply.Body(200, video.Whole));

        Assert.Equal(video.Whole.LongLength, Downloaded(await test.RunAsync()).Bytes);
    }

    [Theory]
    [InlineData(404, 1, "GKF8101")]
    [InlineData(403, 1, "GKF8101")]
    [InlineData(410, 1, "GKF8101")]
    [InlineData(204, 1, "GKF8101")]
    [InlineData(500, 7, "GKF8101")]
    [InlineData(429, 7, "GKF8101")]
    public async Task DownloadAsync_HostRefuses_FailsAfterItsBoundedTries(int status, int tries, string code)
    {
        await using var test = new TestDownload(_ => ScriptedReply.Body(status, "no"u8.ToArray()));

        var failed = Assert.IsType<DownloadOutcome.Failed>(await test.RunAsync());
        Assert.Equal((code, status), (failed.Failure.Code, failed.RefusedWith));
        Assert.Equal(tries, test.Server.Requests.Count);
        Assert.False(File.Exists(test.Target));
    }

    [Fact]
    public async Task DownloadAsync_AlwaysBroken_EndsAndKeepsThePart()
    {
        await using var test = new TestDownload(_ => ScriptedReply.Short(200, video.Whole[..1000], video.Whole.Length, ReplyEnd.Close, Tag));

        var failure = Failed(await test.RunAsync());

        Assert.Equal(("GKF8102", true), (failure.Code, failure.Retryable));
        Assert.Equal(1000, new FileInfo(test.Part).Length);
        Assert.Equal(7, test.Server.Requests.Count);
    }

    [Fact]
    public async Task DownloadAsync_NothingComes_EndsAtTheIdleLimit()
    {
        var clock = new ManualTimeProvider();
        await using var test = new TestDownload(_ => ScriptedReply.Short(200, video.Whole[..1000], video.Whole.Length, ReplyEnd.Hang, Tag), new DownloadOptions { Repeats = 0 }, clock);

        var running = test.RunAsync();
        await test.Server.ArrivedAsync(TestContext.Current.CancellationToken);
        while (!running.IsCompleted)
        {
            await Task.WhenAny(running, clock.AdvanceToNextTimerAsync(TestContext.Current.CancellationToken));
        }

        Assert.Equal("GKF8102", Failed(await running).Code);
    }

    [Fact]
    public async Task DownloadAsync_NothingComesForAsLongAsTheCallersPatience_IsNotTriedAgain()
    {
        var clock = new ManualTimeProvider();
        await using var test = new TestDownload(static _ => ScriptedReply.Hang, time: clock);

        var running = test.Downloader.DownloadAsync(new Uri(test.Server.Url, "a.mp4"), test.Target, null, TimeSpan.FromSeconds(21), CancellationToken.None);
        await test.Server.ArrivedAsync(TestContext.Current.CancellationToken);
        while (!running.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(21));
            await Task.WhenAny(running, Task.Delay(10, TestContext.Current.CancellationToken));
        }

        Assert.Equal(("GKF8102", true), (Failed(await running).Code, Failed(await running).Retryable));
        Assert.Single(test.Server.Requests);
    }

    [Fact]
    public async Task DownloadAsync_TooLarge_IsRefusedAnnouncedOrNot()
    {
        var options = new DownloadOptions { MaxBytes = 1000 };
        await using var announced = new TestDownload(_ => ScriptedReply.Body(200, video.Whole), options);
        await using var unannounced = new TestDownload(_ => new ScriptedReply([.. ScriptedReply.Head(200, "Connection: close"), .. video.Whole], ReplyEnd.Close), options);

        Assert.Equal("GKF8103", Failed(await announced.RunAsync()).Code);
        Assert.Equal("GKF8103", Failed(await unannounced.RunAsync()).Code);
        Assert.True(new FileInfo(unannounced.Part).Length <= 1000);
    }

    [Fact]
    public async Task DownloadAsync_ChunkedWithoutLength_IsTakenWhole()
    {
        await using var test = new TestDownload(_ => new ScriptedReply([.. ScriptedReply.Head(200, "Connection: close"), .. video.Whole], ReplyEnd.Close));

        Assert.Equal(video.Whole.LongLength, Downloaded(await test.RunAsync()).Bytes);
    }

    [Fact]
    public async Task DownloadAsync_OldTargetThere_IsReplaced()
    {
        await using var test = new TestDownload(_ => ScriptedReply.Body(200, video.Whole));
        test.Folder.Write("out/anna & ben ü.mp4", "old");

        Downloaded(await test.RunAsync());

        Assert.Equal(video.Whole.LongLength, new FileInfo(test.Target).Length);
    }

    [Fact]
    public async Task DownloadAsync_Stopped_ThrowsAndKeepsThePart()
    {
        using var stop = new CancellationTokenSource();
        await using var test = new TestDownload(_ => ScriptedReply.Short(200, video.Whole[..1000], video.Whole.Length, ReplyEnd.Hang, Tag));

        var running = test.RunAsync(cancellationToken: stop.Token);
        await test.Server.ArrivedAsync(TestContext.Current.CancellationToken);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.False(File.Exists(test.Target));
        Assert.True(File.Exists(test.Part));
    }

    private static Artifact Downloaded(DownloadOutcome outcome) =>
        outcome is DownloadOutcome.Failed f ? throw new Xunit.Sdk.XunitException(f.Failure.ToString()) : Assert.IsType<DownloadOutcome.Downloaded>(outcome).Artifact;

    private static Core.Diagnostics.Failure Failed(DownloadOutcome outcome) => Assert.IsType<DownloadOutcome.Failed>(outcome).Failure;

    private ScriptedReply Rest(ReceivedRequest request)
    {
        var from = request.Headers.TryGetValue("Range", out var range) ? int.Parse(range["bytes=".Length..^1], System.Globalization.CultureInfo.InvariantCulture) : 0;
        return from == 0
            ? ScriptedReply.Body(200, video.Whole, Tag)
            : ScriptedReply.Body(206, video.Whole[from..], Tag, $"Content-Range: bytes {from}-{video.Whole.Length - 1}/{video.Whole.Length}");
    }
}
