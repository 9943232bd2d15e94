using System.Diagnostics;
using System.Globalization;

namespace GmiKlingFlow.EndToEnd.Tests.Terminal;

/// <summary>A real terminal with a shell in it, held by a tmux server of its own.</summary>
internal sealed class TmuxTerminal : IDisposable
{
    private readonly string socket = $"gkflow-{Guid.NewGuid():N}";

    /// <param name="environment">Set for the shell and what it starts.</param>
    public TmuxTerminal(string workingDirectory, int columns, int rows, IReadOnlyDictionary<string, string> environment)
    {
        string[] size = ["-x", Text(columns), "-y", Text(rows)];

        // By env and not by tmux, which has a PATH of its own.
        var variables = environment.Append(new("PS1", "$ ")).Select(static variable => $"{variable.Key}={variable.Value}");
        Tmux(["-f", "/dev/null", "new-session", "-d", .. size, "-c", workingDirectory, "env", "-u", "CI", "-u", "NO_COLOR", .. variables, "bash", "--norc"]);
    }

    /// <summary>What the window shows, without blanks at the lines' ends and empty lines at its own.</summary>
    public string Screen => Tmux("capture-pane", "-p").TrimEnd();

    public bool CursorIsVisible => Tmux("display-message", "-p", "#{cursor_flag}").Trim() == "1";

    /// <summary>Types a line and ends it.</summary>
    public void Type(string line)
    {
        Tmux("send-keys", "-l", line);
        Press("Enter");
    }

    /// <param name="key">As tmux names it: <c>C-c</c>, <c>Enter</c>.</param>
    public void Press(string key) => Tmux("send-keys", key);

    public void Resize(int columns, int rows) => Tmux("resize-window", "-x", Text(columns), "-y", Text(rows));

    /// <summary>Waits until the window shows something while a program runs in it.</summary>
    /// <exception cref="InvalidOperationException">The program ended first, and the shell asks for the next line.</exception>
    public Task<string> WhileRunningAsync(Func<string, bool> shows, CancellationToken cancellationToken) => UntilAsync(
        screen => shows(screen) || (screen.EndsWith("\n$", StringComparison.Ordinal) ? throw new InvalidOperationException($"Never shown:\n{screen}") : false),
        cancellationToken);

    /// <summary>Waits until the window shows something.</summary>
    public async Task<string> UntilAsync(Func<string, bool> shows, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (Screen is var screen && shows(screen))
            {
                return screen;
            }

            cancellationToken.ThrowIfCancellationRequested();
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellationToken);
        }
    }

    public void Dispose() => Tmux("kill-server");

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private string Tmux(params IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo("tmux", ["-u", "-L", socket, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Remove("TMUX");
        using var tmux = Process.Start(start) ?? throw new InvalidOperationException("tmux did not start.");
        var error = tmux.StandardError.ReadToEndAsync();
        var output = tmux.StandardOutput.ReadToEnd();
        tmux.WaitForExit();
        return tmux.ExitCode == 0 ? output : throw new InvalidOperationException($"tmux {string.Join(' ', arguments)}: {error.GetAwaiter().GetResult()}");
    }
}
