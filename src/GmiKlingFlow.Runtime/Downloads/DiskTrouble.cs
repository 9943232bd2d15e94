using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Runtime.Downloads;

/// <summary>Names what the file system refused.</summary>
internal static class DiskTrouble
{
    // errno on Linux and macOS; HRESULT_FROM_WIN32 on Windows.
    private const int NoSpace = 28;
    private const int QuotaLinux = 122;
    private const int QuotaMac = 69;
    private const int WindowsDiskFull = unchecked((int)0x80070070);
    private const int WindowsHandleDiskFull = unchecked((int)0x80070027);
    private const int WindowsSharing = unchecked((int)0x80070020);
    private const int WindowsLock = unchecked((int)0x80070021);
    private const int WouldBlockLinux = 11;
    private const int WouldBlockMac = 35;
    private const int ReadOnlyFileSystem = 30;

    public static bool IsOne(Exception e) => e is IOException or UnauthorizedAccessException or System.Security.SecurityException or NotSupportedException;

    public static Failure Of(Exception e, string path) => e switch
    {
        UnauthorizedAccessException or System.Security.SecurityException => DownloadFailures.NotWritable(path, "there is no permission, or it is a folder"),
        DirectoryNotFoundException => DownloadFailures.NotWritable(path, "its folder does not exist and can't be made"),
        PathTooLongException => DownloadFailures.NotWritable(path, "the path is too long for this disk"),
        NotSupportedException => DownloadFailures.NotWritable(path, "no file can have this name here"),
        _ => e.HResult switch
        {
            NoSpace or WindowsDiskFull or WindowsHandleDiskFull => DownloadFailures.DiskFull(path),
            QuotaLinux when OperatingSystem.IsLinux() => DownloadFailures.DiskFull(path),
            QuotaMac when OperatingSystem.IsMacOS() => DownloadFailures.DiskFull(path),
            WindowsSharing or WindowsLock => DownloadFailures.InUse(path),
            WouldBlockLinux when OperatingSystem.IsLinux() => DownloadFailures.InUse(path),
            WouldBlockMac when OperatingSystem.IsMacOS() => DownloadFailures.InUse(path),
            ReadOnlyFileSystem => DownloadFailures.NotWritable(path, "the disk is read-only"),
            _ => DownloadFailures.NotWritable(path, "the disk refused it"),
        },
    };
}
