using System.Collections.Concurrent;
using System.Diagnostics;
using Xunit;

namespace GmiKlingFlow.EndToEnd.Tests.Crashes;

/// <summary>One started program: what it says, and how it is ended.</summary>
internal sealed class ProgramRun : IDisposable
{
    private readonly Process process;
    private readonly ConcurrentQueue<string> output = new();
    private readonly ConcurrentQueue<string> talk = new();
    private readonly ConcurrentDictionary<string, Watched> watched = new(StringComparer.Ordinal);

    private ProgramRun(Process process) => this.process = process;

    public Task Exited => process.WaitForExitAsync();

    public int ExitCode => process.ExitCode;

    public int Id => process.Id;

    public IReadOnlyList<string> Output => [.. output];

    /// <summary>Everything it said, for a failing test.</summary>
    public string Story => string.Join('\n', [.. output, .. talk]);

    public string Talk => string.Join('\n', talk);

    public static ProgramRun Start(string folder, Uri baseUrl, params IReadOnlyList<string> arguments)
    {
        var environment = new Dictionary<string, string?> { ["GMI_API_KEY"] = "key-of-the-crash-test", ["GMI_BASE_URL"] = baseUrl.OriginalString };
        var process = PublishedProgram.Start(folder, environment, arguments);
        process.StandardInput.Close();
        var run = new ProgramRun(process);
        process.OutputDataReceived += (_, line) => run.Hear(line.Data);
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is { } text)
            {
                run.talk.Enqueue(text);
            }
        };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return run;
    }

    /// <summary>Ends with the n-th event of a name on standard output.</summary>
    public Task EventAsync(string name, int number)
    {
        var waiting = watched.GetOrAdd(name, _ => new Watched(number, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)));
        Look(name, waiting);
        return waiting.Seen.Task;
    }

    /// <summary>SIGKILL: no handler, no clean-up.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        await ReapAsync();
    }

    /// <summary>Waits for its own end; a program that hangs fails the test with all it said.</summary>
    public async Task<int> EndAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            Assert.Fail($"The program does not end. It said:\n{Story}");
        }

        await ReapAsync();
        return process.ExitCode;
    }

    // Two waits for one process may be told of its end before its exit code is there.
    private async Task ReapAsync()
    {
        process.WaitForExit();
        for (var looks = 0; !process.HasExited && looks < 1000; looks++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }

        process.Dispose();
    }

    private void Hear(string? line)
    {
        if (line is null)
        {
            return;
        }

        output.Enqueue(line);
        foreach (var (name, waiting) in watched)
        {
            Look(name, waiting);
        }
    }

    private void Look(string name, Watched waiting)
    {
        if (output.Count(line => line.StartsWith($$"""{"event":"{{name}}",""", StringComparison.Ordinal)) >= waiting.Number)
        {
            waiting.Seen.TrySetResult();
        }
    }

    private sealed record Watched(int Number, TaskCompletionSource Seen);
}
