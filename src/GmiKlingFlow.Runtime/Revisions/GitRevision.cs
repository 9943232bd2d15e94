using GmiKlingFlow.Core.Manifests;

namespace GmiKlingFlow.Runtime.Revisions;

/// <summary>A commit of the repository that a folder lies in: which files it has, and what is in them.</summary>
public sealed class GitRevision : IDisposable
{
    private readonly GitProcess git;
    private readonly Dictionary<string, TreeEntry> entries;
    private readonly HashSet<string> folders;
    private readonly DirectoryInfo extracted = Directory.CreateTempSubdirectory("gkflow-revision-");

    private GitRevision(GitProcess git, string root, string largeFiles, Dictionary<string, TreeEntry> entries)
    {
        (this.git, Root, LargeFiles, this.entries) = (git, root, largeFiles, entries);
        folders = new HashSet<string>(StringComparer.Ordinal) { "" };
        foreach (var path in entries.Keys)
        {
            for (var slash = path.LastIndexOf('/'); slash > 0 && folders.Add(path[..slash]); slash = path.LastIndexOf('/', slash - 1))
            {
            }
        }
    }

    /// <summary>The repository's folder, absolute, symbolic links resolved.</summary>
    public string Root { get; }

    /// <summary>Paths of all its files from the repository's root, with <c>/</c>.</summary>
    public IEnumerable<string> Paths => entries.Keys;

    /// <summary>Where Git LFS keeps what it has fetched.</summary>
    internal string LargeFiles { get; }

    /// <param name="folder">Absolute; any folder of the repository.</param>
    /// <returns>The revision, or why it can't be had: a clause for people.</returns>
    public static async Task<(GitRevision? Revision, string? Problem)> OpenAsync(string folder, string revision, TimeProvider time, CancellationToken cancellationToken)
    {
        var git = new GitProcess(folder, time);

        // A revision that begins with a dash would be an option.
        if (revision.Length == 0 || revision[0] == '-')
        {
            return (null, "it names no revision");
        }

        var (root, problem) = await LineAsync(git, ["rev-parse", "--show-toplevel"], cancellationToken);
        if (root is null)
        {
            return (null, problem);
        }

        var (commit, unknown) = await LineAsync(git, ["rev-parse", "--verify", $"{revision}^{{commit}}"], cancellationToken);
        if (commit is null)
        {
            return (null, unknown is "Needed a single revision" ? $"there is no revision \"{revision}\"" : unknown);
        }

        var (common, _) = await LineAsync(git, ["rev-parse", "--git-common-dir"], cancellationToken);
        using var list = new MemoryStream();
        return await git.RunAsync(["ls-tree", "-r", "-z", "-l", "--full-tree", commit], list, cancellationToken) is { } failed
            ? (null, failed)
            : (new GitRevision(git, Path.GetFullPath(root), Path.Combine(Path.GetFullPath(common ?? ".git", folder), "lfs", "objects"), TreeEntry.List(list.ToArray())), null);
    }

    /// <param name="path">From the repository's root, with <c>/</c>.</param>
    public bool IsFolder(string path) => folders.Contains(path);

    public void Dispose()
    {
        try
        {
            extracted.Delete(recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What is left lies in the system's folder for such files.
        }
    }

    internal TreeEntry? Entry(string path) => entries.GetValueOrDefault(path);

    /// <summary>A file's content as a file of its own, made once; symbolic links hold their target.</summary>
    /// <exception cref="IOException">Git can't give it, as in a partial clone that has not fetched it.</exception>
    internal string Extract(TreeEntry entry)
    {
        var file = Path.Combine(extracted.FullName, entry.Object);
        if (File.Exists(file))
        {
            return file;
        }

        using (var content = File.Create($"{file}.part"))
        {
            // The port to files is synchronous, and so is who waits here.
            if (git.RunAsync(["cat-file", "blob", entry.Object], content, CancellationToken.None).GetAwaiter().GetResult() is { } problem)
            {
                throw new IOException(problem);
            }
        }

        File.Move($"{file}.part", file);
        return file;
    }

    private static async Task<(string? Line, string? Problem)> LineAsync(GitProcess git, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        using var output = new MemoryStream();
        return await git.RunAsync(arguments, output, cancellationToken) is { } problem
            ? (null, problem)
            : (System.Text.Encoding.UTF8.GetString(output.ToArray()).TrimEnd('\n', '\r'), null);
    }
}
