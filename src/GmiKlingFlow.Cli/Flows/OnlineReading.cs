using GmiKlingFlow.Core.Manifests;
using GmiKlingFlow.Runtime.Sources;

namespace GmiKlingFlow.Cli.Flows;

/// <summary>Reads flows whose URLs are looked at (<c>--online</c>): first to see which there are, then again with what they hold.</summary>
internal sealed class OnlineReading(IFlowFiles disk, TimeProvider time)
{
    /// <summary>A URL may be made of another file's length, so that it shows only when that is known; nobody builds longer chains.</summary>
    private const int MostRounds = 3;

    // Flows that share a URL share the look at it.
    private readonly OnlineFiles files = new(disk);

    public async Task<ReadFile> ReadAsync(Func<IFlowFiles, ReadFile> read, CancellationToken cancellationToken)
    {
        using var urls = new MediaUrls(time);
        for (var round = 1; ; round++)
        {
            var flows = read(files);
            if (files.Asked.Count == 0 || round > MostRounds)
            {
                return flows;
            }

            files.Learn(await urls.ReadAsync(files.Asked, cancellationToken));
        }
    }
}
