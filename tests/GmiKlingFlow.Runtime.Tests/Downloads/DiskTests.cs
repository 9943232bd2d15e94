using GmiKlingFlow.Runtime.Downloads;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Runtime.Tests.Downloads;

public class DiskTests(MadeVideo video) : IClassFixture<MadeVideo>
{
    [Fact]
    public async Task DownloadAsync_FolderInItsPlace_FailsBeforeAsking()
    {
        await using var test = new TestDownload(_ => ScriptedReply.Body(200, video.Whole));
        Directory.CreateDirectory(test.Target);

        Assert.Equal("GKF8106", Code(await test.RunAsync()));
        Assert.Empty(test.Server.Requests);
    }

    [Fact]
    public async Task DownloadAsync_FileWhereAFolderShouldBe_Fails()
    {
        await using var test = new TestDownload(_ => ScriptedReply.Body(200, video.Whole));
        test.Folder.Write("out", "a file");

        Assert.Equal("GKF8106", Code(await test.RunAsync()));
    }

    [Fact]
    public async Task DownloadAsync_NameTooLong_Fails()
    {
        await using var test = new TestDownload(_ => ScriptedReply.Body(200, video.Whole));

        Assert.Equal("GKF8106", Code(await test.Downloader.DownloadAsync(test.Server.Url, test.Folder.File(new string('x', 300) + ".mp4"), null, null, CancellationToken.None)));
    }

    [Fact]
    public async Task DownloadAsync_SameTargetTwiceAtOnce_SecondIsInUse()
    {
        using var stop = new CancellationTokenSource();
        await using var test = new TestDownload(_ => ScriptedReply.Hang);
        var first = test.RunAsync(cancellationToken: stop.Token);
        await test.Server.ArrivedAsync(TestContext.Current.CancellationToken);

        Assert.Equal("GKF8109", Code(await test.RunAsync()));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
    }

    [Fact]
    public async Task DownloadAsync_LinksPlantedBesideTheTarget_AreNotWrittenThrough()
    {
        await using var test = new TestDownload(_ => ScriptedReply.Body(200, "no video"u8.ToArray(), "ETag: \"v1\""));
        var precious = test.Folder.Write("precious.txt", "precious");
        Directory.CreateDirectory(test.Folder.File("out"));
        foreach (var name in new[] { test.Part, test.Part + ".json", Path.ChangeExtension(test.Target, ".rejected.mp4"), Path.ChangeExtension(test.Target, ".rejected.txt") })
        {
            File.CreateSymbolicLink(name, precious);
        }

        Assert.Equal("GKF8104", Code(await test.RunAsync()));
        Assert.Equal("precious", await File.ReadAllTextAsync(precious, CancellationToken.None));
    }

    [Fact]
    public async Task DownloadAsync_TargetIsALink_FailsAndLeavesIt()
    {
        await using var test = new TestDownload(_ => ScriptedReply.Body(200, video.Whole));
        var precious = test.Folder.Write("precious.txt", "precious");
        Directory.CreateDirectory(test.Folder.File("out"));
        File.CreateSymbolicLink(test.Target, precious);

        Assert.Equal("GKF8106", Code(await test.RunAsync()));
        Assert.Equal("precious", await File.ReadAllTextAsync(precious, CancellationToken.None));
    }

    [Theory]
    [InlineData(28, "GKF8105")]
    [InlineData(unchecked((int)0x80070070), "GKF8105")]
    [InlineData(unchecked((int)0x80070020), "GKF8109")]
    [InlineData(30, "GKF8106")]
    [InlineData(5, "GKF8106")]
    public void Of_EachDiskError_HasItsCode(int error, string code)
    {
        var failure = DiskTrouble.Of(new IOException("x", error), "/out/a.mp4");

        Assert.Equal(code, failure.Code);
        Assert.Contains("payment stays on record", failure.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DownloadAsync_DiskReallyFull_FailsWithItsCode()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists("/dev/full"), "Only Linux has a disk that is always full.");
        await using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, 0);
        var thrown = await Assert.ThrowsAnyAsync<IOException>(async () => await full.WriteAsync(new byte[10], CancellationToken.None));

        Assert.Equal("GKF8105", DiskTrouble.Of(thrown, "/dev/full").Code);
    }

    private static string Code(DownloadOutcome outcome) => Assert.IsType<DownloadOutcome.Failed>(outcome).Failure.Code;
}
