using System.Globalization;
using System.Text;

namespace GmiKlingFlow.Runtime.Revisions;

/// <summary>What git keeps of a file that Git LFS holds: the content's hash and length.</summary>
internal sealed record LargeFilePointer(string Sha256, long Bytes)
{
    /// <summary>Longer files are no pointers (the specification's limit).</summary>
    public const long Longest = 1024;

    private const string FirstLine = "version https://git-lfs.github.com/spec/";
    private const string Oid = "oid sha256:";
    private const string Size = "size ";

    /// <returns>Null for any other file.</returns>
    public static LargeFilePointer? Parse(ReadOnlySpan<byte> content)
    {
        var lines = Encoding.UTF8.GetString(content).Split('\n', StringSplitOptions.TrimEntries);
        if (!lines[0].StartsWith(FirstLine, StringComparison.Ordinal))
        {
            return null;
        }

        var (sha256, bytes) = ("", -1L);
        foreach (var line in lines)
        {
            sha256 = line.StartsWith(Oid, StringComparison.Ordinal) ? line[Oid.Length..] : sha256;
            bytes = line.StartsWith(Size, StringComparison.Ordinal) && long.TryParse(line[Size.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : bytes;
        }

        return sha256.Length == 64 && sha256.All(char.IsAsciiHexDigitLower) && bytes >= 0 ? new LargeFilePointer(sha256, bytes) : null;
    }
}
