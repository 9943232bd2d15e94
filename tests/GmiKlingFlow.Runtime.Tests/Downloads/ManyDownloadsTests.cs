using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using GmiKlingFlow.Runtime.Downloads;
using GmiKlingFlow.Runtime.Tests.Queue;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Runtime.Tests.Downloads;

public sealed class ManyDownloadsTests(MadeVideo video) : IClassFixture<MadeVideo>
{
    private const string Tag = "ETag: \"v1\"";

    [Fact]
    public async Task DownloadAsync_OnePlaceForManyFiles_IsLeftByThoseThatFailToo()
    {
        await using var test = new TestDownload(
            r => r.Number % 3 == 0 ? ScriptedReply.Body(404, []) : ScriptedReply.Body(200, video.Whole, Tag), new DownloadOptions { AtOnce = 1 });

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 12).Select(i =>
            test.Downloader.DownloadAsync(test.Server.Url, test.Folder.File($"out/{i}.mp4"), null, null, TestContext.Current.CancellationToken)));

        Assert.Equal(4, outcomes.OfType<DownloadOutcome.Failed>().Count());
        Assert.Equal(8, Directory.GetFiles(test.Folder.File("out"), "*.mp4").Length);
    }

    [Fact]
    public async Task DownloadAsync_LongerThanItsBuffersAndBrokenOff_IsWholeAndHashed()
    {
        var whole = Padded(3_000_000);
        var parts = new[] { 0, 1_100_003, whole.Length };
        await using var test = new TestDownload(r => From(r) is var from && from == 0
            ? ScriptedReply.Short(200, whole[..parts[1]], whole.Length, ReplyEnd.Close, Tag)
            : ScriptedReply.Body(206, whole[from..], Tag, string.Create(CultureInfo.InvariantCulture, $"Content-Range: bytes {from}-{whole.Length - 1}/{whole.Length}")));

        var artifact = Assert.IsType<DownloadOutcome.Downloaded>(await test.RunAsync()).Artifact;

        Assert.Equal((whole.LongLength, Convert.ToHexStringLower(SHA256.HashData(whole))), (artifact.Bytes, artifact.Sha256));
        Assert.Equal(artifact.Sha256, Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(test.Target, CancellationToken.None))));
        Assert.Equal(2, test.Server.Requests.Count);
        Assert.Equal([test.Target], Directory.GetFiles(test.Folder.File("out")));
    }

    [Fact]
    public async Task OfAsync_MoreFilesThanThreads_AllAreSyncedAndBadOnesTold()
    {
        using var folder = new TemporaryFolder();
        using var disk = new DiskSync(2);
        var files = Enumerable.Range(0, 20).Select(i => File.OpenHandle(folder.File($"{i}"), FileMode.CreateNew, FileAccess.Write)).ToList();
        files[7].Dispose();

        var syncing = files.Select(disk.OfAsync).ToList();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => syncing[7]);
        await Task.WhenAll(syncing.Where(static (_, i) => i != 7));
        files.ForEach(static file => file.Dispose());
    }

    private static int From(ReceivedRequest request) =>
        request.Headers.TryGetValue("Range", out var range) ? int.Parse(range["bytes=".Length..^1], CultureInfo.InvariantCulture) : 0;

    /// <summary>The video, with a box behind it that every player passes over.</summary>
    private byte[] Padded(int bytes)
    {
        var box = new byte[bytes];
        new Random(1).NextBytes(box);
        BinaryPrimitives.WriteInt32BigEndian(box, bytes);
        "free"u8.CopyTo(box.AsSpan(4));
        return [.. video.Whole, .. box];
    }
}
