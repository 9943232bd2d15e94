using System.Globalization;
using System.Text.Json;
using GmiKlingFlow.Core.Media;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Core.Tests.Media;

/// <summary>Compares every file of the set with what ffprobe says of it.</summary>
[Collection(MediaSetCollection.Name)]
public sealed class MediaReaderAgainstFfprobeTests(MediaSet set)
{
    public static TheoryData<string> Files => [.. MediaCases.All.Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task ReadFile_FileMadeByFfmpeg_AgreesWithFfprobe(string name)
    {
        var expected = MediaCases.All.Single(c => c.Name == name);
        var probed = await Ffmpeg.ProbeAsync(set.PathOf(name), "-show_format", "-show_streams");
        var facts = Assert.IsType<MediaReading.Read>(MediaReader.ReadFile(set.PathOf(name))).Facts;

        Assert.Equal(expected.Container, facts.Container);
        Assert.Equal(new FileInfo(set.PathOf(name)).Length, facts.Bytes);
        AssertVideo(First(probed, "video"), expected.Container == MediaContainer.Mp3 ? null : facts.Video);
        AssertAudio(First(probed, "audio"), facts.Audio);
    }

    private static void AssertVideo(JsonElement? stream, VideoTrackFacts? video)
    {
        Assert.Equal(stream is not null && Text(stream.Value, "codec_name") != "png", video is not null);
        if (stream is not { } probed || video is null)
        {
            return;
        }

        var (width, height) = (probed.GetProperty("width").GetInt32(), probed.GetProperty("height").GetInt32());
        var isTurned = Rotation(probed) % 180 != 0;
        Assert.Equal(Text(probed, "codec_name"), video.Codec);
        Assert.Equal(isTurned ? (height, width) : (width, height), (video.Width, video.Height));
    }

    private static void AssertAudio(JsonElement? stream, AudioTrackFacts? audio)
    {
        Assert.Equal(stream is not null, audio is not null);
        if (stream is not { } probed || audio is null)
        {
            return;
        }

        Assert.Equal(Text(probed, "codec_name"), audio.Codec);
        Assert.Equal(Text(probed, "sample_rate"), audio.SampleRate.ToString(CultureInfo.InvariantCulture));
        Assert.Equal(probed.GetProperty("channels").GetInt32(), audio.Channels);
    }

    private static JsonElement? First(JsonElement probed, string type) =>
        probed.GetProperty("streams").EnumerateArray().Where(s => Text(s, "codec_type") == type).Cast<JsonElement?>().FirstOrDefault();

    private static int Rotation(JsonElement stream) => stream.TryGetProperty("side_data_list", out var list)
        ? list.EnumerateArray().Select(d => d.TryGetProperty("rotation", out var r) ? r.GetInt32() : 0).Sum()
        : 0;

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString() ?? "";
}
