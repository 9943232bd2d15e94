using GmiKlingFlow.Cli.Output;
using Microsoft.Extensions.Logging;

namespace GmiKlingFlow.Cli.Hosting;

/// <summary>Log lines on standard error, from the level of <c>--log-level</c> on.</summary>
internal sealed class TalkLoggerProvider(Terminal terminal) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new TalkLogger(terminal, categoryName[(categoryName.LastIndexOf('.') + 1)..]);

    public void Dispose()
    {
    }

    /// <returns>The level behind a word of <c>--log-level</c>.</returns>
    public static LogLevel Level(string word) => word switch
    {
        "debug" => LogLevel.Debug,
        "info" => LogLevel.Information,
        "error" => LogLevel.Error,
        "none" => LogLevel.None,
        _ => LogLevel.Warning,
    };

    private sealed class TalkLogger(Terminal terminal, string source) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            terminal.Say($"{Word(logLevel)} {source}: {Printable.Line(formatter(state, exception))}");
            if (exception is not null)
            {
                terminal.Say($"  {Printable.Line(exception.Message)}");
            }
        }

        private static string Word(LogLevel level) => level switch
        {
            LogLevel.Trace or LogLevel.Debug => "debug",
            LogLevel.Information => "info",
            LogLevel.Warning => "warning",
            _ => "error",
        };
    }
}
