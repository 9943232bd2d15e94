using System.Text.Json.Nodes;
using GmiKlingFlow.Cli.Hosting;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Cli.Tests.Commands;

/// <summary>Media made once: a silent video, one with a tone, and a tone to be put into them.</summary>
public sealed class PreviewMedia : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();

    public string Silent => folder.File("silent.mp4");

    public string Sounding => folder.File("sounding.mp4");

    public string Tone => folder.File("tone.wav");

    public async ValueTask InitializeAsync()
    {
        await Ffmpeg.MakeVideoAsync(Silent, "4", 1280, 720, sound: false);
        await Ffmpeg.MakeVideoAsync(Sounding, "4", 720, 720);
        await Ffmpeg.MakeToneAsync(Tone, "2.5");
    }

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }
}

public sealed class PreviewCommandTests(PreviewMedia media) : IClassFixture<PreviewMedia>, IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task RunAsync_OneClip_IsHeardAtItsTimeAndShownInItsLane()
    {
        var flow = Flow(media.Silent, "faces: [{ face: anna, audio: hello, sound_insert_time: 1500 }]");

        var result = await RunAsync(flow);

        Assert.Equal((ExitCodes.Done, ""), (result.ExitCode, result.Error));
        Assert.StartsWith("Preview: clips at their times and volumes, and who speaks when. Lips don't move. ", result.Output, StringComparison.Ordinal);
        Assert.Contains("rendered  one  preview/shown/one.preview.mp4", result.Output, StringComparison.Ordinal);
        Assert.Contains("anna speaks from 1.5 s to 3.95 s · face not known yet", result.Output, StringComparison.Ordinal);
        var preview = folder.File("preview/shown/one.preview.mp4");
        Assert.Equal(4.0, await DurationAsync(preview), 0.15);
        Assert.True(await PeakAsync(preview, "0", "1.4") < 0.01, "before the clip");
        Assert.True(await PeakAsync(preview, "1.7", "2") > 0.1, "while it plays");
        Assert.Equal(["one.preview.mp4"], Directory.GetFiles(folder.File("preview/shown")).Select(Path.GetFileName));

        // 960 wide, 44 above the picture of 540, its name, then the bar: dim before the clip, bright while it plays.
        var (before, during) = (await PixelAsync(preview, "0.5", 700, 44 + 540 + 25), await PixelAsync(preview, "2.5", 800, 44 + 540 + 25));
        Assert.True(before.Blue < 140 && during.Blue > 200, $"{before} {during}");
    }

    [Fact]
    public async Task RunAsync_VolumesAndRange_AreThoseOfTheFlow()
    {
        var flow = Flow(media.Sounding, "faces: [{ face: anna, audio: hello, sound_start_time: 200, sound_end_time: 2300, sound_insert_time: 1500, sound_volume: 2, original_audio_volume: 0.1 }]");

        var result = await RunAsync(flow, "--format", "json");

        Assert.True(result.ExitCode == 0, result.Error);
        var told = JsonNode.Parse(result.Output);
        Assert.False(told?["lips_move"]?.GetValue<bool>());
        var clip = told?["previews"]?[0]?["clips"]?[0];
        Assert.Equal((1500, 3600, 2), (clip?["from_ms"]?.GetValue<int>(), clip?["to_ms"]?.GetValue<int>(), clip?["volume"]?.GetValue<int>()));
        var preview = folder.File("preview/shown/one.preview.mp4");
        var (source, before, during) = (await PeakAsync(media.Sounding, "0.2", "1"), await PeakAsync(preview, "0.2", "1"), await PeakAsync(preview, "2", "1"));
        Assert.InRange(before / source, 0.05, 0.2);
        Assert.InRange(during / source, 1.6, 2.6);
    }

    [Fact]
    public async Task RunAsync_SeveralFaces_HaveTheirLanesInAChainToo()
    {
        var flow = Flow(
            media.Sounding,
            """
            faces:
                  - { face: anna, audio: hello, sound_end_time: 2000, original_audio_volume: 0 }
                  - { face: ben, audio: hello, sound_end_time: 2000, sound_insert_time: 2000, original_audio_volume: 0 }
            """);

        var result = await RunAsync(flow, "--multi-face", "chain", "-o", "look");

        Assert.True(result.ExitCode == 0, result.Error);
        var preview = folder.File("look/one.preview.mp4");
        var streams = await Ffmpeg.ProbeAsync(preview, "-show_streams");
        Assert.Equal(44 + 720 + (2 * 34) + 24, streams.GetProperty("streams")[0].GetProperty("height").GetInt32());
        Assert.True(await PeakAsync(preview, "2.3", "1.5") > 0.1);
    }

    [Fact]
    public async Task RunAsync_OddNames_AreNamesAndNothingElse()
    {
        var odd = "-it's \"odd\": 100%03d 😀.mp4";
        File.Copy(media.Silent, folder.File(odd));
        File.Copy(media.Tone, folder.File("-a b;'c'.wav"));
        var flow = folder.Write("a folder, [it's] 'so' %d/-flow: é.yaml", $$"""
            apiVersion: gmiklingflow/v1
            kind: Flow
            name: shown
            videos: { v: { source: '../{{odd.Replace("'", "''", StringComparison.Ordinal)}}', faces: { anna: { only: true } } } }
            audio: { hello: { source: "../-a b;'c'.wav" } }
            jobs: [{ id: one, output: "-so it's, 50% 😀.mp4", video: v, faces: [{ face: anna, audio: hello }] }]
            """);

        var result = await Cli().RunAsync("preview", flow);

        Assert.True(result.ExitCode == 0, result.Error);
        var preview = Assert.Single(Directory.GetFiles(folder.Path, "*.preview.mp4", SearchOption.AllDirectories));
        Assert.Equal("-so it's, 50% 😀.preview.mp4", Path.GetFileName(preview));
        Assert.Equal(4.0, await DurationAsync(preview), 0.15);
    }

    [Fact]
    public async Task RunAsync_TwoAtOnceOverAnOlderOne_LeaveOneWholeFile()
    {
        var flow = Flow(media.Silent, "faces: [{ face: anna, audio: hello }]");
        folder.Write("preview/shown/one.preview.mp4", "an older one");

        var both = await Task.WhenAll(RunAsync(flow), RunAsync(flow));

        Assert.All(both, result => Assert.True(result.ExitCode == 0, result.Error));
        Assert.Equal(["one.preview.mp4"], Directory.GetFiles(folder.File("preview/shown")).Select(Path.GetFileName));
        Assert.Equal(4.0, await DurationAsync(folder.File("preview/shown/one.preview.mp4")), 0.15);
    }

    [Fact]
    public async Task RunAsync_NoFfmpeg_SaysHowToInstallIt()
    {
        var flow = Flow(media.Silent, "faces: [{ face: anna, audio: hello }]");

        var none = await new CliRunner(folder.Path) { Environment = { ["PATH"] = folder.Path } }.RunAsync("preview", flow);
        var wrong = await RunAsync(flow, "--ffmpeg", "no/such");

        Assert.Equal((ExitCodes.WrongInput, ExitCodes.WrongInput), (none.ExitCode, wrong.ExitCode));
        Assert.StartsWith("error GKF9111: \"ffmpeg\" is not on the PATH", none.Error, StringComparison.Ordinal);
        Assert.StartsWith("error GKF9112: ", wrong.Error, StringComparison.Ordinal);
        foreach (var line in new[] { "apt-get install ffmpeg", "brew install ffmpeg", "winget install Gyan.FFmpeg" })
        {
            Assert.Contains(line, none.Error, StringComparison.Ordinal);
        }

        Assert.False(Directory.Exists(folder.File("preview")));
    }

    [Fact]
    public async Task RunAsync_FfmpegFails_TellsItsWordsAndKeepsTheOlderOne()
    {
        var flow = Flow(media.Silent, "faces: [{ face: anna, audio: hello }]");
        folder.Write("preview/shown/one.preview.mp4", "an older one");

        var result = await RunAsync(flow, "--ffmpeg", Script("echo 'Unknown codec' >&2; exit 3"));

        Assert.Equal(ExitCodes.JobFailed, result.ExitCode);
        Assert.Contains("error GKF9114: \"one\" has no preview: ffmpeg could not make it: it ended with 3: Unknown codec", result.Error.ReplaceLineEndings(" ").Replace("    ", " ", StringComparison.Ordinal).Replace("  ", " ", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("was used. Where \"-version\" does not make it tell its version", string.Join(' ', result.Error.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.Equal("an older one", File.ReadAllText(folder.File("preview/shown/one.preview.mp4")));
        Assert.Single(Directory.GetFiles(folder.File("preview/shown")));
    }

    [Fact]
    public async Task RunAsync_CtrlC_LeavesNothingHalfMade()
    {
        var flow = Flow(media.Silent, "faces: [{ face: anna, audio: hello }]");
        var cli = Cli();
        var script = Script("for last; do :; done; echo half > \"${last#file:}\"; touch \"$0.started\"; exec sleep 1000");
        var run = cli.RunAsync("preview", flow, "--ffmpeg", script, "--allow-path", Path.GetDirectoryName(media.Tone) ?? "");
        while (!File.Exists($"{script}.started") && !run.IsCompleted)
        {
            await Task.Yield();
        }

        Assert.False(run.IsCompleted, run.IsCompleted ? (await run).Error : "");
        cli.Stop.PressCtrlC();

        Assert.Equal(ExitCodes.Interrupted, (await run).ExitCode);
        Assert.Empty(Directory.GetFiles(folder.File("preview/shown")));
    }

    [Fact]
    public async Task RunAsync_Url_NeedsAStandIn()
    {
        var flow = Flow("https://media.example.com/v.mp4?sig=secret", "faces: [{ face: anna, audio: hello }]", duration: "duration: 4s, ");
        File.Copy(media.Silent, folder.File("copy.mp4"));

        var refused = await RunAsync(flow);
        var shown = await RunAsync(flow, "--stand-in", "v=copy.mp4");
        var wrong = await RunAsync(flow, "--stand-in", "v=flow.yaml", "--stand-in", "w=copy.mp4");

        Assert.Equal((ExitCodes.WrongInput, ExitCodes.Done, ExitCodes.WrongInput), (refused.ExitCode, shown.ExitCode, wrong.ExitCode));
        Assert.Contains("GKF9113: \"one\" has no preview: video \"v\" is a URL", refused.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refused.Error + refused.Output, StringComparison.Ordinal);
        Assert.Contains("GKF9115", wrong.Error, StringComparison.Ordinal);
        Assert.Contains("GKF9117: \"w\" (--stand-in) is no video and no audio of the flow.", wrong.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_OverASource_IsRefused()
    {
        File.Copy(media.Silent, folder.File("one.preview.mp4"));
        var flow = Flow("one.preview.mp4", "faces: [{ face: anna, audio: hello }]");

        var result = await RunAsync(flow, "--out", ".");

        Assert.Equal(ExitCodes.WrongInput, result.ExitCode);
        Assert.Contains("GKF9116", result.Error, StringComparison.Ordinal);
        Assert.Equal(new FileInfo(media.Silent).Length, new FileInfo(folder.File("one.preview.mp4")).Length);
    }

    [Fact]
    public async Task RunAsync_FolderInTheWay_ExitsFive()
    {
        var flow = Flow(media.Silent, "faces: [{ face: anna, audio: hello }]");
        folder.Write("blocked", "a file");

        var result = await RunAsync(flow, "--out", "blocked");

        Assert.Equal(ExitCodes.StateUnusable, result.ExitCode);
        Assert.Contains("GKF8190", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("older preview", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_ProgramThatIsNoFfmpeg_SaysThatItSaidNothing()
    {
        var result = await RunAsync(Flow(media.Silent, "faces: [{ face: anna, audio: hello }]"), "--ffmpeg", Script("exit 1"));

        Assert.Contains("it ended with 1 and said nothing", string.Join(' ', result.Error.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_BlockedAndUnselected_LeaveTheOthersAlone()
    {
        var flow = Flow(
            media.Silent,
            """
            faces: [{ face: anna, audio: hello }]
              - { id: two, video: v, faces: [{ face: anna, audio: hello, sound_end_time: 9s }] }
              - { id: three, video: v, faces: [{ face: anna, audio: hello }] }
            """);

        var result = await RunAsync(flow, "--select", "one", "--select", "two");

        Assert.Equal(ExitCodes.WrongInput, result.ExitCode);
        Assert.Contains("blocked  two", result.Output, StringComparison.Ordinal);
        Assert.Contains("1 rendered, 1 not.", result.Output, StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(folder.File("preview/shown")));
    }

    private string Flow(string video, string faces, string duration = "")
    {
        folder.Write("flow.yaml", $$"""
            apiVersion: gmiklingflow/v1
            kind: Flow
            name: shown
            videos: { v: { source: "{{video}}", {{duration}}faces: { anna: { id: "0" }, ben: { id: "1" } } } }
            audio: { hello: { source: "{{media.Tone}}" } }
            jobs:
              - id: one
                video: v
                {{faces}}
            """);
        return "flow.yaml";
    }

    private string Script(string body)
    {
        var path = folder.Write("fake-ffmpeg", $"#!/bin/sh\n{body}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
        }

        return path;
    }

    private CliRunner Cli() => new(folder.Path) { Environment = { ["PATH"] = Path.GetDirectoryName(Ffmpeg.FfmpegPath) ?? "" } };

    private Task<CliResult> RunAsync(string flow, params string[] args) =>
        Cli().RunAsync(["preview", flow, "--allow-path", Path.GetDirectoryName(media.Tone) ?? "", .. args]);

    private static async Task<double> DurationAsync(string file) => double.Parse(
        (await Ffmpeg.ProbeAsync(file, "-show_format")).GetProperty("format").GetProperty("duration").GetString() ?? "", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The loudest sample of a part, of 1.</summary>
    private async Task<double> PeakAsync(string file, string from, string seconds)
    {
        var raw = folder.File($"{Guid.NewGuid():N}.raw");
        await Ffmpeg.MakeAsync("-i", $"file:{file}", "-ss", from, "-t", seconds, "-vn", "-ac", "1", "-f", "s16le", raw);
        var bytes = File.ReadAllBytes(raw);
        Assert.NotEmpty(bytes);
        return Enumerable.Range(0, bytes.Length / 2).Max(i => Math.Abs(BitConverter.ToInt16(bytes, 2 * i) / 32768.0));
    }

    private async Task<(byte Red, byte Green, byte Blue)> PixelAsync(string file, string at, int x, int y)
    {
        var raw = folder.File($"{Guid.NewGuid():N}.rgb");
        await Ffmpeg.MakeAsync("-i", $"file:{file}", "-ss", at, "-frames:v", "1", "-vf", $"crop=2:2:{x}:{y}", "-f", "rawvideo", "-pix_fmt", "rgb24", raw);
        var bytes = File.ReadAllBytes(raw);
        return (bytes[0], bytes[1], bytes[2]);
    }
}
