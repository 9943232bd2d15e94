using GmiKlingFlow.Simulator;

namespace GmiKlingFlow.EndToEnd.Tests;

/// <summary>The simulator as a service of its own: it outlives the program that talks to it.</summary>
internal sealed class LocalService(SimulatorServer server) : IAsyncDisposable
{
    public const string Key = "eyJ-canary-key-that-must-never-show-up-anywhere";

    public SimulatorServer Server => server;

    /// <summary>What a program needs to be told to use this service as if it were the real one.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; } = new Dictionary<string, string?>
    {
        ["GMI_BASE_URL"] = server.BaseUrl.AbsoluteUri,
        ["GMI_API_KEY"] = Key,
    };

    /// <param name="videos">Local videos whose faces are told by a file beside them.</param>
    public static Task<LocalService> StartAsync(params IReadOnlyList<string> videos) => StartAsync(null, videos);

    /// <param name="mediaFolder">Served under <c>/media/</c>; null for none.</param>
    /// <param name="videos">Local videos whose faces are told by a file beside them.</param>
    public static async Task<LocalService> StartAsync(string? mediaFolder, IReadOnlyList<string> videos) =>
        new(await SimulatorServer.StartAsync(
            new SimulatorOptions { ApiKey = Key, MediaFolder = mediaFolder, MediaFiles = videos, Speed = 20, Render = false },
            TimeProvider.System,
            CancellationToken.None));

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
