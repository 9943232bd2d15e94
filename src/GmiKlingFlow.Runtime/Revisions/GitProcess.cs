using System.ComponentModel;
using System.Diagnostics;

namespace GmiKlingFlow.Runtime.Revisions;

/// <summary>Runs git as a process with an argument list, without a shell, for a bounded time. It only reads, asks nobody, and fetches nothing.</summary>
internal sealed class GitProcess(string folder, TimeProvider time)
{
    private const int WordsKept = 200;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <param name="output">Gets what git writes.</param>
    /// <returns>Why it did not end well, in git's own words where it has some; null when it did.</returns>
    public async Task<string?> RunAsync(IReadOnlyList<string> arguments, Stream output, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(Limit, time);
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
        try
        {
            return await RunBoundedAsync(arguments, output, bounded.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"git did not end within {(int)Limit.TotalSeconds} s";
        }
        catch (Win32Exception)
        {
            return "git is not installed, or not on the PATH";
        }
    }

    private async Task<string?> RunBoundedAsync(IReadOnlyList<string> arguments, Stream output, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("git", ["--no-pager", "-C", folder, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        start.Environment["GIT_TERMINAL_PROMPT"] = "0";
        start.Environment["GIT_OPTIONAL_LOCKS"] = "0";
        start.Environment["GIT_NO_LAZY_FETCH"] = "1";
        start.Environment["LC_ALL"] = "C";
        using var process = new Process { StartInfo = start };
        process.Start();
        try
        {
            process.StandardInput.Close();
            var words = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.StandardOutput.BaseStream.CopyToAsync(output, cancellationToken);
            var error = await words;
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode == 0 ? null : Words(error);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private static string Words(string error)
    {
        var first = error.Split('\n', 2)[0].Trim();
        first = first.StartsWith("fatal: ", StringComparison.Ordinal) ? first["fatal: ".Length..] : first;
        return first.Length == 0 ? "git refused it" : first[..Math.Min(WordsKept, first.Length)].TrimEnd('.');
    }
}
