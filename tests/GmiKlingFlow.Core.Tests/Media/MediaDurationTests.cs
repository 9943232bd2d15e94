using System.Globalization;
using System.Text.Json;
using GmiKlingFlow.Core.Media;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Core.Tests.Media;

/// <summary>
/// Durations against ffprobe and, where ffprobe only estimates, against what ffmpeg decodes. Tolerances:
/// mp4, mov, m4a and wav 1.5 ms (movie headers count in whole milliseconds, rounded up); mp3 and aac 1 ms from the decoded length.
/// </summary>
[Collection(MediaSetCollection.Name)]
public sealed class MediaDurationTests(MediaSet set)
{
    private const double OfHeaders = 0.0015;
    private const double OfDecoded = 0.001;

    /// <summary>Of this file's fragmented AAC ffprobe 5.1 subtracts the encoder's delay twice.</summary>
    private const string MisjudgedByFfprobe = "dash.mp4";

    private const string CutInsideFrame = "cut-frame.mp3";

    public static TheoryData<string> WithHeader => [.. Names(c => c.Container is not (MediaContainer.Mp3 or MediaContainer.Aac))];

    public static TheoryData<string> WithoutHeader => [.. Names(c => c.Container is (MediaContainer.Mp3 or MediaContainer.Aac) && c.Name != CutInsideFrame)];

    public static TheoryData<string> Mp3WithDelay => [.. Names(c => c.Container is MediaContainer.Mp3 && !c.Arguments.Contains("-write_xing 0", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(WithHeader))]
    public async Task ReadFile_ContainerWithTimes_HasFfprobesDurations(string name)
    {
        var probed = await Ffmpeg.ProbeAsync(set.PathOf(name), "-show_format", "-show_streams");
        var facts = Assert.IsType<MediaReading.Read>(MediaReader.ReadFile(set.PathOf(name))).Facts;

        if (name == MisjudgedByFfprobe)
        {
            Assert.Equal(2.5, facts.Audio?.Duration.TotalSeconds ?? 0, OfHeaders);
            return;
        }

        Assert.Equal(Seconds(probed.GetProperty("format")), facts.Duration.TotalSeconds, OfHeaders);
        foreach (var stream in probed.GetProperty("streams").EnumerateArray())
        {
            var isVideo = stream.GetProperty("codec_type").GetString() == "video";
            var duration = isVideo ? facts.Video?.Duration : facts.Audio?.Duration;
            Assert.Equal(Seconds(stream), duration?.TotalSeconds ?? 0, OfHeaders);
        }
    }

    [Theory]
    [MemberData(nameof(WithoutHeader))]
    public async Task ReadFile_BareFrames_HasTheDecodedLength(string name)
    {
        var facts = Assert.IsType<MediaReading.Read>(MediaReader.ReadFile(set.PathOf(name))).Facts;
        var raw = set.PathOf($"{name}.raw");
        await Ffmpeg.MakeAsync("-i", set.PathOf(name), "-map", "0:a:0", "-ac", "1", "-f", "s16le", raw);
        var decoded = new FileInfo(raw).Length / 2.0 / (facts.Audio?.SampleRate ?? 0);

        Assert.Equal(decoded, facts.Duration.TotalSeconds, OfDecoded);
        Assert.Equal(facts.Duration, facts.Audio?.Duration);
    }

    [Theory]
    [MemberData(nameof(Mp3WithDelay))]
    public async Task ReadFile_Mp3WithDelayAndPadding_IsShorterThanFfprobesByThoseAlone(string name)
    {
        var probed = await Ffmpeg.ProbeAsync(set.PathOf(name), "-show_format");
        var facts = Assert.IsType<MediaReading.Read>(MediaReader.ReadFile(set.PathOf(name))).Facts;

        // A delay of at most 1105 samples, and at most two frames to fill up.
        var samples = (Seconds(probed.GetProperty("format")) - facts.Duration.TotalSeconds) * (facts.Audio?.SampleRate ?? 0);
        Assert.InRange(samples, 0, 1105 + (2 * 1152));
    }

    [Fact]
    public async Task ReadFile_LastFrameCut_CountsWholeFramesOnly()
    {
        var facts = Assert.IsType<MediaReading.Read>(MediaReader.ReadFile(set.PathOf(CutInsideFrame))).Facts;
        var probed = await Ffmpeg.ProbeAsync(set.PathOf(CutInsideFrame), "-show_entries", "packet=duration_time");

        var packets = probed.GetProperty("packets").GetArrayLength();
        Assert.Equal((packets - 1) * 1152 / 44100.0, facts.Duration.TotalSeconds, OfDecoded);
    }

    [Fact]
    public async Task ReadFile_TwoMp3sJoined_LastsAsLongAsBoth()
    {
        byte[] one = await File.ReadAllBytesAsync(set.PathOf("cbr.mp3")), other = await File.ReadAllBytesAsync(set.PathOf("no-tag.mp3"));
        await File.WriteAllBytesAsync(set.PathOf("joined.mp3"), [.. one, .. other]);

        var facts = Assert.IsType<MediaReading.Read>(MediaReader.ReadFile(set.PathOf("joined.mp3"))).Facts;

        // Between the parts stand the second's header frame, delay and padding, and nobody knows of them.
        Assert.InRange(facts.Duration.TotalSeconds, 5, 5.1);
    }

    private static IEnumerable<string> Names(Func<MediaCase, bool> which) => MediaCases.All.Where(which).Select(c => c.Name);

    private static double Seconds(JsonElement element) =>
        double.Parse(element.GetProperty("duration").GetString() ?? "", CultureInfo.InvariantCulture);
}
