using System.Security.Cryptography;

namespace GmiKlingFlow.Runtime.State;

/// <summary>Holds files against the outputs on record.</summary>
internal static class OutputFiles
{
    /// <returns>The one of <paramref name="known"/> whose content the file has; null when it has none's, or can't be read.</returns>
    public static StoredOutput? IsThere(IReadOnlyList<StoredOutput> known, string path)
    {
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists || !known.Any(o => o.Bytes == file.Length))
            {
                return null;
            }

            using var content = file.OpenRead();
            var sha256 = Convert.ToHexStringLower(SHA256.HashData(content));
            return known.FirstOrDefault(o => o.Bytes == file.Length && o.Sha256 == sha256);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
