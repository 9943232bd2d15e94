using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Security;
using System.Security.Cryptography;
using System.Text;

namespace GmiKlingFlow.Runtime.Verification;

/// <summary>What a path holds now.</summary>
internal abstract record FileState
{
    private FileState()
    {
    }

    public sealed record Hashed(byte[] Hash) : FileState
    {
        public string Sha256 => Convert.ToHexStringLower(Hash);
    }

    /// <param name="Reason">Told without reading it, as in <c>100 bytes, not 60641</c>.</param>
    public sealed record Other(string Reason) : FileState;

    public sealed record Missing : FileState
    {
        public static readonly Missing One = new();
    }

    public sealed record Unreadable(string Reason) : FileState;
}

/// <summary>Hashes files, each once, and never more of one than the manifest says it has.</summary>
internal sealed class FileHashes
{
    // What is read of a file whose length the manifest does not tell: a flow is far shorter.
    private const long LargestUnmeasured = 64 * 1024 * 1024;

    // By the hash of its path: of a hundred thousand files little is held.
    private readonly Dictionary<(UInt128 Path, long? Bytes), FileState> known = [];

    /// <param name="path">Absolute.</param>
    /// <param name="bytes">How many it has to have; null where nobody knows.</param>
    public FileState Of(string path, long? bytes, CancellationToken cancellationToken)
    {
        var name = BinaryPrimitives.ReadUInt128LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(path)));
        if (!known.TryGetValue((name, bytes), out var state))
        {
            known.Add((name, bytes), state = Read(path, bytes, cancellationToken));
        }

        return state;
    }

    private static FileState Read(string path, long? bytes, CancellationToken cancellationToken)
    {
        try
        {
            if (Directory.Exists(path))
            {
                return new FileState.Other("it is a folder");
            }

            // A device or a pipe has no length: what should have one is told by that alone, what should have none is never opened.
            var length = new FileInfo(path).Length;
            if (length == 0 && bytes is null or 0)
            {
                return new FileState.Hashed(SHA256.HashData([]));
            }

            if (length != bytes && bytes is not null)
            {
                return new FileState.Other(string.Create(CultureInfo.InvariantCulture, $"{length} bytes, not {bytes}"));
            }

            if (bytes is null && length > LargestUnmeasured)
            {
                return new FileState.Other(string.Create(CultureInfo.InvariantCulture, $"{length} bytes, more than any such file has"));
            }

            return Hash(path, length, cancellationToken);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return FileState.Missing.One;
        }
        catch (Exception e) when (e is UnauthorizedAccessException or SecurityException)
        {
            return new FileState.Unreadable("access is denied");
        }
        catch (Exception e) when (e is IOException or NotSupportedException or ArgumentException)
        {
            return new FileState.Unreadable("it can't be read");
        }
    }

    private static FileState Hash(string path, long length, CancellationToken cancellationToken)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(1024 * 1024);
        try
        {
            var left = length + 1;
            int read;
            while (left > 0 && (read = file.Read(buffer, 0, (int)Math.Min(buffer.Length, left))) > 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                hash.AppendData(buffer, 0, read);
                left -= read;
            }

            return left == 1 ? new FileState.Hashed(hash.GetHashAndReset()) : new FileState.Other("it changed while it was read");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
