using System.Collections.Concurrent;
using System.Security.Cryptography;
using GmiKlingFlow.Core.Media;

namespace GmiKlingFlow.Simulator.Kling;

/// <summary>Reads and hashes media files, each only once while it stays as it is.</summary>
internal sealed class MediaInspector
{
    private readonly ConcurrentDictionary<string, (long Bytes, DateTime Written, InspectedMedia Media)> known = new(StringComparer.Ordinal);

    /// <exception cref="IOException">The file can't be read.</exception>
    public async Task<InspectedMedia> InspectAsync(string file, CancellationToken cancellationToken)
    {
        var info = new FileInfo(file);
        var (bytes, written) = (info.Exists ? info.Length : 0, info.LastWriteTimeUtc);
        if (known.TryGetValue(file, out var entry) && entry.Bytes == bytes && entry.Written == written)
        {
            return entry.Media;
        }

        await using var content = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken));
        var media = new InspectedMedia(file, sha256, MediaReader.ReadFile(file));
        known[file] = (bytes, written, media);
        return media;
    }
}
