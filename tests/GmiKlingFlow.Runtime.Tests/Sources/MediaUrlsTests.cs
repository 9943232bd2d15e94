using System.Collections.Concurrent;
using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using GmiKlingFlow.Core.Media;
using GmiKlingFlow.Runtime.Sources;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Runtime.Tests.Sources;

/// <summary>Media at URLs, read from a real server that is honest, poor or lying.</summary>
public sealed class MediaUrlsTests(MadeMedia made) : IClassFixture<MadeMedia>
{
    private static readonly OnlineOptions Quick = new() { RepeatDelay = TimeSpan.FromMilliseconds(1) };

    [Theory]
    [InlineData("video.mp4")]
    [InlineData("faststart.mp4")]
    [InlineData("fragments.mp4")]
    [InlineData("video.mov")]
    [InlineData("tone.wav")]
    [InlineData("tone.mp3")]
    [InlineData("tone.m4a")]
    [InlineData("tone.aac")]
    public async Task ReadAsync_EveryKind_SaysWhatTheFileItselfSays(string name)
    {
        var file = made.Of(name);
        await using var server = new ScriptedServer(r => FileHost.Honest(r, file));

        Assert.Equal(Local(file), (await ReadAsync(server)).Facts());
    }

    [Fact]
    public async Task ReadAsync_MovieAtTheEndOfAHundredMegabytes_ReadsLittle()
    {
        var file = made.LongVideo(100_000_000);
        await using var server = new ScriptedServer(r => FileHost.Honest(r, file));

        Assert.Equal(Local(file), (await ReadAsync(server)).Facts());
        Assert.InRange(server.Requests.Where(r => r.Method == "GET").Sum(r => FileHost.Asked(r).To - FileHost.Asked(r).From + 1), 1, 500_000);
    }

    [Theory]
    [InlineData("video.mp4")]
    [InlineData("tone.mp3")]
    public async Task ReadAsync_HostWithoutRanges_ReadsFromTheStart(string name)
    {
        var file = made.Of(name);
        await using var server = new ScriptedServer(r => FileHost.Whole(r, file));

        Assert.Equal(Local(file), (await ReadAsync(server)).Facts());
    }

    [Fact]
    public async Task ReadAsync_LongVideoThatTellsAtItsStart_NeedsNoRanges()
    {
        byte[] file = [.. made.Of("faststart.mp4"), 0x01, 0x31, 0x2D, 0x00, .. "free"u8, .. new byte[19_999_992]];
        await using var server = new ScriptedServer(r => FileHost.Whole(r, file));

        Assert.Equal(Local(file), (await ReadAsync(server, Quick with { BytesPerFile = file.Length })).Facts());
    }

    [Fact]
    public async Task ReadAsync_LongVideoThatTellsAtItsEndWithoutRanges_IsOutOfReach()
    {
        var file = made.LongVideo(20_000_000);
        await using var server = new ScriptedServer(r => FileHost.Whole(r, file));

        Assert.Equal(new RemoteReading.OutOfReach("its host gives no parts of a file, and the first 8 MB don't tell", file.Length), await ReadAsync(server));
    }

    [Fact]
    public async Task ReadAsync_SoundThatHasToBeCountedBeyondTheLimit_IsOutOfReachWithItsSize()
    {
        byte[] file = [.. Enumerable.Repeat(made.Mp3, 40).SelectMany(bytes => bytes)];
        await using var server = new ScriptedServer(r => FileHost.Honest(r, file));

        Assert.Equal(new RemoteReading.OutOfReach("8 MB of it don't tell how long it is", file.Length), await ReadAsync(server));
        Assert.InRange(server.Requests.Where(r => r.Method == "GET").Sum(r => FileHost.Asked(r).To - FileHost.Asked(r).From + 1), 7_000_000, 8_000_000);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(405)]
    [InlineData(404)]
    [InlineData(501)]
    [InlineData(503)]
    public async Task ReadAsync_HeadIsRefused_GetDecides(int status)
    {
        await using var server = new ScriptedServer(r => r.Method == "HEAD" ? FileHost.Head(status, 0) : FileHost.Honest(r, made.Video));

        Assert.Equal(Local(made.Video), (await ReadAsync(server)).Facts());
    }

