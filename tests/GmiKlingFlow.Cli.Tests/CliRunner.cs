using GmiKlingFlow.Cli.Hosting;
using GmiKlingFlow.Cli.Output;

namespace GmiKlingFlow.Cli.Tests;

/// <summary>Runs a command line inside the test's own process: args in; standard output, standard error and exit code out.</summary>
internal sealed class CliRunner(string workingDirectory)
{
    public Dictionary<string, string> Environment { get; } = [];

    public TerminalTraits Traits { get; set; } = TerminalTraits.Redirected;

    /// <summary>What is typed at a question.</summary>
    public string Typed { get; set; } = "";

    public TimeProvider Time { get; set; } = TimeProvider.System;

    public ManualStop Stop { get; } = new();

    public async Task<CliResult> RunAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var terminal = new Terminal(new StringReader(Typed), TextWriter.Synchronized(output), TextWriter.Synchronized(error), Traits);
        var context = new ProgramContext(terminal, workingDirectory, name => Environment.GetValueOrDefault(name), Time, Stop);
        var exitCode = await CommandHost.RunAsync(args, context);
        return new CliResult(exitCode, output.ToString().ReplaceLineEndings("\n"), error.ToString().ReplaceLineEndings("\n"));
    }
}

internal sealed record CliResult(int ExitCode, string Output, string Error);

/// <summary>Ctrl-C by hand.</summary>
internal sealed class ManualStop : IStopSource
{
    private readonly CancellationTokenSource drain = new();
    private readonly TaskCompletionSource watched = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Action? onFirst;

    /// <summary>Done once somebody listens to Ctrl-C.</summary>
    public Task Watched => watched.Task;

    public IStopWatch Watch(Action onFirst, Action onSecond)
    {
        this.onFirst = onFirst;
        watched.TrySetResult();
        return new StopWatch(drain.Token);
    }

    public void PressCtrlC()
    {
        onFirst?.Invoke();
        drain.Cancel();
    }

    private sealed class StopWatch(CancellationToken token) : IStopWatch
    {
        public CancellationToken Drain => token;

        public void Dispose()
        {
        }
    }
}
