using GmiKlingFlow.Core.Rendering;

namespace GmiKlingFlow.Simulator.Rendering;

/// <summary>Runs ffmpeg a few at a time, each for a bounded time.</summary>
internal sealed class FfmpegTurns(string path, TimeSpan limit) : IDisposable
{
    // A real process takes real time, whatever clock the simulator keeps.
    private readonly FfmpegProgram program = new(path, TimeProvider.System);
    private readonly SemaphoreSlim turns = new(Math.Max(1, Environment.ProcessorCount));

    /// <returns>ffmpeg's path: as given when it is there, else from the PATH; null when there is none.</returns>
    public static string? Find(string? given) => given is null
        ? FfmpegProgram.Find("ffmpeg", Environment.GetEnvironmentVariable("PATH"))
        : File.Exists(given) ? given : null;

    /// <returns>Null when it ended well, else why not, as in <c>ffmpeg ended with 1: ...</c>.</returns>
    public async Task<string?> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        await turns.WaitAsync(cancellationToken);
        try
        {
            return await program.RunAsync(arguments, limit, cancellationToken) is { } failure ? $"ffmpeg {failure}" : null;
        }
        finally
        {
            turns.Release();
        }
    }

    public void Dispose() => turns.Dispose();
}
