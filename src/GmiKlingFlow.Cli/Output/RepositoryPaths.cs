namespace GmiKlingFlow.Cli.Output;

/// <summary>How a repository's services name files: relative to the checkout, with <c>/</c>.</summary>
internal sealed class RepositoryPaths
{
    private readonly string workingDirectory;

    /// <param name="workingDirectory">Absolute; shown paths start from it.</param>
    /// <param name="workspace"><c>GITHUB_WORKSPACE</c>; the root, where the working directory lies in it. Null elsewhere.</param>
    public RepositoryPaths(string workingDirectory, string? workspace)
    {
        this.workingDirectory = workingDirectory;
        Root = workspace is { Length: > 0 } && Path.IsPathFullyQualified(workspace) && Below(workspace, workingDirectory) is not null ? workspace : workingDirectory;
    }

    /// <summary>Absolute.</summary>
    public string Root { get; }

    public string FullPath(string shown) => Path.GetFullPath(shown, workingDirectory);

    /// <param name="shown">As diagnostics name the file.</param>
    /// <returns>Null for a file outside the root.</returns>
    public string? Relative(string shown) => Below(Root, FullPath(shown));

    private static string? Below(string folder, string path)
    {
        var relative = Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/');
        return Path.IsPathRooted(relative) || relative == ".." || relative.StartsWith("../", StringComparison.Ordinal) ? null : relative;
    }
}
