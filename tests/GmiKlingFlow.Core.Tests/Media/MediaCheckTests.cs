using GmiKlingFlow.Core.Media;
using Xunit;

namespace GmiKlingFlow.Core.Tests.Media;

public sealed class MediaCheckTests
{
    private static readonly VideoTrackFacts Picture = new("h264", 720, 1280, TimeSpan.FromSeconds(3));
    private static readonly AudioTrackFacts Sound = new("aac", 44100, 1, TimeSpan.FromSeconds(3));

    [Fact]
    public void Video_SoundMp4NamedMp4_LacksVideoAlone() =>
        Assert.Equal(["GKF5002"], Codes(MediaCheck.Video(Read(MediaContainer.M4a, null, Sound), null, "host.mp4")));

    [Fact]
    public void Video_NoSound_IsFine() =>
        Assert.Empty(MediaCheck.Video(Read(MediaContainer.Mp4, Picture, null), null, "host.mp4"));

    [Fact]
    public void Video_NoWidth_IsRefused() =>
        Assert.Equal(["GKF5006"], Codes(MediaCheck.Video(Read(MediaContainer.Mp4, Picture with { Width = 0 }, Sound), null, "host.mp4")));

    [Fact]
    public void Audio_SilentVideo_LacksAudio() =>
        Assert.Equal(["GKF5003"], Codes(MediaCheck.Audio(Read(MediaContainer.Mp4, Picture, null), null, "hello.mp4")));

    [Fact]
    public void Audio_Unreadable_GivesTheReasonOnce()
    {
        var found = MediaCheck.Audio(new MediaReading.Unreadable("it is empty"), null, "hello.mp3", TimeSpan.FromSeconds(3));

        Assert.Contains("it is empty", Assert.Single(found).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hello.mp3", true)]
    [InlineData("HELLO.MP3", true)]
    [InlineData("hello.wav", false)]
    [InlineData("hello.WAVE", false)]
    [InlineData("hello", false)]
    [InlineData("hello.bin", false)]
    [InlineData("hello.mp3.wav", false)]
    public void Audio_WaveContent_WarnsWhenTheNamePromisesAnother(string name, bool warns) =>
        Assert.Equal(warns ? ["GKF5004"] : [], Codes(MediaCheck.Audio(Read(MediaContainer.Wav, null, Sound), null, name)));

    [Theory]
    [InlineData(3000, false)]
    [InlineData(3099, false)]
    [InlineData(3100, true)]
    [InlineData(2900, true)]
    public void Audio_DeclaredDuration_WarnsFromATenthOfASecond(int declaredMs, bool warns) =>
        Assert.Equal(
            warns ? ["GKF5005"] : [],
            Codes(MediaCheck.Audio(Read(MediaContainer.Wav, null, Sound), null, "hello.wav", TimeSpan.FromMilliseconds(declaredMs))));

    private static MediaReading.Read Read(MediaContainer container, VideoTrackFacts? video, AudioTrackFacts? audio) =>
        new(new MediaFacts(container, 1000, TimeSpan.FromSeconds(3), video, audio));

    private static string[] Codes(IReadOnlyList<Core.Diagnostics.Diagnostic> found) => [.. found.Select(d => d.Code)];
}
