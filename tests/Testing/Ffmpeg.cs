using System.Diagnostics;
using System.Text.Json;
using Xunit;

namespace GmiKlingFlow.Testing;

/// <summary>The real ffmpeg and ffprobe of the machine: tests make their media with the one and measure it with the other.</summary>
public static class Ffmpeg
{
    private static readonly Lazy<string?> Maker = new(() => OnPath("ffmpeg"));
    private static readonly Lazy<string?> Prober = new(() => OnPath("ffprobe"));

    /// <summary>Full path of ffmpeg; fails the test when it is missing, since a skipped test would hide that nothing was tested.</summary>
    public static string FfmpegPath => Maker.Value ?? Missing("ffmpeg");

    /// <summary>Full path of ffprobe; fails the test when it is missing.</summary>
    public static string FfprobePath => Prober.Value ?? Missing("ffprobe");

    /// <summary>Runs ffmpeg, quiet and overwriting; fails the test with ffmpeg's own words when it does not end well.</summary>
    /// <param name="arguments">Everything after <c>ffmpeg -nostdin -v error -y</c>, one element per argument.</param>
    public static Task MakeAsync(params IReadOnlyList<string> arguments) =>
        RunAsync(FfmpegPath, ["-nostdin", "-v", "error", "-y", .. arguments]);

    /// <summary>Makes a short mp4 (H.264, AAC) with a test picture and a tone.</summary>
    /// <param name="seconds">Its length, as ffmpeg takes it: <c>3</c>, <c>2.5</c>.</param>
    public static Task MakeVideoAsync(string file, string seconds = "3", int width = 720, int height = 1280, bool sound = true) =>
        MakeAsync([
            "-f", "lavfi", "-i", $"testsrc2=size={width}x{height}:rate=10:duration={seconds}",
            .. (string[])(sound ? ["-f", "lavfi", "-i", $"sine=frequency=440:sample_rate=44100:duration={seconds}", "-c:a", "aac"] : []),
            "-c:v", "libx264", "-preset", "ultrafast", "-crf", "40", "-pix_fmt", "yuv420p", file]);

    /// <summary>Makes a tone; the format follows the file's extension (wav, mp3, m4a, aac).</summary>
    public static Task MakeToneAsync(string file, string seconds = "3", int sampleRate = 44100) =>
        MakeAsync("-f", "lavfi", "-i", $"sine=frequency=440:sample_rate={sampleRate}:duration={seconds}", file);

    /// <summary>What ffprobe says of a file.</summary>
    /// <param name="show">What to show, such as <c>-show_format</c> and <c>-show_streams</c>.</param>
    public static async Task<JsonElement> ProbeAsync(string file, params IReadOnlyList<string> show)
    {
        var json = await RunAsync(FfprobePath, ["-v", "error", "-print_format", "json", .. show, file]);
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    private static async Task<string> RunAsync(string program, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start);
        Assert.NotNull(process);
        process.StandardInput.Close();
        var said = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{Path.GetFileName(program)} {string.Join(' ', arguments)}\nended with {process.ExitCode}:\n{await said}");
        return output;
    }

    private static string? OnPath(string name)
    {
        var file = OperatingSystem.IsWindows() ? $"{name}.exe" : name;
        return (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, file))
            .FirstOrDefault(File.Exists);
    }

    private static string Missing(string name)
    {
        Assert.Fail($"{name} is not on the PATH, and these tests make and measure real media with it. Install ffmpeg (Debian: apt-get install ffmpeg).");
        return name;
    }
}
