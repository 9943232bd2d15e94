using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using GmiKlingFlow.Runtime.Queue;

namespace GmiKlingFlow.Runtime.Downloads;

/// <summary>A result on its way: <c>TARGET.part</c>, and <c>TARGET.part.json</c> that tells what may be appended to it.</summary>
internal sealed class PartialFile : IDisposable
{
    private readonly FileStream stream;
    private readonly string notePath;
    private readonly string source;

    private PartialFile(FileStream stream, string path, string source)
    {
        (this.stream, Path, this.source) = (stream, path, source);
        notePath = path + ".json";
        Validator = stream.Length > 0 && ReadNote() is { } note && note.Source == source ? note.Validator : null;
    }

    public string Path { get; }

    public long Length => stream.Length;

    /// <summary>ETag or date that the server must confirm before bytes are appended; null when there is nothing to continue.</summary>
    public string? Validator { get; private set; }

    /// <summary>Opens or makes it, locked against another download of the same target. Throws what <see cref="DiskTrouble"/> names.</summary>
    public static PartialFile Open(string target, Uri url)
    {
        var path = target + ".part";
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(target) ?? ".");
        if (OutputFolder.IsLink(path))
        {
            File.Delete(path);
        }

        var stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 81920, FileOptions.Asynchronous);

        // Without the query: a signature changes each time, and must not be written anywhere.
        var source = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(WebAddress.Shown(url))));
        return new PartialFile(stream, path, source);
    }

    /// <summary>Starts from nothing; what follows belongs to the given validator.</summary>
    public void StartAnew(string? validator)
    {
        stream.SetLength(0);
        stream.Position = 0;
        Validator = validator;
        DeleteNote();
        if (validator is not null)
        {
            // CreateNew never writes through a link that someone has put there.
            using var note = new FileStream(notePath, FileMode.CreateNew, FileAccess.Write, FileShare.None);
            JsonSerializer.Serialize(note, new Note(source, validator));
        }
    }

    public void SeekEnd() => stream.Seek(0, SeekOrigin.End);

    public ValueTask AppendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) => stream.WriteAsync(bytes, cancellationToken);

    /// <summary>Brings all bytes to the disk itself.</summary>
    public async Task SyncAsync(CancellationToken cancellationToken)
    {
        await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
        stream.Flush(flushToDisk: true);
    }

    public async Task<string> HashAsync(CancellationToken cancellationToken)
    {
        stream.Position = 0;
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>The bytes from the start, for a check; not to be disposed.</summary>
    public Stream Rewound()
    {
        stream.Position = 0;
        return stream;
    }

    /// <summary>Closes it and moves it, over what is there.</summary>
    public void MoveTo(string path)
    {
        stream.Dispose();
        File.Move(Path, path, overwrite: true);
        DeleteNote();
    }

    public void Dispose() => stream.Dispose();

    private void DeleteNote() => File.Delete(notePath);

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
