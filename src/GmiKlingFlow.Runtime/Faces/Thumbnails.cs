using System.Collections.Concurrent;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Manifests.Locks;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Runtime.Downloads;

namespace GmiKlingFlow.Runtime.Faces;

/// <summary>Saves the faces' pictures beside the lock. What fails is a warning: a picture is never worth a paid identify.</summary>
internal sealed class Thumbnails(string flowPath, PictureDownloader pictures, TimeProvider time)
{
    private const int Most = 500;
    private const int AtOnce = 4;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly OutputFolder beside = new(Path.GetDirectoryName(flowPath) ?? flowPath);
    private readonly string folder = Path.GetFileName(FacesLockFiles.ThumbnailFolderOf(flowPath));
    private readonly ConcurrentBag<(int Order, Diagnostic Warning)> warnings = [];

    /// <returns>The lock with the pictures that lie on the disk, and what could not be had.</returns>
    public async Task<(FacesLock Lock, IReadOnlyList<Diagnostic> Warnings)> SaveAsync(FacesLock faces, CancellationToken cancellationToken)
    {
        var all = faces.Videos.SelectMany(static video => video.Faces.Select(face => (Video: video, Face: face))).ToList();
        var wanted = all.Where(each => each.Face.Face.ImageUrl is not null && !IsThere(each.Face.Thumbnail)).ToList();
        var fetched = new Picture?[wanted.Count];
        using var clock = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(clock.Token, cancellationToken);
        await Parallel.ForEachAsync(Enumerable.Range(0, Math.Min(Most, wanted.Count)), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (i, _) =>
            fetched[i] = await pictures.GetAsync(wanted[i].Face.Face.ImageUrl ?? "", either.Token));
        if (wanted.Count > Most)
        {
            warnings.Add((int.MaxValue, FacesLockFailures.MoreThumbnails(wanted.Count - Most)));
        }

        // In the lock's order, whichever picture came first: the names depend on it.
        var kept = all.Where(each => each.Face.Thumbnail is not null && IsThere(each.Face.Thumbnail)).Select(static each => Path.GetFileName(each.Face.Thumbnail ?? ""));
        var names = new ThumbnailNames(kept);
        var saved = new Dictionary<LockedFace, string?>(ReferenceEqualityComparer.Instance);
        for (var i = 0; i < wanted.Count; i++)
        {
            saved[wanted[i].Face] = Save(i, wanted[i].Video, wanted[i].Face.Face, fetched[i], names);
        }

        var videos = faces.Videos.Select(video => video with
        {
            Faces = [.. video.Faces.Select(face => face with { Thumbnail = saved.TryGetValue(face, out var path) ? path : face.Thumbnail })],
        });
        return (faces with { Videos = [.. videos] }, [.. warnings.OrderBy(static w => w.Order).Select(static w => w.Warning)]);
    }

    /// <summary>Takes away pictures of ours that a lock no longer names.</summary>
    public void Forget(FacesLock before, FacesLock now)
    {
        var named = Paths(now).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var path in Paths(before).Where(path => !named.Contains(path) && path.StartsWith($"{folder}/", StringComparison.Ordinal)))
        {
            if (beside.Resolve(path) is OutputPath.Inside { FullPath: var file })
            {
                Delete(file);
            }
        }
    }

    private static IEnumerable<string> Paths(FacesLock faces) => faces.Videos.SelectMany(static video => video.Faces).Select(static face => face.Thumbnail).OfType<string>();

    private bool IsThere(string? thumbnail) => thumbnail is not null && beside.Resolve(thumbnail) is OutputPath.Inside inside && File.Exists(inside.FullPath);

    private string? Save(int order, LockedVideo video, Face face, Picture? picture, ThumbnailNames names)
    {
        if (picture is not Picture.Fetched { Bytes: var bytes, Extension: var extension })
        {
            if (order < Most)
            {
                warnings.Add((order, FacesLockFailures.NoThumbnail(face.Id, video.Source, (picture as Picture.Missing)?.Reason ?? "it did not come in time")));
            }

            return null;
        }

        var path = $"{folder}/{names.Next(video, face, extension)}";
        switch (beside.Resolve(path))
        {
            case OutputPath.Refused refused:
                warnings.Add((order, FacesLockFailures.ThumbnailNotWritten(path, refused.Failure.Message)));
                return null;
            case OutputPath.Inside { FullPath: var file }:
                if (SafeFile.Write(file, bytes.Span) is not { } reason)
                {
                    return path;
                }

                warnings.Add((order, FacesLockFailures.ThumbnailNotWritten(path, reason)));
                return null;
            case var other:
                throw new InvalidOperationException($"A path was resolved as {other.GetType().Name}.");
        }
    }

    private static void Delete(string file)
    {
        try
        {
            File.Delete(file);
            if (Path.GetDirectoryName(file) is { } parent && !Directory.EnumerateFileSystemEntries(parent).Any())
            {
                Directory.Delete(parent);
            }
        }
        catch (Exception e) when (DiskTrouble.IsOne(e))
        {
            // A picture too many harms nobody.
        }
    }
}
