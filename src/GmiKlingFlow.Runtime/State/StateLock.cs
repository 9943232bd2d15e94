using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Runtime.State;

/// <summary>
/// Keeps a second run away from a state. The system holds the lock for the process, so that it ends with it, however it ends;
/// who holds it stands in a second file, because a locked file can't be read everywhere.
/// </summary>
internal sealed class StateLock : IDisposable
{
    private const string LockFile = "run.lock";
    private const string HolderFile = "run.holder.json";
    private readonly FileStream locked;
    private readonly string holderPath;
    private readonly byte[] holder;

    private StateLock(FileStream locked, string holderPath, byte[] holder)
    {
        this.locked = locked;
        this.holderPath = holderPath;
        this.holder = holder;
    }

    /// <returns>The lock, or why it can't be had.</returns>
    public static (StateLock? Lock, Failure? Failure) Take(string folder, DateTimeOffset now)
    {
        FileStream locked;
        try
        {
            locked = new FileStream(Path.Combine(folder, LockFile), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (IsHeldByAnother(e))
        {
            return (null, StateFailures.Locked(folder, DescribeHolder(Path.Combine(folder, HolderFile))));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, SqliteFailures.Of(e, folder));
        }

        try
        {
            var holderPath = Path.Combine(folder, HolderFile);
            var holder = Holder(now);
            File.WriteAllBytes(holderPath, holder);
            return (new StateLock(locked, holderPath, holder), null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            locked.Dispose();
            return (null, SqliteFailures.Of(e, folder));
        }
    }

    /// <summary>False when the folder's files were deleted or replaced behind our back: a new run could have started there.</summary>
    public bool IsStillOurs()
    {
        try
        {
            return File.ReadAllBytes(holderPath).AsSpan().SequenceEqual(holder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Who was at work on a state when it was cut off; null when nobody was, or when it may still be at work. Takes no lock: a run that starts meanwhile must get it.</summary>
    public static string? CutOff(string folder)
    {
        var path = Path.Combine(folder, HolderFile);
        return Read(path) is { } holder && holder.Host == Environment.MachineName && !IsAlive(holder.Pid) ? Words(holder) : null;
    }

    /// <summary>Who is at work on a state now, as far as can be told from here; null when nobody is. Takes no lock.</summary>
    public static string? AtWork(string folder) =>
        Read(Path.Combine(folder, HolderFile)) is { } holder && (holder.Host != Environment.MachineName || IsAlive(holder.Pid)) ? Words(holder) : null;

    public void Dispose()
    {
        try
        {
            if (IsStillOurs())
            {
                File.Delete(holderPath);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A stale holder file is overwritten by the next run.
        }

        locked.Dispose();
    }

    // Windows: ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION. Unix: EWOULDBLOCK is 11 on Linux and 35 on macOS.
    private static bool IsHeldByAnother(IOException error) => OperatingSystem.IsWindows()
        ? (error.HResult & 0xFFFF) is 32 or 33
        : error.HResult is 11 or 35;

    private static byte[] Holder(DateTimeOffset now)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("pid", Environment.ProcessId);
            json.WriteString("host", Environment.MachineName);
            json.WriteString("started_at", now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
            json.WriteString("token", Guid.NewGuid());
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static string DescribeHolder(string path) => Read(path) is { } holder ? Words(holder) : "another run";

    private static string Words((long Pid, string? Host, string? StartedAt) holder) =>
        string.Create(CultureInfo.InvariantCulture, $"process {holder.Pid} on host \"{holder.Host}\" since {holder.StartedAt}");

    private static (long Pid, string? Host, string? StartedAt)? Read(string path)
    {
        try
        {
            using var holder = JsonDocument.Parse(File.ReadAllText(path, Encoding.UTF8));
            var root = holder.RootElement;
            return (root.GetProperty("pid").GetInt64(), root.GetProperty("host").GetString(), root.GetProperty("started_at").GetString());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static bool IsAlive(long pid)
    {
        try
        {
            using var process = Process.GetProcessById((int)pid);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
