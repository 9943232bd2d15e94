using System.Security;

namespace GmiKlingFlow.Cli.Watching;

/// <summary>What tells one saved state of a file from another without reading it.</summary>
/// <param name="Length">In bytes; -1 for a folder, whose contents don't count, and where there is nothing.</param>
internal readonly record struct FileStamp(bool IsThere, long Length, DateTime WrittenUtc)
{
    public static FileStamp Of(string path)
    {
        try
        {
            var file = new FileInfo(path);
            return file.Exists ? new FileStamp(true, file.Length, file.LastWriteTimeUtc)
                : Directory.Exists(path) ? new FileStamp(true, -1, default)
                : new FileStamp(false, -1, default);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SecurityException or ArgumentException or NotSupportedException)
        {
            return new FileStamp(false, -1, default);
        }
    }
}
