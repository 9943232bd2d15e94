using GmiKlingFlow.Core.Media.Mpeg;
using Xunit;

namespace GmiKlingFlow.Core.Tests.Media;

public sealed class MpegFrameTests
{
    [Theory]
    [InlineData("FFFB9000", 417, 1152, 44100, 2)]
    [InlineData("FFFB9200", 418, 1152, 44100, 2)]
    [InlineData("FFFA90C0", 417, 1152, 44100, 1)]
    [InlineData("FFFBE444", 960, 1152, 48000, 2)]
    [InlineData("FFF384C0", 192, 576, 24000, 1)]
    [InlineData("FFE318C0", 72, 576, 8000, 1)]
    public void Layer3_Header_GivesSizeAndSound(string hex, int bytes, int samples, int sampleRate, int channels)
    {
        var frame = MpegFrame.Layer3(Convert.FromHexString(hex));

        Assert.Equal((bytes, samples, sampleRate, channels), (frame?.Bytes, frame?.Samples, frame?.SampleRate, frame?.Channels));
    }

    [Theory]
    [InlineData("FFFB")]
    [InlineData("FFEB9000")]
    [InlineData("FFFB0000")]
    [InlineData("FFFBF000")]
    [InlineData("FFFB9C00")]
    [InlineData("FFFD9000")]
    [InlineData("FEFB9000")]
    public void Layer3_NoHeader_IsNothing(string hex) => Assert.Null(MpegFrame.Layer3(Convert.FromHexString(hex)));

    [Theory]
    [InlineData("FFF15080017FFC", 11, 1024, 44100, 2)]
    [InlineData("FFF94C4002DFFF", 22, 4096, 48000, 1)]
    public void Adts_Header_GivesSizeAndSound(string hex, int bytes, int samples, int sampleRate, int channels)
    {
        var frame = MpegFrame.Adts(Convert.FromHexString(hex));

        Assert.Equal((bytes, samples, sampleRate, channels), (frame?.Bytes, frame?.Samples, frame?.SampleRate, frame?.Channels));
    }

    [Theory]
    [InlineData("FFF1508001")]
    [InlineData("FFF1748001 7FFC")]
    [InlineData("FFF15080001FFC")]
    public void Adts_NoHeader_IsNothing(string hex) =>
        Assert.Null(MpegFrame.Adts(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal))));
}
