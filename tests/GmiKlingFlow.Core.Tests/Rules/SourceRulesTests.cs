using GmiKlingFlow.Core.Media;
using GmiKlingFlow.Core.Rules;
using Xunit;

namespace GmiKlingFlow.Core.Tests.Rules;

public sealed class SourceRulesTests
{
    private static readonly KlingLimits Limits = KlingLimits.Current;

    [Theory]
    [InlineData(MediaContainer.Mp4, 100_000_000, 2, 1280, 720)]
    [InlineData(MediaContainer.Mov, 1, 60, 1080, 1920)]
    [InlineData(MediaContainer.Mp4, 1, 30, 2160, 1080)]
    public void Check_VideoAtItsLimits_IsAccepted(MediaContainer container, long bytes, double seconds, int width, int height) =>
        Assert.Empty(ApiRules.Check(Given.Video(Given.VideoFacts(container, bytes, seconds, width, height)), Limits));

    [Theory]
    [InlineData(MediaContainer.M4a, 1, 7, 1280, 720, "Error GKF4101: \"host\" is m4a. Use a video in mp4 or mov.")]
    [InlineData(MediaContainer.Mp4, 100_000_001, 7, 1280, 720, "Error GKF4103: \"host\" has 100000001 bytes, more than the 100 MB allowed. Encode it smaller.")]
    [InlineData(MediaContainer.Mp4, 1, 1.9999, 1280, 720, "Error GKF4104: \"host\" lasts 1999.9 ms, less than the 2000 ms needed. Use a longer video.")]
    [InlineData(MediaContainer.Mp4, 1, 60.0004, 1280, 720, "Error GKF4105: \"host\" lasts 60000.4 ms, more than the 60000 ms allowed. Cut it into several videos.")]
    [InlineData(MediaContainer.Mp4, 1, 7, 511, 720, "Error GKF4106: \"host\" is 511x720 px. Scale it so that width and height are each 512 to 2160 px.")]
    [InlineData(MediaContainer.Mp4, 1, 7, 1280, 2161, "Error GKF4106: \"host\" is 1280x2161 px. Scale it so that width and height are each 512 to 2160 px.")]
    [InlineData(MediaContainer.Mp4, 1, 7, 512, 910, "Warning GKF4107: \"host\" is 512x910 px. Kling names 720p and 1080p; other sizes were accepted, but scale it to be sure.")]
    public void Check_VideoPastALimit_TellsItOnce(MediaContainer container, long bytes, double seconds, int width, int height, string expected) =>
        Assert.Equal([expected], Given.Told(ApiRules.Check(Given.Video(Given.VideoFacts(container, bytes, seconds, width, height)), Limits)));

    [Fact]
    public void Check_VideoWithoutPicture_IsRefused() =>
        Assert.Equal(["GKF4102"], Given.Codes(ApiRules.Check(Given.Video(Given.VideoFacts() with { Video = null }), Limits)));

    [Fact]
    public void Check_VideoOfWhichOnlyTheDurationIsDeclared_ChecksThatAlone() =>
        Assert.Equal(["GKF4105"], Given.Codes(ApiRules.Check(Given.Video(null) with { Duration = TimeSpan.FromSeconds(61) }, Limits)));

    [Fact]
    public void Check_NothingKnown_SaysNothing()
    {
        Assert.Empty(ApiRules.Check(Given.Video(null), Limits));
        Assert.Empty(ApiRules.Check(Given.Audio(null), Limits));
    }

    [Fact]
    public void Check_MeasuredDuration_WinsOverTheDeclaredOne() =>
        Assert.Empty(ApiRules.Check(Given.Video(Given.VideoFacts()) with { Duration = TimeSpan.FromSeconds(90) }, Limits));

    [Theory]
    [InlineData(MediaContainer.Mp3)]
    [InlineData(MediaContainer.Wav)]
    [InlineData(MediaContainer.M4a)]
    [InlineData(MediaContainer.Aac)]
    public void Check_AudioInAnAllowedFormat_IsAccepted(MediaContainer container) =>
        Assert.Empty(ApiRules.Check(Given.Audio(Given.AudioFacts(container, 5_000_000, 60)), Limits));

    [Theory]
    [InlineData(MediaContainer.Mp4, 1, 3, "Error GKF4111: \"hello.de\" is mp4. Use audio in mp3, wav, m4a or aac.")]
    [InlineData(MediaContainer.Mov, 1, 3, "Error GKF4111: \"hello.de\" is mov. Use audio in mp3, wav, m4a or aac.")]
    [InlineData(MediaContainer.Wav, 5_000_001, 3, "Error GKF4113: \"hello.de\" has 5000001 bytes, more than the 5 MB allowed. Encode it smaller, such as mp3.")]
    [InlineData(MediaContainer.Wav, 1, 1.5, "Error GKF4114: \"hello.de\" lasts 1500 ms, less than the 2000 ms needed. Add silence at its end.")]
    [InlineData(MediaContainer.Wav, 1, 60.001, "Error GKF4115: \"hello.de\" lasts 60001 ms, more than the 60000 ms allowed. Cut it into several files.")]
    public void Check_AudioPastALimit_TellsItOnce(MediaContainer container, long bytes, double seconds, string expected) =>
        Assert.Equal([expected], Given.Told(ApiRules.Check(Given.Audio(Given.AudioFacts(container, bytes, seconds)), Limits)));

    [Fact]
    public void Check_AudioWithoutSound_IsRefused() =>
        Assert.Equal(["GKF4112"], Given.Codes(ApiRules.Check(Given.Audio(Given.AudioFacts(MediaContainer.M4a) with { Audio = null }), Limits)));

    [Fact]
    public void Check_AudioOfWhichOnlyTheSizeIsKnown_ChecksThatAlone() =>
        Assert.Equal(["GKF4113"], Given.Codes(ApiRules.Check(Given.Audio(null) with { Bytes = 5_000_001 }, Limits)));

    [Theory]
    [InlineData("SUQzBAAAAAAA", null)]
    [InlineData("SUQzBAAA\nAAAA", null)]
    [InlineData("data:audio/mpeg;base64,SUQz", "GKF4116")]
    [InlineData(" DATA:audio/mpeg;base64,SUQz", "GKF4116")]
    [InlineData("SUQzBAAA*AAA", "GKF4117")]
    [InlineData("SUQzB", "GKF4117")]
    [InlineData("", "GKF4117")]
    public void Check_InlineAudio_MustBeBareBase64(string text, string? expected) =>
        Assert.Equal(expected is null ? [] : [expected], Given.Codes(ApiRules.Check(Given.Audio(null) with { Base64 = text }, Limits)));

    [Fact]
    public void Check_OtherLimits_AreTheOnesUsed() =>
        Assert.Empty(ApiRules.Check(Given.Video(Given.VideoFacts(seconds: 90)), Limits with { VideoLongest = TimeSpan.FromSeconds(90) }));
}
