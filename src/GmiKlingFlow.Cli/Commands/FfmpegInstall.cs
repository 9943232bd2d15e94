namespace GmiKlingFlow.Cli.Commands;

/// <summary>How ffmpeg is come by.</summary>
internal static class FfmpegInstall
{
    /// <summary>A line for each platform, this one's first.</summary>
    public static string Lines => string.Join('\n', OperatingSystem.IsMacOS() ? [Mac, Linux, Windows] : OperatingSystem.IsWindows() ? [Windows, Linux, Mac] : (string[])[Linux, Mac, Windows]);

    private const string Linux = "Linux: sudo apt-get install ffmpeg (Debian, Ubuntu); sudo dnf install ffmpeg-free (Fedora)";
    private const string Mac = "macOS: brew install ffmpeg";
    private const string Windows = "Windows: winget install Gyan.FFmpeg";
}
