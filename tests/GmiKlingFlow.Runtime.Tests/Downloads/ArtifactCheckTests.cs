using GmiKlingFlow.Runtime.Downloads;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Runtime.Tests.Downloads;

public class ArtifactCheckTests(MadeVideo video) : IClassFixture<MadeVideo>
{
    [Fact]
    public async Task DownloadAsync_NoAudioTrack_IsRejectedAndKept() => await RejectedAsync(video.Silent, null);

    [Fact]
    public async Task DownloadAsync_NoVideoTrack_IsRejectedAndKept() => await RejectedAsync(video.Tone, null);

    [Fact]
    public async Task DownloadAsync_CutWithoutALength_IsRejectedAndKept() => await RejectedAsync(video.Whole[..^5000], null);

    [Fact]
    public async Task DownloadAsync_WebPage_IsRejectedAndKept() => await RejectedAsync("<html>Sign in</html>"u8.ToArray(), null);

    [Fact]
    public async Task DownloadAsync_Empty_IsRejectedAndKept() => await RejectedAsync([], null);

    [Theory]
    [InlineData(2.0)]
    [InlineData(4.0)]
    public async Task DownloadAsync_OtherDuration_IsRejectedAndKept(double source) => await RejectedAsync(video.Whole, TimeSpan.FromSeconds(source));

    [Theory]
    [InlineData(2.7)]
    [InlineData(3.4)]
    public async Task DownloadAsync_DurationWithinHalfASecond_IsTaken(double source)
    {
        await using var test = new TestDownload(_ => ScriptedReply.Body(200, video.Whole));

        Assert.IsType<DownloadOutcome.Downloaded>(await test.RunAsync(TimeSpan.FromSeconds(source)));
    }

    private static async Task RejectedAsync(byte[] content, TimeSpan? source)
    {
        await using var test = new TestDownload(_ => new ScriptedReply([.. ScriptedReply.Head(200, "Connection: close"), .. content], ReplyEnd.Close));

        var failure = Assert.IsType<DownloadOutcome.Failed>(await test.RunAsync(source)).Failure;

        Assert.Equal("GKF8104", failure.Code);
        Assert.False(File.Exists(test.Target));
        Assert.False(File.Exists(test.Part));
        Assert.Equal(content, await File.ReadAllBytesAsync(Path.ChangeExtension(test.Target, ".rejected.mp4"), CancellationToken.None));
        Assert.StartsWith("This result was rejected: ", await File.ReadAllTextAsync(Path.ChangeExtension(test.Target, ".rejected.txt"), CancellationToken.None), StringComparison.Ordinal);
    }
}
