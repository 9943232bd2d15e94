using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using GmiKlingFlow.Runtime.Queue;

namespace GmiKlingFlow.Runtime.Downloads;

/// <summary>A result on its way: <c>TARGET.part</c>, and <c>TARGET.part.json</c> that tells what may be appended to it.</summary>
internal sealed class PartialFile : IDisposable
{
    /// <summary>A download no longer than this is not worth continuing in another process: no note is made for it.</summary>
    public const int Short = 256 * 1024;

    // The disk is kept busy meanwhile, so that little is left to wait for at the end.
    private const int SyncEvery = 64 * 1024 * 1024;

    private readonly FileStream stream;
    private readonly DiskSync disk;
    private readonly string notePath;
    private readonly string source;
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private Task syncing = Task.CompletedTask;
    private byte[]? whole;
    private long hashed;
    private long synced;
    private bool hasNote;
    private bool isMoved;

    private PartialFile(FileStream stream, string path, string source, DiskSync disk)
    {
        (this.stream, Path, this.source, this.disk) = (stream, path, source, disk);
        Length = stream.Length;
        notePath = path + ".json";
        hasNote = File.Exists(notePath);
        Validator = Length > 0 && ReadNote() is { } note && note.Source == source ? note.Validator : null;
    }

    public string Path { get; }

    /// <summary>Counted, not asked for: nobody else has it open.</summary>
    public long Length { get; private set; }

    /// <summary>ETag or date that the server must confirm before bytes are appended; null when there is nothing to continue.</summary>
    public string? Validator { get; private set; }

    /// <summary>Opens or makes it, locked against another download of the same target. Throws what <see cref="DiskTrouble"/> names.</summary>
    public static PartialFile Open(string target, Uri url, DiskSync disk)
    {
        var path = target + ".part";
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(target) ?? ".");
        if (OutputFolder.IsLink(path))
        {
            File.Delete(path);
        }

        var stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);

        // Without the query: a signature changes each time, and must not be written anywhere.
        var source = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(WebAddress.Shown(url))));
        return new PartialFile(stream, path, source, disk);
    }

    /// <summary>Removes what a cut-off download has left beside a target that is whole already; leaves it where another download is at it.</summary>
    public static void Discard(string target)
    {
        var path = target + ".part";
        if (!File.Exists(path))
        {
            return;
        }

        try
        {
            // Locked first: it goes with the lock.
            using var stream = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
            File.Delete(path + ".json");
        }
        catch (Exception e) when (DiskTrouble.IsOne(e))
        {
            // It is in nobody's way.
        }
    }

    /// <summary>Starts from nothing; what follows belongs to the given validator.</summary>
    public void StartAnew(string? validator)
    {
        if (Length > 0)
        {
            stream.SetLength(0);
        }

        Validator = validator;
        (Length, hashed, synced) = (0, 0, 0);
        _ = hash.GetHashAndReset();
        DeleteNote();
    }

    /// <summary>Appends, and hashes on the way what has been hashed so far.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (Length + bytes.Length > Short)
        {
            WriteNote();
        }

        RandomAccess.Write(stream.SafeFileHandle, bytes, Length);
        if (hashed == Length)
        {
            hash.AppendData(bytes);
            hashed += bytes.Length;
        }

        Length += bytes.Length;
        if (Length - synced >= SyncEvery && syncing.IsCompletedSuccessfully)
        {
            synced = Length;
            syncing = disk.OfAsync(stream.SafeFileHandle);
        }
    }

    /// <summary>Brings all bytes to the disk itself.</summary>
    public async Task SyncAsync()
    {
        await syncing.ConfigureAwait(false);
        await disk.OfAsync(stream.SafeFileHandle).ConfigureAwait(false);
    }

    public async Task<string> HashAsync(CancellationToken cancellationToken)
    {
        if (hashed == Length)
        {
            hashed = -1;
            return Convert.ToHexStringLower(hash.GetHashAndReset());
        }

        // A part of it came earlier.
        stream.Position = 0;
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>The bytes from the start, for a check; not to be disposed.</summary>
    public Stream Rewound()
    {
        if (Length <= Short)
        {
            return new MemoryStream(Whole(), 0, (int)Length, writable: false);
        }

        stream.Position = 0;
        return stream;
    }

    /// <summary>Closes it and moves it, over what is there.</summary>
    public void MoveTo(string path)
    {
        isMoved = true;
        stream.Dispose();
        File.Move(Path, path, overwrite: true);
        DeleteNote();
    }

    /// <summary>What came is kept, with what is needed to go on from there.</summary>
    public void Dispose()
    {
        try
        {
            if (!isMoved && Length > 0)
            {
                WriteNote();
            }
        }
        catch (Exception e) when (DiskTrouble.IsOne(e))
        {
            // Without it the next download starts anew.
        }
        finally
        {
            stream.Dispose();
            hash.Dispose();
            if (whole is not null)
            {
                ArrayPool<byte>.Shared.Return(whole);
            }
        }
    }

    // Tables lie all over a file, and are read twice.
    private byte[] Whole()
    {
        if (whole is null)
        {
            stream.Position = 0;
            whole = ArrayPool<byte>.Shared.Rent((int)Length);
            stream.ReadExactly(whole, 0, (int)Length);
        }

        return whole;
    }

    private void WriteNote()
    {
        if (hasNote || Validator is not { } validator)
        {
            return;
        }

        // CreateNew never writes through a link that someone has put there.
        using var note = new FileStream(notePath, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        JsonSerializer.Serialize(note, new Note(source, validator));
        hasNote = true;
    }

    private void DeleteNote()
    {
        if (hasNote)
        {
            File.Delete(notePath);
            hasNote = false;
        }
    }

    private Note? ReadNote()
    {
        try
        {
            return !OutputFolder.IsLink(notePath) && new FileInfo(notePath) is { Exists: true, Length: < 4096 }
                ? JsonSerializer.Deserialize<Note>(File.ReadAllBytes(notePath))
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    private sealed record Note(string Source, string Validator);
}