    [Fact]
    public async Task ReadAsync_HeadIsNeverAnswered_GetDecides()
    {
        await using var server = new ScriptedServer(r => r.Method == "HEAD" ? ScriptedReply.Reset : FileHost.Honest(r, made.Video));

        Assert.Equal(Local(made.Video), (await ReadAsync(server)).Facts());
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(410)]
    [InlineData(204)]
    public async Task ReadAsync_Refused_IsSaidWithoutAskingAgain(int status)
    {
        await using var server = new ScriptedServer(r => FileHost.Head(status, 0));

        Assert.Equal(new RemoteReading.Refused(status), await ReadAsync(server));
        Assert.Equal(["HEAD", "GET"], server.Requests.Select(r => r.Method));
    }

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task ReadAsync_Busy_IsAskedOnceMore(int status)
    {
        await using var server = new ScriptedServer(r => FileHost.Head(status, 0));

        Assert.Equal(new RemoteReading.NotNow($"its host answers {status}"), await ReadAsync(server));
        Assert.Equal(["HEAD", "GET", "GET"], server.Requests.Select(r => r.Method));
    }

    [Fact]
    public async Task ReadAsync_BusyOnce_IsRead()
    {
        await using var server = new ScriptedServer(r => r.Number == 1 ? FileHost.Head(503, 0) : FileHost.Honest(r, made.Video));

        Assert.Equal(Local(made.Video), (await ReadAsync(server)).Facts());
    }

    [Theory]
    [InlineData("<!DOCTYPE html><html><body>Sign in</body></html>", "it is an HTML page")]
    [InlineData("{\"error\":\"expired\"}", "it is JSON text")]
    [InlineData("<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code></Error>", "it is an XML document, perhaps a server's error message")]
    [InlineData("", "it is empty")]
    public async Task ReadAsync_PageWithStatus200_IsNoMedia(string page, string reason)
    {
        await using var server = new ScriptedServer(r => FileHost.Whole(r, Encoding.UTF8.GetBytes(page), "Content-Type: video/mp4"));

        Assert.Equal(new RemoteReading.NotMedia(reason), await ReadAsync(server));
    }

    [Fact]
    public async Task ReadAsync_EmptyFileOfAHostWithRanges_IsNoMedia()
    {
        await using var server = new ScriptedServer(r => r.Method == "HEAD" ? FileHost.Head(200, 0) : FileHost.Head(416, 0, "Content-Range: bytes */0"));

        Assert.Equal(new RemoteReading.NotMedia("it is empty"), await ReadAsync(server));
    }

