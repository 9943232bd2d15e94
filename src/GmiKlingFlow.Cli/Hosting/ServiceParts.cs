using GmiKlingFlow.Cli.Output;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Runtime.Downloads;
using GmiKlingFlow.Runtime.Queue;
using GmiKlingFlow.Simulator;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GmiKlingFlow.Cli.Hosting;

/// <summary>What a run talks to: the queue, the downloader and, for a simulation, the simulator itself.</summary>
internal sealed class ServiceParts : IAsyncDisposable
{
    /// <summary>A simulated request takes about a second: quick enough to try things, slow enough to see them happen.</summary>
    private const double SimulatorSpeed = 6;

    private readonly IHost host;

    private ServiceParts(IHost host, SimulatorServer? simulator, string hostName)
    {
        this.host = host;
        Simulator = simulator;
        HostName = hostName;
    }

    /// <summary>Null for a real service.</summary>
    public SimulatorServer? Simulator { get; }

    /// <summary>The queue's host, as results name it.</summary>
    public string HostName { get; }

    public IRequestQueue Queue => host.Services.GetRequiredService<IRequestQueue>();

    public IArtifactDownloader Downloader => host.Services.GetRequiredService<IArtifactDownloader>();

    public PictureDownloader Pictures => host.Services.GetRequiredService<PictureDownloader>();

    public Random Jitter => host.Services.GetRequiredService<Random>();

    /// <param name="queue">Null when the plan sends nothing: then no key is needed.</param>
    /// <param name="baseUrl">The queue's address, also of a plan that sends nothing; null where the one given is none.</param>
    public static ServiceParts ForService(QueueOptions? queue, Uri? baseUrl, Terminal terminal, string logLevel, TimeProvider time) =>
        new(Create(queue, terminal, logLevel, time), null, (queue?.BaseUrl ?? baseUrl ?? QueueOptions.PublicBaseUrl).Host);

    /// <summary>Starts a simulator in this process.</summary>
    /// <param name="mediaFolder">Where media of other hosts are looked for, since a simulation has no network.</param>
    /// <param name="mediaFiles">The flow's local media, whose sidecars tell the faces.</param>
    /// <param name="faces">Those of the faces lock, by fingerprint, where no sidecar tells others.</param>
    public static async Task<ServiceParts> ForSimulationAsync(
        string mediaFolder,
        IReadOnlyList<string> mediaFiles,
        IReadOnlyDictionary<string, IReadOnlyList<Face>> faces,
        Terminal terminal,
        string logLevel,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var simulator = await SimulatorServer.StartAsync(
            new SimulatorOptions { MediaFolder = mediaFolder, MediaFiles = mediaFiles, Faces = faces, Speed = SimulatorSpeed }, time, cancellationToken);
        var queue = new QueueOptions(simulator.BaseUrl, "simulated", OrganizationId: null);
        return new ServiceParts(Create(queue, terminal, logLevel, time), simulator, simulator.BaseUrl.Host);
    }

    public async ValueTask DisposeAsync()
    {
        if (Simulator is not null)
        {
            await Simulator.DisposeAsync();
        }

        host.Dispose();
    }

    private static IHost Create(QueueOptions? queue, Terminal terminal, string logLevel, TimeProvider time) => QuietHost.Create(terminal, logLevel, time, services =>
    {
        services.AddSingleton(_ => new Random());
        services.AddSingleton<IArtifactDownloader>(parts => new ArtifactDownloader(time, parts.GetRequiredService<Random>(), parts.GetRequiredService<ILogger<ArtifactDownloader>>()));
        services.AddSingleton(_ => new PictureDownloader(time));
        services.AddSingleton<IRequestQueue>(parts => queue is null
            ? new IdleQueue()
            : new QueueClient(queue, time, parts.GetRequiredService<Random>(), parts.GetRequiredService<ILogger<QueueClient>>()));
    });
}
