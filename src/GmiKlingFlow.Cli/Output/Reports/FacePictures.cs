using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Manifests;
using GmiKlingFlow.Core.Manifests.Locks;
using GmiKlingFlow.Core.Model;

namespace GmiKlingFlow.Cli.Output.Reports;

/// <summary>Faces and their pictures from the faces lock beside a flow, where there is one. The pictures go into the page.</summary>
internal sealed class FacePictures
{
    private const long LargestPicture = 256 << 10;
    private const long LargestTogether = 8 << 20;

    private readonly Dictionary<string, string?> pictures = new(StringComparer.Ordinal);
    private long together;

    /// <param name="flowPath">Absolute; the flow itself need not be there.</param>
    /// <returns>The videos of the flow's lock by fingerprint; empty where there is none, or none that can be used.</returns>
    public static IReadOnlyDictionary<string, LockedVideo> LockOf(string flowPath)
    {
        try
        {
            var found = new FacesLockLoader(new DiskFlowFiles()).Load(flowPath, Path.GetDirectoryName(flowPath) ?? flowPath, new DiagnosticBag());
            return (found?.Videos ?? []).DistinctBy(static video => video.Fingerprint).ToDictionary(static video => video.Fingerprint, StringComparer.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return new Dictionary<string, LockedVideo>();
        }
    }

    /// <returns>A data URL; null where there is no picture, or too much of it.</returns>
    public string? Of(string flowPath, LockedFace? face)
    {
        if (face?.Thumbnail is not { } name || Path.GetDirectoryName(flowPath) is not { } folder)
        {
            return null;
        }

        var path = Path.GetFullPath(name, folder);
        if (!pictures.TryGetValue(path, out var picture))
        {
            pictures.Add(path, picture = Read(path));
        }

        return picture;
    }

    private string? Read(string path)
    {
        try
        {
            if (new FileInfo(path) is not { Exists: true, Length: > 0 and <= LargestPicture } file || together + file.Length > LargestTogether)
            {
                return null;
            }

            var bytes = File.ReadAllBytes(path);
            if (TypeOf(bytes) is not { } type)
            {
                return null;
            }

            together += bytes.Length;
            return $"data:{type};base64,{Convert.ToBase64String(bytes)}";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return null;
        }
    }

    // By content: a lock may name any file.
    private static string? TypeOf(ReadOnlySpan<byte> bytes) =>
        bytes is [0x89, (byte)'P', (byte)'N', (byte)'G', ..] ? "image/png"
        : bytes is [0xFF, 0xD8, 0xFF, ..] ? "image/jpeg"
        : bytes is [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] ? "image/webp"
        : null;
}
