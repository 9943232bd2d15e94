using GmiKlingFlow.Core.Media;

namespace GmiKlingFlow.Core.Manifests;

/// <summary>The only way from a flow to the disk: what is read, and where it really lies.</summary>
public interface IFlowFiles
{
    /// <summary>False when contents are not hashed: enough for checks, not for plans. A long video is then read at its edges only.</summary>
    bool Hashes => true;

    /// <summary>Reads a whole small file.</summary>
    /// <param name="path">Absolute.</param>
    /// <param name="limit">In bytes; a longer file is not read at all.</param>
    BytesReading ReadBytes(string path, long limit);

    /// <summary>Follows every symbolic link in a path, those of its folders too.</summary>
    /// <param name="path">Absolute.</param>
    PathReading Resolve(string path);

    /// <summary>Reads a file as media, and hashes it. A second question about the same path costs nothing.</summary>
    /// <param name="realPath">As <see cref="Resolve"/> gave it.</param>
    ContentReading Describe(string realPath);

    /// <summary>What is known of a URL's content, where URLs are looked at.</summary>
    /// <returns>Null where they are not: the service alone fetches them.</returns>
    RemoteReading? DescribeUrl(Uri url) => null;
}

/// <summary>What came of reading a small file.</summary>
public abstract record BytesReading
{
    private BytesReading()
    {
    }

    public sealed record Read(ReadOnlyMemory<byte> Bytes) : BytesReading;

    public sealed record Missing : BytesReading;

    public sealed record Directory : BytesReading;

    public sealed record TooLarge(long Bytes) : BytesReading;

    /// <param name="Reason">A clause such as <c>access is denied</c>.</param>
    public sealed record Unreadable(string Reason) : BytesReading;
}

/// <summary>Where a path leads.</summary>
public abstract record PathReading
{
    private PathReading()
    {
    }

    /// <param name="FullPath">Absolute, without any symbolic link in it.</param>
    public sealed record File(string FullPath) : PathReading;

    /// <param name="FullPath">Absolute, without any symbolic link in it.</param>
    public sealed record Directory(string FullPath) : PathReading;

    /// <param name="FullPath">Absolute, with the symbolic links resolved that there are: where the file would lie.</param>
    public sealed record Missing(string FullPath) : PathReading;

    /// <param name="Reason">A clause such as <c>its symbolic links go in a circle</c>.</param>
    public sealed record Unreadable(string Reason) : PathReading;
}

/// <summary>What a file holds.</summary>
public abstract record ContentReading
{
    private ContentReading()
    {
    }

    /// <param name="Sha256">Lower-case hex; null when contents are not hashed.</param>
    public sealed record Read(string? Sha256, long Bytes, MediaReading Media) : ContentReading;

    /// <param name="Reason">A clause such as <c>access is denied</c>.</param>
    public sealed record Unreadable(string Reason) : ContentReading;
}
