using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Runtime.Downloads;

/// <summary>Where an output may go, or why not.</summary>
public abstract record OutputPath
{
    private OutputPath()
    {
    }

    /// <param name="FullPath">Absolute, below the folder, through no link.</param>
    public sealed record Inside(string FullPath) : OutputPath;

    public sealed record Refused(Failure Failure) : OutputPath;
}

/// <summary>The folder that a flow's outputs stay in (product 3: below the output folder, never outside it).</summary>
public sealed class OutputFolder
{
    /// <param name="root">The folder; it need not exist. It may itself lie behind a link: the user chose it.</param>
    public OutputFolder(string root) => Root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));

    /// <summary>Absolute.</summary>
    public string Root { get; }

    /// <summary>Checks a path again right before it is written: folders below the root may have become links since the plan.</summary>
    /// <param name="relative">Below the folder, with <c>/</c> or the system's separator.</param>
    public OutputPath Resolve(string relative)
    {
        if (relative.Length == 0 || relative.Any(char.IsControl))
        {
            return Refuse(relative, "it is no file name");
        }

        if (Path.IsPathRooted(relative) || (OperatingSystem.IsWindows() && relative.Contains(':', StringComparison.Ordinal)))
        {
            return Refuse(relative, "it is not relative");
        }

        var parts = relative.Split('/', Path.DirectorySeparatorChar);
        if (parts.Any(p => p is "" or "." or ".."))
        {
            return Refuse(relative, "it has an empty part, \".\" or \"..\"");
        }

        var path = Root;
        foreach (var part in parts)
        {
            path = Path.Combine(path, part);
            if (IsLink(path))
            {
                return Refuse(relative, $"\"{part}\" is a link");
            }
        }

        return Directory.Exists(path)
            ? new OutputPath.Refused(DownloadFailures.NotWritable(path, "it is a folder"))
            : new OutputPath.Inside(path);
    }

    /// <returns>The part of a path below a folder that is a link; null where none is.</returns>
    internal static string? LinkIn(string folder, string relative)
    {
        var path = folder;
        return relative.Split('/', Path.DirectorySeparatorChar).FirstOrDefault(part => IsLink(path = Path.Combine(path, part)));
    }

    internal static bool IsLink(string path) => new FileInfo(path).LinkTarget is not null;

    private static OutputPath.Refused Refuse(string relative, string why) => new(DownloadFailures.LeavesFolder(relative, why));
}
