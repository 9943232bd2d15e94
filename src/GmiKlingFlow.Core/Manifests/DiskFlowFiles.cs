using System.Security;
using System.Security.Cryptography;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Media;

namespace GmiKlingFlow.Core.Manifests;

/// <summary>The disk as flows see it. Remembers what it hashed and probed: a second flow with the same media costs nothing.</summary>
/// <param name="time">For the time a named pipe is given to find a writer.</param>
/// <param name="hashes">False where flows are only checked: hashing reads whole videos, and starting OpenSSL costs as much as reading a flow.</param>
public sealed class DiskFlowFiles(TimeProvider? time = null, bool hashes = true) : IFlowFiles
{
    /// <summary>Far above every limit of the API (api-contract 4): nothing is learnt by reading so much.</summary>
    private const long LargestSource = 512_000_000;

    private static readonly TimeSpan PipePatience = TimeSpan.FromSeconds(2);

    private readonly Dictionary<string, ContentReading> contents = new(StringComparer.Ordinal);
    private readonly RealPaths realPaths = new();

    public bool Hashes => hashes;

    public BytesReading ReadBytes(string path, long limit)
    {
        try
        {
            if (Directory.Exists(path))
            {
                return new BytesReading.Directory();
            }

            if (Open(path) is not { } opened)
            {
                return new BytesReading.Unreadable("it is a pipe that nothing writes to");
            }

            using var file = opened;
            if (file.CanSeek && file.Length > limit)
            {
                return new BytesReading.TooLarge(file.Length);
            }

            // The length may change while it is read, and a pipe has none: only what is read counts.
            var bytes = new MemoryStream();
            var chunk = new byte[64 * 1024];
            int read;
            while ((read = file.Read(chunk)) > 0)
            {
                bytes.Write(chunk, 0, read);
                if (bytes.Length > limit)
                {
                    return new BytesReading.TooLarge(Math.Max(bytes.Length, file.CanSeek ? file.Length : 0));
                }
            }

            return new BytesReading.Read(bytes.GetBuffer().AsMemory(0, (int)bytes.Length));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return new BytesReading.Missing();
        }
        catch (Exception e) when (Reason(e) is { } reason)
        {
            return new BytesReading.Unreadable(reason);
        }
    }

    public PathReading Resolve(string path)
    {
        try
        {
            return realPaths.Resolve(path);
        }
        catch (Exception e) when (Reason(e) is { } reason)
        {
            return new PathReading.Unreadable(reason);
        }
    }

    public ContentReading Describe(string realPath)
    {
        if (!contents.TryGetValue(realPath, out var content))
        {
            contents.Add(realPath, content = Read(realPath));
        }

        return content;
    }

    // To open a named pipe waits for a writer, for ever if need be. Only files without a length can be one.
    private FileStream? Open(string path)
    {
        if (new FileInfo(path).Length > 0)
        {
            return OpenNow();
        }

        var opening = Task.Run(OpenNow);
        try
        {
            return opening.WaitAsync(PipePatience, time ?? TimeProvider.System).GetAwaiter().GetResult();
        }
        catch (TimeoutException)
        {
            _ = opening.ContinueWith(static late => late.Result.Dispose(), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
            return null;
        }

        FileStream OpenNow() => new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
    }

    private ContentReading Read(string path)
    {
        try
        {
            // Pipes and devices have no length either; opening one could wait for ever.
            var size = new FileInfo(path).Length;
            if (size > LargestSource)
            {
                return new ContentReading.Unreadable($"it has {Quoted.Count(size)} bytes, far more than the service takes");
            }

            if (size == 0)
            {
                return new ContentReading.Read(hashes ? Convert.ToHexStringLower(SHA256.HashData([])) : null, 0, new MediaReading.Unreadable("it is empty"));
            }

            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);
            var sha256 = hashes ? Convert.ToHexStringLower(SHA256.HashData(file)) : null;
            var length = file.Length;
            file.Position = 0;
            return new ContentReading.Read(sha256, length, MediaReader.Read(file));
        }
        catch (Exception e) when (Reason(e) is { } reason)
        {
            return new ContentReading.Unreadable(reason);
        }
    }

    private static string? Reason(Exception e) => e switch
    {
        UnauthorizedAccessException or SecurityException => "access is denied",
        FileNotFoundException or DirectoryNotFoundException => "it is gone",
        PathTooLongException => "its path is too long",
        IOException or NotSupportedException or ArgumentException => e.Message.TrimEnd('.'),
        _ => null,
    };
}
