using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Simulator.Tests.Rendering;

public sealed partial class RenderTests(SampleMedia media)
{
    private const double Silent = -60;

    [Fact]
    public async Task Render_ClipIsHeardWhereItIsInserted_AndTheOriginalIsNot()
    {
        using var folder = new TemporaryFolder();
        var file = await RenderAsync(folder, "host.mp4", client => [client.Entry(end: 2500, insert: 3000)]);
        Assert.InRange(await LoudnessAsync(file, 0, 2.8), double.NegativeInfinity, Silent);
        Assert.InRange(await LoudnessAsync(file, 3.2, 2), -30, 0);
        Assert.InRange(await LoudnessAsync(file, 5.7, 1.2), double.NegativeInfinity, Silent);
    }

    [Fact]
    public async Task Render_OriginalVolumeLeftOut_KeepsTheOriginalSound()
    {
        using var folder = new TemporaryFolder();
        var file = await RenderAsync(folder, "host.mp4", client =>
        {
            var entry = client.Entry(end: 2500, insert: 3000);
            entry.Remove("original_audio_volume");
            return [entry];
        });
        Assert.InRange(await LoudnessAsync(file, 0.5, 2), -30, 0);
    }

    [Fact]
    public async Task Render_SoundVolume_ScalesTheClip()
    {
        using var folder = new TemporaryFolder();
        var plain = await RenderAsync(folder, "host.mp4", client => [client.Entry()], "plain.mp4");
        var loud = await RenderAsync(folder, "host.mp4", client => [With(client.Entry(), "sound_volume", 2)], "loud.mp4");
        Assert.InRange(await LoudnessAsync(loud, 0.5, 2) - await LoudnessAsync(plain, 0.5, 2), 5.5, 6.5);
    }

    [Fact]
    public async Task Render_SeveralEntries_AreAllMixedIn()
    {
        using var folder = new TemporaryFolder();
        var file = await RenderAsync(folder, "pair.mp4", client => [client.Entry(end: 2200), client.Entry("voice.mp3", "1", 0, 2200, 3500)]);
        Assert.InRange(await LoudnessAsync(file, 0.2, 1.8), -30, 0);
        Assert.InRange(await LoudnessAsync(file, 2.4, 1), double.NegativeInfinity, Silent);
        Assert.InRange(await LoudnessAsync(file, 3.7, 1.8), -30, 0);
    }

    [Fact]
    public async Task Render_SilentVideo_GetsTheClipAsItsSound()
    {
        using var folder = new TemporaryFolder();
        var file = await RenderAsync(folder, "mute.mp4", client => [client.Entry(end: 2500, insert: 1000)]);
        Assert.InRange(await LoudnessAsync(file, 0, 0.9), double.NegativeInfinity, Silent);
        Assert.InRange(await LoudnessAsync(file, 1.2, 2), -30, 0);
    }

    [Theory]
    [InlineData("copy.mov", "voice.m4a")]
    [InlineData("prores.mov", "voice.aac")]
    [InlineData("host.mp4", "voice.mp3")]
    public async Task Render_EveryFormat_EndsAsMp4WithThePictureInH264(string video, string audio)
    {
        using var folder = new TemporaryFolder();
        var file = await RenderAsync(folder, video, client => [client.Entry(audio, end: 2900)]);
        Assert.Equal("h264", (await StreamAsync(file)).Item1);
        Assert.InRange(await LoudnessAsync(file, 0.3, 2.3), -30, 0);
    }

    [Fact]
    public async Task Render_PictureIsTakenOverAndLengthKept()
    {
        using var folder = new TemporaryFolder();
        var file = await RenderAsync(folder, "host.mp4", client => [client.Entry()]);
        var (before, after) = (await StreamAsync(media.PathOf("host.mp4")), await StreamAsync(file));
        Assert.Equal(before, after);
        var format = (await Ffmpeg.ProbeAsync(file, "-show_format")).GetProperty("format");
        Assert.InRange(double.Parse(format.GetProperty("duration").GetString() ?? "", CultureInfo.InvariantCulture), 6.9, 7.1);
    }

    [Fact]
    public async Task Render_EqualTasks_ShareOneFile()
    {
        await using var client = await Client.StartAsync(media, o => o with { Render = true });
        var session = await client.SessionAsync("host.mp4");
        var first = await client.SyncAsync(session, client.Entry());
        var second = await client.SyncAsync(session, client.Entry());
        var other = await client.SyncAsync(session, client.Entry(insert: 500));
        Assert.Equal(Url(first), Url(second));
        Assert.NotEqual(Url(first), Url(other));
    }

    [Fact]
    public async Task Render_FfmpegThatFails_GivesTheSourceAndSaysSo()
    {
        using var folder = new TemporaryFolder();
        var broken = folder.Write("ffmpeg", "#!/bin/sh\necho no such filter >&2\nexit 3\n");
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("A shell script stands for ffmpeg.");
            return;
        }

