namespace GmiKlingFlow.Core.Manifests;

/// <summary>Follows symbolic links in every part of a path: one in the middle leads outside as well as one at the end.</summary>
internal sealed class RealPaths
{
    /// <summary>As many as Linux follows.</summary>
    private const int MostLinks = 40;

    private readonly Dictionary<string, string> folders = new(StringComparer.Ordinal);

    public PathReading Resolve(string path)
    {
        var links = 0;
        if (Real(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)), ref links) is not { } real)
        {
            return new PathReading.Unreadable("its symbolic links go in a circle");
        }

        return Directory.Exists(real)
            ? new PathReading.Directory(real)
            : File.Exists(real) ? new PathReading.File(real) : new PathReading.Missing(real);
    }

    /// <returns>Null when there are too many links.</returns>
    private string? Real(string path, ref int links)
    {
        if (Path.GetDirectoryName(path) is not { } parent)
        {
            return path;
        }

        if (!folders.TryGetValue(parent, out var realParent))
        {
            if (Real(parent, ref links) is not { } found)
            {
                return null;
            }

            folders.Add(parent, realParent = found);
        }

        var here = Path.Combine(realParent, Path.GetFileName(path));
        if (new FileInfo(here).LinkTarget is not { } target)
        {
            return here;
        }

        return ++links > MostLinks ? null : Real(Path.TrimEndingDirectorySeparator(Path.GetFullPath(target, realParent)), ref links);
    }
}
