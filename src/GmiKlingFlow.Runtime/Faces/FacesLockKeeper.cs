using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Manifests.Locks;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning.Choosing;
using GmiKlingFlow.Runtime.Downloads;

namespace GmiKlingFlow.Runtime.Faces;

/// <summary>What writing a lock came to.</summary>
/// <param name="Lock">As it lies on the disk now, unless there is a failure.</param>
/// <param name="Failure">Null when it was written.</param>
public sealed record KeptLock(FacesLock Lock, IReadOnlyList<Diagnostic> Warnings, Failure? Failure);

/// <summary>Writes the faces lock beside a flow, with the faces' pictures.</summary>
public sealed class FacesLockKeeper(PictureDownloader pictures, TimeProvider time)
{
    /// <returns>Why a lock could not be written, before anything is paid for it; null when it could.</returns>
    /// <param name="flowPath">Absolute.</param>
    public static Failure? Problem(string flowPath, string shown) =>
        SafeFile.WhyNot(FacesLockFiles.LockOf(flowPath)) is { } reason ? FacesLockFailures.NotWritten(shown, reason) : null;

    /// <param name="flowPath">Absolute.</param>
    /// <param name="old">The lock that lies there; null where there is none.</param>
    public async Task<KeptLock> KeepAsync(string flowPath, FacesLock? old, LockRevision revision, CancellationToken cancellationToken)
    {
        var thumbnails = new Thumbnails(flowPath, pictures, time);
        var (faces, warnings) = await thumbnails.SaveAsync(revision.Lock, cancellationToken);
        var path = FacesLockFiles.LockOf(flowPath);
        var content = FacesLockText.Of(faces);
        if (!IsThere(path, content) && SafeFile.Write(path, content) is { } reason)
        {
            return new KeptLock(faces, warnings, FacesLockFailures.NotWritten(revision.Lock.File, reason));
        }

        if (old is not null)
        {
            thumbnails.Forget(old, faces);
        }

        return new KeptLock(faces, warnings, null);
    }

    private static bool IsThere(string path, byte[] content)
    {
        try
        {
            return new FileInfo(path) is { Exists: true, LinkTarget: null } file && file.Length == content.Length && File.ReadAllBytes(path).AsSpan().SequenceEqual(content);
        }
        catch (Exception e) when (DiskTrouble.IsOne(e))
        {
            return false;
        }
    }
}