        File.SetUnixFileMode(broken, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await using var client = await Client.StartAsync(media, o => o with { Render = true, FfmpegPath = broken });
        var record = await client.SyncAsync(await client.SessionAsync("mute.mp4"), client.Entry());
        var note = record.GetProperty("outcome").GetProperty("simulator_note").GetString();
        Assert.Equal("simulator: ffmpeg ended with 3: no such filter; this is the source video, unchanged, and it has no sound", note);
    }

    [Fact]
    public async Task Render_FacePictureAndThumbnail_AreRealPictures()
    {
        using var folder = new TemporaryFolder();
        await using var client = await Client.StartAsync(media, o => o with { Render = true });
        var faces = (await client.IdentifyAsync(client.Media("pair.mp4"))).GetProperty("outcome").GetProperty("data");
        var face = faces.GetProperty("face_data")[1].GetProperty("face_image").GetString() ?? "";
        var record = await client.SyncAsync(faces.GetProperty("session_id").GetString() ?? "", client.Entry());
        var thumbnail = record.GetProperty("outcome").GetProperty("thumbnail_image_url").GetString() ?? "";
        Assert.Equal(("png", 128, 128), await PictureAsync(client, face, folder.File("face.png")));
        Assert.Equal(("png", 160, 90), await PictureAsync(client, thumbnail, folder.File("thumbnail.png")));
    }

    [Fact]
    public async Task Placeholder_IsAPictureToo()
    {
        using var folder = new TemporaryFolder();
        await using var client = await Client.StartAsync(media);
        var face = (await client.IdentifyAsync(client.Media("host.mp4"))).GetProperty("outcome").GetProperty("data").GetProperty("face_data")[0];
        Assert.Equal(("png", 64, 64), await PictureAsync(client, face.GetProperty("face_image").GetString() ?? "", folder.File("face.png")));
    }

    private static async Task<(string Codec, int Width, int Height)> PictureAsync(Client client, string url, string file)
    {
        await File.WriteAllBytesAsync(file, await client.Http.GetByteArrayAsync(url, TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
        var stream = (await Ffmpeg.ProbeAsync(file, "-show_streams")).GetProperty("streams")[0];
        return (stream.GetProperty("codec_name").GetString() ?? "", stream.GetProperty("width").GetInt32(), stream.GetProperty("height").GetInt32());
    }

    private static JsonObject With(JsonObject entry, string name, int value)
    {
        entry[name] = value;
        return entry;
    }

    private static string Url(System.Text.Json.JsonElement record) =>
        record.GetProperty("outcome").GetProperty("media_urls")[0].GetProperty("url").GetString() ?? "";

    private static async Task<(string?, string?, int, string?)> StreamAsync(string file)
    {
        var stream = (await Ffmpeg.ProbeAsync(file, "-show_streams", "-select_streams", "v", "-count_packets")).GetProperty("streams")[0];
        return (stream.GetProperty("codec_name").GetString(), stream.GetProperty("nb_read_packets").GetString(), stream.GetProperty("width").GetInt32(), stream.GetProperty("r_frame_rate").GetString());
    }

    private async Task<string> RenderAsync(TemporaryFolder folder, string video, Func<Client, JsonObject[]> entries, string name = "result.mp4")
    {
        await using var client = await Client.StartAsync(media, o => o with { Render = true });
        Assert.True(client.Server.Renders);
        var record = await client.SyncAsync(await client.SessionAsync(video), entries(client));
        Assert.Equal("success", record.GetProperty("status").GetString());
        Assert.False(record.GetProperty("outcome").TryGetProperty("simulator_note", out var note), note.ToString());
        await File.WriteAllBytesAsync(folder.File(name), await client.Http.GetByteArrayAsync(Url(record), TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
        return folder.File(name);
    }

    /// <returns>Mean volume in dB of a stretch of the file's sound, as ffmpeg's volumedetect measures it.</returns>
    private static async Task<double> LoudnessAsync(string file, double from, double seconds)
    {
        var start = new ProcessStartInfo(
            Ffmpeg.FfmpegPath,
            ["-nostdin", "-hide_banner", "-ss", from.ToString(CultureInfo.InvariantCulture), "-t", seconds.ToString(CultureInfo.InvariantCulture), "-i", file, "-map", "0:a", "-af", "volumedetect", "-f", "null", "-"])
        {
            RedirectStandardError = true,
        };
        using var process = Process.Start(start);
        Assert.NotNull(process);
        var said = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        var mean = MeanVolume().Match(said);
        Assert.True(mean.Success, said);
        return mean.Groups[1].Value == "-inf" ? double.NegativeInfinity : double.Parse(mean.Groups[1].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex("mean_volume: (-?[0-9.]+|-inf) dB")]
    private static partial Regex MeanVolume();
}
