namespace GmiKlingFlow.Simulator.Storage;

/// <summary>Finds files below a folder by a name that a client sent, and none outside it.</summary>
internal static class ServedFolder
{
    /// <returns>The file's full path; null when there is no such file below the folder, also by way of a symlink.</returns>
    public static string? Find(string folder, string name)
    {
        if (name.Length == 0 || name.Contains('\0') || name.Contains('\\') || name.Split('/').Any(part => part is "" or "." or ".."))
        {
            return null;
        }

        var root = Path.GetFullPath(folder);
        var file = Path.GetFullPath(Path.Combine(root, name.Replace('/', Path.DirectorySeparatorChar)));
        return IsBelow(root, file) && File.Exists(file) && !LeavesByLink(root, file) ? file : null;
    }

    private static bool IsBelow(string root, string file) =>
        file.StartsWith(Path.TrimEndingDirectorySeparator(root) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static bool LeavesByLink(string root, string file)
    {
        try
        {
            for (var current = file; current is not null && IsBelow(root, current); current = Path.GetDirectoryName(current))
            {
                FileSystemInfo info = Directory.Exists(current) ? new DirectoryInfo(current) : new FileInfo(current);
                if (info.ResolveLinkTarget(returnFinalTarget: true) is { } target && !IsBelow(root, target.FullName))
                {
                    return true;
                }
            }

            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }
}
