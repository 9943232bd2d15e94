namespace GmiKlingFlow.Cli.Output.Reports;

/// <summary>Links from the page to files on this disk: always paths, whatever a manifest says, and never an address of the network.</summary>
/// <param name="pageFolder">Absolute.</param>
internal sealed class MediaLinks(string pageFolder)
{
    /// <param name="manifestFolder">Absolute: relative names start there.</param>
    /// <returns>Null for a name that is no path.</returns>
    public ReportLink? To(string manifestFolder, string? name)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Contains('\0') || IsRemote(name))
        {
            return null;
        }

        string full;
        try
        {
            full = Path.GetFullPath(name, manifestFolder);
        }
        catch (Exception e) when (e is ArgumentException or IOException or NotSupportedException)
        {
            return null;
        }

        var shown = Relative(full);
        var href = Path.IsPathRooted(shown)
            ? $"file:///{Encoded(full.TrimStart('/'))}"
            : Encoded(shown);
        return new ReportLink(href, shown, !File.Exists(full));
    }

    /// <summary><c>\\host\share</c>: asking whether it is there would be asking the network.</summary>
    public static bool IsRemote(string name) => name.StartsWith("//", StringComparison.Ordinal) || name.StartsWith(@"\\", StringComparison.Ordinal);

    /// <returns>As seen from the page, with <c>/</c>; absolute where there is no way.</returns>
    public string Relative(string fullPath) => Slashes(Path.GetRelativePath(pageFolder, fullPath));

    private static string Slashes(string path) => Path.DirectorySeparatorChar == '/' ? path : path.Replace(Path.DirectorySeparatorChar, '/');

    // A colon in the first part would make a scheme of it; escaped it is a letter like others.
    private static string Encoded(string path) => string.Join('/', Slashes(path).Split('/').Select(Uri.EscapeDataString));
}
