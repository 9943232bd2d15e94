using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning.Keys;
using GmiKlingFlow.Core.Timing;

namespace GmiKlingFlow.Core.Planning.Choosing;

/// <summary>Whom identify found in one video.</summary>
public sealed record FoundFaces(Video Video, string VideoKey, IReadOnlyList<Face> Faces);

/// <summary>What became of one video in a new lock.</summary>
public enum LockChange
{
    /// <summary>The same faces, within the tolerance: the entry stays as it was reviewed, to the byte.</summary>
    Same,

    /// <summary>Not locked before, or with another content.</summary>
    New,

    /// <summary>Locked with other faces before.</summary>
    Changed,

    /// <summary>Other faces, but found by a simulator, which never replaces what the service found.</summary>
    Kept,
}

/// <param name="Found">As identify found it.</param>
/// <param name="Before">The faces locked before; null where there were none.</param>
public sealed record LockedChange(FoundFaces Found, LockChange Change, IReadOnlyList<Face>? Before);

/// <summary>Makes the next faces lock out of the last one and what identify found.</summary>
/// <param name="Lock">With the addresses of the faces' pictures where they are known; sorted, so that equal contents give equal bytes.</param>
/// <param name="Removed">Sources of entries that no video of the flow has any more.</param>
public sealed record LockRevision(FacesLock Lock, IReadOnlyList<LockedChange> Changes, IReadOnlyList<string> Removed)
{
    /// <param name="old">Null where there was none.</param>
    /// <param name="wanted">Every video that the lock is for, identified now or not: of all flows in the flow's file.</param>
    /// <param name="isSimulated">Whether a simulator found the faces.</param>
    public static LockRevision Of(FacesLock? old, string file, IReadOnlyList<Video> wanted, IReadOnlyList<FoundFaces> found, bool isSimulated)
    {
        var keys = wanted.Select(static video => ContentIdentity.Of(video.Source)).ToHashSet(StringComparer.Ordinal);
        var sources = wanted.Select(LockedFaces.SourceOf).ToHashSet(StringComparer.Ordinal);
        var foundSources = found.Select(static video => LockedFaces.SourceOf(video.Video)).ToHashSet(StringComparer.Ordinal);
        var entries = (old?.Videos ?? []).ToDictionary(static video => video.Fingerprint, StringComparer.Ordinal);
        List<string> removed = [];
        foreach (var entry in entries.Values.Where(entry => !keys.Contains(entry.Fingerprint)).ToList())
        {
            // A stale entry stays until its video is identified again: it says what was reviewed last.
            if (!sources.Contains(entry.Source) || foundSources.Contains(entry.Source))
            {
                entries.Remove(entry.Fingerprint);
            }

            if (!sources.Contains(entry.Source))
            {
                removed.Add(entry.Source);
            }
        }

        List<LockedChange> changes = [];
        foreach (var video in found.OrderBy(static video => LockedFaces.SourceOf(video.Video), StringComparer.Ordinal).DistinctBy(static video => video.VideoKey))
        {
            var before = entries.GetValueOrDefault(video.VideoKey);
            var change = ChangeOf(before, video, isSimulated);
            changes.Add(new LockedChange(video, change, before?.Faces.Select(static face => face.Face).ToList()));
            entries[video.VideoKey] = before is not null && change == LockChange.Same ? Confirmed(before, video, isSimulated)
                : before is not null && change == LockChange.Kept ? before
                : new LockedVideo(LockedFaces.SourceOf(video.Video), video.VideoKey, [.. Whole(video.Faces).Select(static face => new LockedFace(face, null))], null) { IsSimulated = isSimulated };
        }

        var sorted = entries.Values.OrderBy(static entry => entry.Source, StringComparer.Ordinal).ThenBy(static entry => entry.Fingerprint, StringComparer.Ordinal);
        return new LockRevision(new FacesLock(file, [.. sorted]), changes, removed);
    }

    private static LockChange ChangeOf(LockedVideo? before, FoundFaces video, bool isSimulated) =>
        before is null ? LockChange.New
        : FaceDifferences.AreSame([.. before.Faces.Select(static face => face.Face)], [.. Whole(video.Faces)]) ? LockChange.Same
        : isSimulated && !before.IsSimulated ? LockChange.Kept
        : LockChange.Changed;

    // Reviewed times stay; only pictures that are missing may still be had.
    private static LockedVideo Confirmed(LockedVideo before, FoundFaces video, bool isSimulated) => before with
    {
        IsSimulated = before.IsSimulated && isSimulated,
        Faces = [.. before.Faces.Select(locked => locked with { Face = locked.Face with { ImageUrl = video.Faces.FirstOrDefault(face => face.Id == locked.Face.Id)?.ImageUrl } })],
    };

    /// <summary>In the order that <c>index</c> counts in, each once, in whole milliseconds: what a lock can hold.</summary>
    private static IEnumerable<Face> Whole(IReadOnlyList<Face> faces) => FaceChooser.InOrder(
    [
        .. faces
            .Select(static face => face with { Visible = new TimeRange(Milliseconds.Floor(face.Visible.Start), Milliseconds.Floor(face.Visible.End)) })
            .DistinctBy(static face => (face.Id, face.Visible)),
    ]);
}
