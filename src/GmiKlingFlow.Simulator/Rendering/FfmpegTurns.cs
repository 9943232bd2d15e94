using System.ComponentModel;
using System.Diagnostics;

namespace GmiKlingFlow.Simulator.Rendering;

/// <summary>Runs ffmpeg as a process with an argument list, a few at a time, each for a bounded time.</summary>
internal sealed class FfmpegProcess(string path, TimeSpan limit) : IDisposable
{
    private const int WordsKept = 500;

    private readonly SemaphoreSlim turns = new(Math.Max(1, Environment.ProcessorCount));

    /// <returns>ffmpeg's path: as given when it is there, else from the PATH; null when there is none.</returns>
    public static string? Find(string? given)
    {
        if (given is not null)
        {
            return File.Exists(given) ? given : null;
        }

        var name = OperatingSystem.IsWindows() ? "ffmpeg.exe" : "ffmpeg";
        return (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
    }

    /// <returns>Null when it ended well, else its own words.</returns>
    public async Task<string?> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        await turns.WaitAsync(cancellationToken);
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bounded.CancelAfter(limit);
        try
        {
            return await RunOneAsync(arguments, bounded.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"ffmpeg did not end within {(int)limit.TotalSeconds} s";
        }
        catch (Exception e) when (e is Win32Exception or IOException)
        {
            return $"ffmpeg can't be run: {e.Message}";
        }
        finally
        {
            turns.Release();
        }
    }

    public void Dispose() => turns.Dispose();

    private async Task<string?> RunOneAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(path, ["-nostdin", "-hide_banner", "-loglevel", "error", "-y", .. arguments])
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
            return process.ExitCode == 0 ? null : $"ffmpeg ended with {process.ExitCode}: {words[..Math.Min(WordsKept, words.Length)].Trim()}";
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
