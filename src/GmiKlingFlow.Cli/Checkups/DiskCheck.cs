using System.Globalization;
using System.Security;
using GmiKlingFlow.Cli.Hosting;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Runtime.Downloads;

namespace GmiKlingFlow.Cli.Checkups;

/// <summary>A folder that a run writes to: may it, and is there room. Makes no folder, and leaves nothing behind.</summary>
internal static class DiskCheck
{
    /// <summary>A result may have as much (api-contract 4.2).</summary>
    private const long LeastMegabytes = 100;

    private const long FewMegabytes = 1024;

    private const long Megabyte = 1024 * 1024;

    /// <param name="folder">Absolute; it need not exist yet.</param>
    /// <param name="use">What it is for, as <c>out</c>.</param>
    /// <param name="free">The room on the disk of a folder, in bytes; null where that can't be told.</param>
    public static Finding Look(string use, string folder, string shown, Func<string, long?>? free = null)
    {
        if (NearestFolder(folder) is not { } there)
        {
            return Finding.Of(use, DownloadFailures.FolderNotWritable(shown, "a file is in its way"), ExitCodes.StateUnusable);
        }

        if (WhyNot(there) is { } reason)
        {
            return Finding.Of(use, DownloadFailures.FolderNotWritable(shown, reason), ExitCodes.StateUnusable);
        }

        if ((free ?? FreeBytes)(there) is not { } bytes)
        {
            return Finding.Well(use, $"{shown} can be written to");
        }

        var megabytes = bytes / Megabyte;
        var finding = Finding.Of(use, DownloadFailures.DiskNearlyFull(shown, megabytes), ExitCodes.StateUnusable);
        return megabytes < LeastMegabytes ? finding
            : megabytes < FewMegabytes ? finding with { Severity = Severity.Warning, ExitCode = ExitCodes.Done }
            : Finding.Well(use, string.Create(CultureInfo.InvariantCulture, $"{shown} can be written to, {megabytes / 1024.0:0.#} GB free"));
    }

    private static string? NearestFolder(string folder)
    {
        for (var path = folder; path is not null; path = Path.GetDirectoryName(path))
        {
            if (Directory.Exists(path))
            {
                return path;
            }

            if (File.Exists(path))
            {
                return null;
            }
        }

        return null;
    }

    private static string? WhyNot(string folder)
    {
        try
        {
            using var file = new FileStream(
                Path.Combine(folder, $".gkflow-doctor-{Guid.NewGuid():N}"), FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
            file.WriteByte(0);
            file.Flush(flushToDisk: true);
            return null;
        }
        catch (Exception e) when (e is UnauthorizedAccessException or SecurityException)
        {
            return "there is no permission";
        }
        catch (IOException e)
        {
            // ENOSPC, and ERROR_DISK_FULL as an HRESULT.
            return e.HResult is 28 or unchecked((int)0x80070070) ? "the disk is full" : "the disk refused it";
        }
    }

    private static long? FreeBytes(string folder)
    {
        try
        {
            return new DriveInfo(folder).AvailableFreeSpace;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
