namespace GmiKlingFlow.Core.Manifests;

/// <summary>The folders that a flow's files may lie in: its own, the working directory, and those of <c>--allow-path</c>.</summary>
internal sealed class AllowedFolders
{
    // Windows and macOS mostly ignore case; to allow a twin that differs in case there is no hole, as it is the same file.
    private static readonly StringComparison PathComparison =
        OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    private readonly List<string> real;
    private readonly List<string> written;

    public AllowedFolders(IFlowFiles files, string flowFolder, FlowInputs inputs)
    {
        written = [flowFolder, inputs.WorkingDirectory];
        foreach (var folder in inputs.AllowedFolders)
        {
            written.Add(Path.GetFullPath(folder, inputs.WorkingDirectory));
        }

        real = new List<string>(written.Count);
        foreach (var folder in written)
        {
            if (files.Resolve(folder) is PathReading.Directory directory)
            {
                real.Add(directory.FullPath);
            }
        }
    }

    /// <param name="realPath">Absolute, symlinks resolved.</param>
    public bool Hold(string realPath) => real.Exists(folder => IsBelow(realPath, folder));

    /// <summary>For a path that can't be resolved at all, such as a circle of links.</summary>
    public bool HoldUnresolved(string path) => written.Concat(real).Any(folder => IsBelow(path, folder));

    private static bool IsBelow(string path, string folder)
    {
        var prefix = Path.EndsInDirectorySeparator(folder) ? folder : folder + Path.DirectorySeparatorChar;
        return path.StartsWith(prefix, PathComparison);
    }
}
