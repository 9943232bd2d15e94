using Microsoft.Extensions.Hosting;

namespace GmiKlingFlow.Simulator.Hosting;

/// <summary>Keeps the web host's hands off Ctrl-C and SIGTERM: they belong to the program around it.</summary>
internal sealed class NoLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
