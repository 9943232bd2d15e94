using GmiKlingFlow.Core.Manifests;
using GmiKlingFlow.Core.Media;

namespace GmiKlingFlow.Runtime.Revisions;

/// <summary>
/// A revision as flows see it: flow, includes, subtitles and media as they were committed. What the revision does not track, and what lies outside the
/// repository, comes from the working tree; <see cref="FromWorkingTree"/> tells which.
/// </summary>
public sealed class RevisionFiles(GitRevision revision, TimeProvider time) : IFlowFiles
{
    /// <summary>As many as Linux follows.</summary>
    private const int MostLinks = 40;

    private readonly DiskFlowFiles disk = new(time);
    private readonly SortedSet<string> fromWorkingTree = new(StringComparer.Ordinal);

    /// <summary>Files that were not read from the revision: from the repository's root where they lie in it, else absolute.</summary>
    public IReadOnlyCollection<string> FromWorkingTree => fromWorkingTree;

    /// <returns>Where a file lies, from the repository's root, links followed; null where the revision does not track it.</returns>
    public string? PathOf(string path) => Find(path)?.Path;

    public BytesReading ReadBytes(string path, long limit)
    {
        if (Find(path) is not { } found)
        {
            return Noted(path, disk.ReadBytes(path, limit), static reading => reading is BytesReading.Read);
        }

        if (!found.Entry.IsFile)
        {
            return new BytesReading.Directory();
        }

        if (found.Entry.Bytes > limit)
        {
            return new BytesReading.TooLarge(found.Entry.Bytes);
        }

        try
        {
            return new BytesReading.Read(File.ReadAllBytes(revision.Extract(found.Entry)));
        }
        catch (IOException e)
        {
            return new BytesReading.Unreadable(e.Message);
        }
    }

    public PathReading Resolve(string path) => Find(path) is { Entry.IsFile: true, Path: var tracked } ? new PathReading.File(Full(tracked))
        : Tracked(path) is { } folder && revision.IsFolder(folder) ? new PathReading.Directory(Full(folder))
        : disk.Resolve(path);

    public ContentReading Describe(string realPath)
    {
        if (Find(realPath) is not { Entry.IsFile: true } found)
        {
            return Noted(realPath, disk.Describe(realPath), static reading => reading is ContentReading.Read);
        }

        try
        {
            var content = revision.Extract(found.Entry);
            return found.Entry.Bytes <= LargeFilePointer.Longest && LargeFilePointer.Parse(File.ReadAllBytes(content)) is { } pointer
                ? Large(realPath, pointer)
                : disk.Describe(content);
        }
        catch (IOException e)
        {
            return new ContentReading.Unreadable(e.Message);
        }
    }

    // Its hash is known for sure, and decides whether anything changed; what else is known of it comes from where its content is.
    private ContentReading Large(string path, LargeFilePointer pointer)
    {
        var fetched = Path.Combine(revision.LargeFiles, pointer.Sha256[..2], pointer.Sha256[2..4], pointer.Sha256);
        if (File.Exists(fetched))
        {
            return disk.Describe(fetched);
        }

        var here = disk.Describe(path);
        if (here is ContentReading.Read { Sha256: { } hash } && hash != pointer.Sha256)
        {
            fromWorkingTree.Add(Shown(path));
        }

        return new ContentReading.Read(pointer.Sha256, pointer.Bytes, here is ContentReading.Read { Media: var media } ? media : new MediaReading.Unreadable("Git LFS has not fetched it"));
    }

    /// <returns>Null where the revision does not track the path, as a file or through links.</returns>
    private (string Path, TreeEntry Entry)? Find(string path)
    {
        for (var links = 0; links <= MostLinks; links++)
        {
            if (Tracked(path) is not { } tracked || revision.Entry(tracked) is not { } entry || !(entry.IsFile || entry.IsLink))
            {
                return null;
            }

            if (entry.IsFile)
            {
                return (tracked, entry);
            }

            try
            {
                path = Path.GetFullPath(File.ReadAllText(revision.Extract(entry)), Path.GetDirectoryName(Full(tracked)) ?? revision.Root);
            }
            catch (Exception e) when (e is IOException or ArgumentException)
            {
                return null;
            }
        }

        return null;
    }

    /// <returns>The path from the repository's root; null where it lies outside. Links are followed in its folders only: the file itself may be one here and none there.</returns>
    private string? Tracked(string path)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        var folder = Path.GetDirectoryName(full) is { } parent ? Real(parent) : null;
        var relative = Path.GetRelativePath(Real(revision.Root), folder is null ? full : Path.Combine(folder, Path.GetFileName(full))).Replace(Path.DirectorySeparatorChar, '/');
        return relative == "." ? "" : relative == ".." || relative.StartsWith("../", StringComparison.Ordinal) || Path.IsPathRooted(relative) ? null : relative;
    }

    private string Real(string folder) => disk.Resolve(folder) switch
    {
        PathReading.Directory directory => directory.FullPath,
        PathReading.Missing missing => missing.FullPath,
        _ => folder,
    };

    private string Full(string tracked) => Path.Combine(revision.Root, tracked.Replace('/', Path.DirectorySeparatorChar));

    private string Shown(string path) => Tracked(path) ?? path;

    private T Noted<T>(string path, T reading, Func<T, bool> isThere)
    {
        if (isThere(reading))
        {
            fromWorkingTree.Add(Shown(path));
        }

        return reading;
    }
}
