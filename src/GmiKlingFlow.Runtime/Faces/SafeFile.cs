using GmiKlingFlow.Runtime.Downloads;

namespace GmiKlingFlow.Runtime.Faces;

/// <summary>Files beside a flow, which may be a stranger's repository: whole or not at all, and never through a link.</summary>
internal static class SafeFile
{
    /// <returns>Why it could not be written, as a clause; null when it was. What was there before is there still then.</returns>
    public static string? Write(string path, ReadOnlySpan<byte> content)
    {
        var unfinished = $"{path}.part";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path) ?? ".");
            File.Delete(unfinished);
            using (var file = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                file.Write(content);
                file.Flush(flushToDisk: true);
            }

            File.Move(unfinished, path, overwrite: true);
            return null;
        }
        catch (Exception e) when (DiskTrouble.IsOne(e))
        {
            TryDelete(unfinished);
            return Reason(e);
        }
    }

    /// <returns>Why nothing could be written there, as a clause; null when it could.</returns>
    public static string? WhyNot(string path)
    {
        if (Directory.Exists(path))
        {
            return "it is a folder";
        }

        var tried = $"{path}.part";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path) ?? ".");
            File.Delete(tried);
            using var file = new FileStream(tried, FileMode.CreateNew, FileAccess.Write, FileShare.None, 4096, FileOptions.DeleteOnClose);
            return null;
        }
        catch (Exception e) when (DiskTrouble.IsOne(e))
        {
            return Reason(e);
        }
    }

    private static string Reason(Exception e) => e switch
    {
        UnauthorizedAccessException or System.Security.SecurityException => "there is no permission",
        // ENOSPC, and ERROR_DISK_FULL as an HRESULT.
        { HResult: 28 or unchecked((int)0x80070070) } => "the disk is full",
        PathTooLongException => "the path is too long for this disk",
        _ => "the disk refused it",
    };

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (DiskTrouble.IsOne(e))
        {
            // It told its reason already.
        }
    }
}
