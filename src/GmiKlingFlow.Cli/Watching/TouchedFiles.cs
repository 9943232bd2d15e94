using System.Collections.Concurrent;
using GmiKlingFlow.Core.Manifests;

namespace GmiKlingFlow.Cli.Watching;

/// <summary>The disk of one look at some flows: remembers which files they touched, those that are missing too, and how these were just before.</summary>
/// <param name="known">Contents of the looks before: a video that has not changed is not hashed again.</param>
internal sealed class TouchedFiles(KnownContents known, TimeProvider time) : IFlowFiles
{
    private readonly DiskFlowFiles disk = new(time);
    private readonly Dictionary<string, FileStamp> stamps = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, FileStamp> Stamps => stamps;

    public BytesReading ReadBytes(string path, long limit)
    {
        Touch(path);
        return disk.ReadBytes(path, limit);
    }

    public PathReading Resolve(string path)
    {
        Touch(path);
        return disk.Resolve(path);
    }

    public ContentReading Describe(string realPath) => known.Of(realPath, Touch(realPath), disk);

    /// <summary>Whether any of the files is not what it was.</summary>
    public bool HaveChanged() => stamps.Any(static file => FileStamp.Of(file.Key) != file.Value);

    private FileStamp Touch(string path)
    {
        // The first look counts: what is saved after it shows as a change, though it may have been read already.
        if (!stamps.TryGetValue(path, out var stamp))
        {
            stamps.Add(path, stamp = FileStamp.Of(path));
        }

        return stamp;
    }
}

/// <summary>What files hold, as long as they keep their stamps.</summary>
internal sealed class KnownContents
{
    private readonly ConcurrentDictionary<(string Path, FileStamp Stamp), ContentReading> contents = new();

    public ContentReading Of(string path, FileStamp stamp, IFlowFiles disk)
    {
        if (contents.TryGetValue((path, stamp), out var known))
        {
            return known;
        }

        var content = disk.Describe(path);

        // Saved while it was read: nobody knows which of the two it is.
        return FileStamp.Of(path) == stamp ? contents.GetOrAdd((path, stamp), content) : content;
    }
}
