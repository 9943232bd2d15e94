using GmiKlingFlow.Core.Media;
using Xunit;

namespace GmiKlingFlow.Core.Tests.Media;

/// <summary>Forms that ffmpeg's own encoder doesn't write: SBR and parametric stereo, announced in each of the three ways of ISO/IEC 14496-3.</summary>
public sealed class AacConfigurationTests
{
    [Theory]
    [InlineData("1210", 44100, 2)]
    [InlineData("1588", 8000, 1)]
    [InlineData("1190", 48000, 2)]
    [InlineData("11B0", 48000, 6)]
    [InlineData("2B920800", 44100, 2)]
    [InlineData("EB8A0800", 44100, 2)]
    [InlineData("139056E5A0", 44100, 2)]
    [InlineData("121056E500", 44100, 2)]
    [InlineData("17801B1E10", 13884, 2)]
    public void Read_Configuration_IsWhatADecoderPlays(string hex, int sampleRate, int channels) =>
        Assert.Equal(new AacConfiguration(sampleRate, channels), AacConfiguration.Read(Convert.FromHexString(hex)));

    [Theory]
    [InlineData("")]
    [InlineData("17")]
    [InlineData("1690")]
    public void Read_NoSampleRate_IsNothing(string hex) => Assert.Null(AacConfiguration.Read(Convert.FromHexString(hex)));
}
