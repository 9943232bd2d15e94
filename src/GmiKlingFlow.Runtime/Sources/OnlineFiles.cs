using GmiKlingFlow.Core.Manifests;
using GmiKlingFlow.Core.Media;

namespace GmiKlingFlow.Runtime.Sources;

/// <summary>A flow's files together with what is known of its URLs. What it is asked and does not know yet, it remembers as a question.</summary>
public sealed class OnlineFiles(IFlowFiles files) : IFlowFiles
{
    private readonly Dictionary<string, RemoteReading> known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Uri> asked = new(StringComparer.Ordinal);

    public bool Hashes => files.Hashes;

    /// <summary>The URLs that were asked about and are not known yet, in the order of asking.</summary>
    public IReadOnlyList<Uri> Asked => [.. asked.Values];

    /// <param name="readings">One for each of <see cref="Asked"/>.</param>
    public void Learn(IReadOnlyList<RemoteReading> readings)
    {
        foreach (var (url, reading) in Asked.Zip(readings))
        {
            known[url.AbsoluteUri] = reading;
        }

        asked.Clear();
    }

    public BytesReading ReadBytes(string path, long limit) => files.ReadBytes(path, limit);

    public PathReading Resolve(string path) => files.Resolve(path);

    public ContentReading Describe(string realPath) => files.Describe(realPath);

    public RemoteReading? DescribeUrl(Uri url)
    {
        if (known.TryGetValue(url.AbsoluteUri, out var reading))
        {
            return reading;
        }

        asked.TryAdd(url.AbsoluteUri, url);
        return null;
    }
}
