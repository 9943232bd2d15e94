using GmiKlingFlow.Cli.Output;

namespace GmiKlingFlow.Cli.Hosting;

/// <summary>What a command sees of the process it runs in; tests give their own.</summary>
/// <param name="WorkingDirectory">Absolute; relative paths of the command line start here.</param>
/// <param name="Environment">The value of an environment variable; null when it is not set or empty.</param>
/// <param name="Stop">What Ctrl-C asks for; watched only by commands that have something to drain.</param>
internal sealed record ProgramContext(
    Terminal Terminal,
    string WorkingDirectory,
    Func<string, string?> Environment,
    TimeProvider Time,
    IStopSource Stop)
{
    /// <summary>The absolute form of a path from the command line.</summary>
    public string FullPath(string path) => Path.GetFullPath(path, WorkingDirectory);

    /// <summary>How a path is shown to people: relative to the working directory where it lies below it, with <c>/</c>.</summary>
    public string ShownPath(string fullPath)
    {
        var relative = Path.GetRelativePath(WorkingDirectory, fullPath);
        var shown = Path.IsPathRooted(relative) || relative.StartsWith("..", StringComparison.Ordinal) ? fullPath : relative;
        return Path.DirectorySeparatorChar == '/' ? shown : shown.Replace(Path.DirectorySeparatorChar, '/');
    }

    public static ProgramContext OfProcess() => new(
        ProcessTerminal.Open(),
        System.Environment.CurrentDirectory,
        static name => System.Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null,
        TimeProvider.System,
        new StopSignals());
}
