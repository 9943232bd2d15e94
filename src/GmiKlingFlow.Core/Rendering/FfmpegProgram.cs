using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace GmiKlingFlow.Core.Rendering;

/// <summary>The ffmpeg of this machine, run as a process with an argument list, each time for a bounded time.</summary>
public sealed class FfmpegProgram(string path, TimeProvider time)
{
    private const int WordsKept = 300;

    /// <summary>Absolute.</summary>
    public string Path { get; } = path;

    /// <returns>A program's absolute path, from the PATH alone: never from the folder one happens to stand in. Null when there is none.</returns>
    /// <param name="name">Without extension.</param>
    /// <param name="searchPath">The PATH; null for none.</param>
    public static string? Find(string name, string? searchPath)
    {
        var file = OperatingSystem.IsWindows() ? $"{name}.exe" : name;
        return (searchPath ?? "")
            .Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Where(System.IO.Path.IsPathFullyQualified)
            .Select(folder => System.IO.Path.Combine(folder, file))
            .FirstOrDefault(File.Exists);
    }

    /// <returns>Null when it ended well, else what it did instead, in one line: <c>ended with 1: ...</c>.</returns>
    public async Task<string?> RunAsync(IReadOnlyList<string> arguments, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var clock = new CancellationTokenSource(limit, time);
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, clock.Token);
        try
        {
            return await RunOneAsync(arguments, bounded.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return string.Create(CultureInfo.InvariantCulture, $"did not end within {(int)limit.TotalSeconds} s");
        }
        catch (Exception e) when (e is Win32Exception or IOException)
        {
            return $"can't be run: {OneLine(e.Message)}";
        }
    }

    private async Task<string?> RunOneAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(Path, ["-nostdin", "-hide_banner", "-loglevel", "error", "-y", .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        using var process = new Process { StartInfo = start };
        process.Start();
        try
        {
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var words = await process.StandardError.ReadToEndAsync(cancellationToken);
            await output;
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"ended with {process.ExitCode}{(OneLine(words) is { Length: > 0 } said ? $": {said}" : " and said nothing")}");
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync(CancellationToken.None);
            }
        }
    }

    private static string OneLine(string words)
    {
        var line = string.Join(' ', words.Split((char[])[' ', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= WordsKept ? line : string.Concat(line.AsSpan(0, WordsKept), "…");
    }
}