    [Fact]
    public async Task ReadAsync_OtherSizeByHead_IsAContradiction()
    {
        await using var server = new ScriptedServer(r => r.Method == "HEAD" ? FileHost.Head(200, 500) : FileHost.Honest(r, made.Mp3));

        Assert.StartsWith("it announces 500 bytes, then", Assert.IsType<RemoteReading.Contradictory>(await ReadAsync(server)).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_OtherSizeInALaterPart_IsAContradiction()
    {
        await using var server = new ScriptedServer(r => r.Number < 2 ? FileHost.Honest(r, made.Mp3) : FileHost.Part(r, made.Mp3, made.Mp3.Length + 1));

        Assert.IsType<RemoteReading.Contradictory>(await ReadAsync(server));
    }

    [Fact]
    public async Task ReadAsync_FileThatChangesBetweenParts_IsAContradiction()
    {
        await using var server = new ScriptedServer(r => FileHost.Honest(r, made.Mp3, $"ETag: \"{r.Number}\""));

        Assert.Equal(new RemoteReading.Contradictory("it changes while it is read"), await ReadAsync(server));
    }

    [Fact]
    public async Task ReadAsync_AnotherPartThanAskedFor_IsAContradiction()
    {
        await using var server = new ScriptedServer(r => r.Method == "HEAD"
            ? FileHost.Head(200, made.Mp3.Length)
            : ScriptedReply.Body(206, made.Mp3[10..20], $"Content-Range: bytes 10-19/{made.Mp3.Length}"));

        Assert.Equal(new RemoteReading.Contradictory("it gives another part than was asked for"), await ReadAsync(server));
    }

    [Fact]
    public async Task ReadAsync_PartsFirstAndThenTheWhole_IsAContradiction()
    {
        await using var server = new ScriptedServer(r => r.Number < 2 ? FileHost.Honest(r, made.Mp3) : FileHost.Whole(r, made.Mp3));

        Assert.Equal(new RemoteReading.Contradictory("it gives one part of the file and not another"), await ReadAsync(server));
    }

    [Fact]
    public async Task ReadAsync_FewerBytesThanAnnounced_IsAContradiction()
    {
        await using var server = new ScriptedServer(r => r.Method == "HEAD"
            ? FileHost.Head(200, made.Video.Length)
            : ScriptedReply.Short(200, made.Video[..200], made.Video.Length, ReplyEnd.Close));

        Assert.Equal(new RemoteReading.Contradictory("it ends before the announced number of bytes"), await ReadAsync(server));
    }

    [Fact]
    public async Task ReadAsync_ChunkedPartShorterThanItSays_IsAContradiction()
    {
        await using var server = new ScriptedServer(r => r.Method == "HEAD"
            ? FileHost.Head(200, made.Mp3.Length)
            : Chunked(206, made.Mp3[..100], $"Content-Range: bytes 0-65535/{made.Mp3.Length}"));

        Assert.Equal(new RemoteReading.Contradictory("it announces 65,536 bytes and gives 100"), await ReadAsync(server));
    }

    [Fact]
    public async Task ReadAsync_ChunkedWithoutALength_IsReadToItsEnd()
    {
        await using var server = new ScriptedServer(r => r.Method == "HEAD"
            ? new ScriptedReply(ScriptedReply.Head(200, "Connection: close"), ReplyEnd.Close)
            : Chunked(200, made.Video));

        Assert.Equal(Local(made.Video), (await ReadAsync(server)).Facts());
    }

    [Fact]
    public async Task ReadAsync_ChunkedWithoutALengthBeyondTheLimit_IsOutOfReach()
    {
        var file = made.LongVideo(9_000_000);
        await using var server = new ScriptedServer(r => r.Method == "HEAD" ? FileHost.Head(405, 0) : Chunked(200, file));

        Assert.IsType<RemoteReading.OutOfReach>(await ReadAsync(server));
    }

    [Fact]
    public async Task ReadAsync_CompressedAllTheSame_IsDecompressed()
    {
        var packed = Packed(made.Video);
        await using var server = new ScriptedServer(r => FileHost.Whole(r, packed, "Content-Encoding: gzip"));

        Assert.Equal(Local(made.Video), (await ReadAsync(server)).Facts());
    }

    [Fact]
    public async Task ReadAsync_PartsOfACompressedFile_AreNotTaken()
    {
        var packed = Packed(made.Video);
        await using var server = new ScriptedServer(r => r.Headers.ContainsKey("Range") ? FileHost.Honest(r, packed, "Content-Encoding: gzip") : FileHost.Whole(r, packed, "Content-Encoding: gzip"));

        Assert.Equal(Local(made.Video), (await ReadAsync(server)).Facts());
    }

    [Theory]
    [InlineData("gzip", typeof(RemoteReading.Contradictory))]
    [InlineData("br", typeof(RemoteReading.Contradictory))]
    [InlineData("zstd", typeof(RemoteReading.OutOfReach))]
    [InlineData("gzip, br", typeof(RemoteReading.OutOfReach))]
    public async Task ReadAsync_CompressionThatIsNone_IsNotBelieved(string encoding, Type expected)
    {
        await using var server = new ScriptedServer(r => FileHost.Whole(r, made.Video, $"Content-Encoding: {encoding}"));

        Assert.IsType(expected, await ReadAsync(server));
    }

    [Fact]
    public async Task ReadAsync_HundredMegabytesOfZerosInAFewKilobytes_StopsAtTheLimit()
    {
        var packed = Packed(new byte[100_000_000]);
        await using var server = new ScriptedServer(r => FileHost.Whole(r, packed, "Content-Encoding: gzip"));

        Assert.IsType<RemoteReading.OutOfReach>(await ReadAsync(server));
    }

    [Fact]
    public async Task ReadAsync_SizeNobodyHas_EndsAndReadsLittle()
    {
        await using var server = new ScriptedServer(r => r.Method == "HEAD" ? FileHost.Head(405, 0) : FileHost.Asked(r).From < made.Mp3.Length
            ? FileHost.Part(r, made.Mp3, long.MaxValue)
            : ScriptedReply.Body(206, [0], $"Content-Range: bytes {FileHost.Asked(r).From}-{FileHost.Asked(r).From}/{long.MaxValue}"));

        Assert.IsType<RemoteReading.OutOfReach>(await ReadAsync(server));
    }

    [Fact]
    public async Task ReadAsync_OneByteAtATime_StopsAtTheLimitOfRequests()
    {
        await using var server = new ScriptedServer(r => r.Method == "HEAD" ? FileHost.Head(200, made.Mp3.Length) : ScriptedReply.Body(
            206, [made.Mp3[FileHost.Asked(r).From]], $"Content-Range: bytes {FileHost.Asked(r).From}-{FileHost.Asked(r).From}/{made.Mp3.Length}"));

        Assert.IsType<RemoteReading.OutOfReach>(await ReadAsync(server, Quick with { RequestsPerFile = 20 }));
        Assert.Equal(20, server.Requests.Count);
    }

    [Fact]
    public async Task ReadAsync_FewRedirects_AreFollowed()
    {
        await using var server = new ScriptedServer(r => r.Target == "/5" ? FileHost.Honest(r, made.Video) : FileHost.Head(302, 0, $"Location: /{(r.Target == "/x" ? 1 : r.Target[1] - '0' + 1)}"));

        Assert.Equal(Local(made.Video), (await ReadAsync(server)).Facts());
    }

    [Theory]
    [InlineData("Location: /again", "it redirects too often")]
    [InlineData("Location: http://media.example.com/x", "it redirects to plain http")]
    [InlineData("Location: file:///etc/passwd", "it redirects to no web address")]
    [InlineData("Location: https://user:pw@media.example.com/x", "it redirects to no web address")]
    [InlineData("X-None: x", "it redirects to no web address")]
    public async Task ReadAsync_OddRedirect_IsNotFollowed(string header, string why)
    {
        await using var server = new ScriptedServer(_ => FileHost.Head(302, 0, header));

        Assert.Equal(new RemoteReading.NotFollowed(why), await ReadAsync(server));
    }

    [Fact]
    public async Task ReadAsync_RedirectIntoAPrivateNetwork_IsNotAsked()
    {
        await using var server = new ScriptedServer(_ => FileHost.Head(302, 0, "Location: https://169.254.169.254/latest/meta-data"));

        Assert.Equal(new RemoteReading.NotPublic(), await ReadAsync(server));
    }

    [Theory]
    [InlineData("https://10.0.0.8/x.mp4")]
    [InlineData("https://192.168.1.1/x.mp4")]
    [InlineData("https://169.254.169.254/latest/meta-data")]
    [InlineData("https://[fd00::1]/x.mp4")]
    [InlineData("https://[::ffff:10.0.0.8]/x.mp4")]
    [InlineData("https://0.0.0.0/x.mp4")]
    public async Task ReadAsync_PrivateAddress_IsNotAsked(string url)
    {
        using var urls = new MediaUrls(TimeProvider.System, Quick);

        Assert.Equal(new RemoteReading.NotPublic(), Assert.Single(await urls.ReadAsync([new Uri(url)], CancellationToken.None)));
    }

    [Fact]
    public async Task ReadAsync_NobodyListens_IsUnreachable()
    {
        using var urls = new MediaUrls(TimeProvider.System, Quick);

        Assert.IsType<RemoteReading.Unreachable>(Assert.Single(await urls.ReadAsync([ScriptedServer.Nowhere()], CancellationToken.None)));
    }

    [Fact]
    public async Task ReadAsync_ServerThatNeverAnswers_IsNotWaitedForForEver()
    {
        await using var server = new ScriptedServer(_ => ScriptedReply.Hang);

        Assert.IsType<RemoteReading.NotNow>(await ReadAsync(server, Quick with { TimePerAnswer = TimeSpan.FromMilliseconds(30) }));
    }

    [Fact]
    public async Task ReadAsync_BodyThatStopsInTheMiddle_IsNotWaitedForForEver()
    {
        await using var server = new ScriptedServer(r => r.Method == "HEAD" ? FileHost.Head(405, 0) : ScriptedReply.Short(200, made.Mp3[..100], made.Mp3.Length, ReplyEnd.Hang));

        Assert.IsType<RemoteReading.NotNow>(await ReadAsync(server, Quick with { TimePerFile = TimeSpan.FromMilliseconds(200) }));
    }

    [Fact]
    public async Task ReadAsync_TimeForAllIsOver_AsksNobody()
    {
        await using var server = new ScriptedServer(r => FileHost.Honest(r, made.Video));
        using var urls = new MediaUrls(TimeProvider.System, Quick with { TimeInAll = TimeSpan.Zero });

        var readings = await urls.ReadAsync([server.Url, server.Url], CancellationToken.None);

        Assert.All(readings, reading => Assert.IsType<RemoteReading.NotNow>(reading));
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task ReadAsync_StoppedByTheCaller_Throws()
    {
        using var stop = new CancellationTokenSource();
        await using var server = new ScriptedServer(_ => ScriptedReply.Hang);
        using var urls = new MediaUrls(TimeProvider.System, Quick);
        var reading = urls.ReadAsync([server.Url], stop.Token);
        await server.ArrivedAsync(CancellationToken.None);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }

    [Fact]
    public async Task ReadAsync_ManyUrls_AsksAFewAtATimeAndKeepsTheirOrder()
    {
        using var two = new CountdownEvent(2);
        var (inFlight, most, started) = (0, 0, 0);
        await using var server = new ScriptedServer(r =>
        {
            var now = Interlocked.Increment(ref inFlight);
            InterlockedMax(ref most, now);
            if (Interlocked.Increment(ref started) <= 2)
            {
                // Nobody is answered before two have come: they are asked side by side.
                two.Signal();
                two.Wait();
            }

            Interlocked.Decrement(ref inFlight);
            return r.Target == "/7" ? FileHost.Honest(r, made.Video) : FileHost.Head(404, 0);
        });
        using var urls = new MediaUrls(TimeProvider.System, Quick with { Concurrency = 2 });

        var readings = await urls.ReadAsync([.. Enumerable.Range(0, 20).Select(i => new Uri(server.Url, $"{i}"))], CancellationToken.None);

        Assert.Equal(2, most);
        Assert.Equal([7], Enumerable.Range(0, 20).Where(i => readings[i] is RemoteReading.Read));
    }

    [Fact]
    public async Task ReadAsync_Requests_CarryNoHeaderOfOurs()
    {
        await using var server = new ScriptedServer(r => FileHost.Honest(r, made.Video));
        using var activity = new Activity("run").SetIdFormat(ActivityIdFormat.W3C).Start();

        await ReadAsync(server);

        Assert.Subset(
            new HashSet<string>(["Host", "User-Agent", "Accept-Encoding", "Range"], StringComparer.OrdinalIgnoreCase),
            server.Requests.SelectMany(r => r.Headers.Keys).ToHashSet(StringComparer.OrdinalIgnoreCase));
        Assert.All(server.Requests, r => Assert.StartsWith("gkflow/", r.Headers["User-Agent"], StringComparison.Ordinal));
    }

    private static async Task<RemoteReading> ReadAsync(ScriptedServer server, OnlineOptions? options = null)
    {
        using var urls = new MediaUrls(TimeProvider.System, options ?? Quick);
        return Assert.Single(await urls.ReadAsync([new Uri(server.Url, "x")], CancellationToken.None));
    }

    private static MediaFacts Local(byte[] file) => Assert.IsType<MediaReading.Read>(MediaReader.Read(new MemoryStream(file))).Facts;

    private static byte[] Packed(byte[] file)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(file);
        }

        return packed.ToArray();
    }

    private static ScriptedReply Chunked(int status, byte[] body, params string[] headers) => new(
        [
            .. ScriptedReply.Head(status, ["Transfer-Encoding: chunked", "Connection: close", .. headers]),
            .. Encoding.ASCII.GetBytes($"{body.Length:x}\r\n"), .. body, .. "\r\n0\r\n\r\n"u8,
        ],
        ReplyEnd.Close);

    private static void InterlockedMax(ref int most, int now)
    {
        for (var seen = most; now > seen && Interlocked.CompareExchange(ref most, now, seen) != seen; seen = most)
        {
        }
    }
}

internal static class RemoteReadingExtensions
{
    public static MediaFacts Facts(this RemoteReading reading) => Assert.IsType<RemoteReading.Read>(reading).Facts;
}
