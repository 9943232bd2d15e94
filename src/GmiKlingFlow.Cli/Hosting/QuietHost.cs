using GmiKlingFlow.Cli.Output;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GmiKlingFlow.Cli.Hosting;

/// <summary>The generic host for commands that work for a while: logging to standard error, parts that are disposed in order, no hands on Ctrl-C.</summary>
internal static class QuietHost
{
    /// <param name="logLevel">A word of <c>--log-level</c>.</param>
    public static IHost Create(Terminal terminal, string logLevel, TimeProvider time, Action<IServiceCollection> addParts)
    {
        // Without defaults neither environment variables nor an appsettings.json in the working directory have a say.
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.SetMinimumLevel(TalkLoggerProvider.Level(logLevel));
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        // A server that can't start is told by its command, in words for people.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        builder.Logging.AddProvider(new TalkLoggerProvider(terminal));
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.AddSingleton(time);
        addParts(builder.Services);
        return builder.Build();
    }

    /// <summary>Signals belong to <see cref="StopSignals"/>: a first one drains, it does not end the host.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
