using GmiKlingFlow.Core.Media;
using Xunit;

namespace GmiKlingFlow.Core.Tests.Media;

[Collection(MediaSetCollection.Name)]
public sealed class Mp4StructureTests(MediaSet set)
{
    [Theory]
    [InlineData("plain.mp4", null)]
    [InlineData("faststart.mp4", null)]
    [InlineData("fragments.mp4", null)]
    [InlineData("wide-size.mp4", null)]
    [InlineData("padded.mp4", null)]
    [InlineData("plain.mov", null)]
    [InlineData("silent.mp4", "it has no audio track")]
    [InlineData("mono.m4a", "it has no video track")]
    [InlineData("mono.wav", "it is not an MP4 file")]
    [InlineData("mono.aac", "it is not an MP4 file")]
    public void Problem_WholeFile_IsFoundOnlyInWhatItLacks(string name, string? problem) =>
        Assert.Equal(problem, Problem(File.ReadAllBytes(set.PathOf(name))));

    [Fact]
    public void Problem_CutInsideMediaData_CountsTheMissingBytes()
    {
        var bytes = File.ReadAllBytes(set.PathOf("faststart.mp4"));

        Assert.Equal("the file ends inside its 'mdat' box (12 bytes are missing)", Problem(bytes[..^12]));
    }

    [Fact]
    public void Problem_CutBeforeTheMovie_IsUnfinished()
    {
        var bytes = File.ReadAllBytes(set.PathOf("plain.mp4"));

        Assert.Equal(
            "it has no 'moov' box: the recording or the download was not finished",
            Problem(bytes[..(bytes.AsSpan().IndexOf("moov"u8) - 4)]));
    }

    [Fact]
    public void Problem_CutBeforeTheMediaData_HasNone()
    {
        var bytes = File.ReadAllBytes(set.PathOf("faststart.mp4"));

        Assert.Equal(
            "it has no media data (its 'mdat' box is missing or empty)",
            Problem(bytes[..(bytes.AsSpan().IndexOf("mdat"u8) - 4)]));
    }

    [Fact]
    public void Problem_MediaOfAnotherFile_SpeaksBeyondTheEnd()
    {
        var bytes = File.ReadAllBytes(set.PathOf("faststart.mp4"));
        var mdat = bytes.AsSpan().IndexOf("mdat"u8) - 4;

        Assert.Equal(
            "its 'moov' box speaks of media beyond the end of the file",
            Problem([.. bytes[..mdat], 0, 0, 0, 12, .. "mdat"u8, 1, 2, 3, 4]));
    }

    [Fact]
    public void Problem_EveryCutOfAWholeFile_IsFound()
    {
        var bytes = File.ReadAllBytes(set.PathOf("plain.mp4"));
        for (var length = 0; length < bytes.Length; length += 97)
        {
            Assert.NotNull(Problem(bytes[..length]));
        }
    }

    [Theory]
    [InlineData("", "it is empty")]
    [InlineData("<html>504 Gateway Time-out</html>", "it is an HTML page")]
    public void Problem_NoMedia_SaysWhatItIs(string content, string problem) =>
        Assert.Equal(problem, Problem(System.Text.Encoding.UTF8.GetBytes(content)));

    private static string? Problem(byte[] bytes)
    {
        using var content = new MemoryStream(bytes);
        return Mp4Structure.Problem(content);
    }
}
