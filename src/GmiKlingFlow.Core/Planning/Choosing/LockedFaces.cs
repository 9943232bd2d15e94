using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning.Keys;

namespace GmiKlingFlow.Core.Planning.Choosing;

/// <summary>A faces lock as videos ask it: by content, so that a renamed file stays reviewed.</summary>
public sealed class LockedFaces
{
    /// <summary>The code of <see cref="Difference"/>: nothing is wrong with the flow, somebody has to look.</summary>
    public const string DifferenceCode = "GKF6012";

    private readonly FacesLock? faces;
    private readonly Dictionary<string, LockedVideo> byFingerprint;

    /// <param name="faces">Null where there is no lock: then nothing is locked, and nothing is missed.</param>
    public LockedFaces(FacesLock? faces)
    {
        this.faces = faces;
        byFingerprint = new(StringComparer.Ordinal);
        foreach (var video in faces?.Videos ?? [])
        {
            byFingerprint.TryAdd(video.Fingerprint, video);
        }
    }

    /// <returns>Null where the video is not locked, or was locked with another content.</returns>
    public LockedVideo? Find(string videoKey) => byFingerprint.GetValueOrDefault(videoKey);

    /// <returns>Why a video's faces are unknown in spite of the lock; null when they are not.</returns>
    public Diagnostic? Problem(Video video, string videoKey)
    {
        if (faces is null || Find(videoKey) is not null)
        {
            return null;
        }

        var source = SourceOf(video);
        return faces.Videos.FirstOrDefault(locked => locked.Source == source) is { } stale
            ? FaceDiagnostics.LockStale(video.SourcePlace, source, faces.File, stale.Place?.Span)
            : FaceDiagnostics.NotLocked(video.SourcePlace, source, faces.File);
    }

    /// <returns>The diagnostic that refuses to spend; null when what was found is what is locked.</returns>
    public Diagnostic? Difference(Video video, string videoKey, IReadOnlyList<Face> found)
    {
        if (Find(videoKey) is not { } locked || faces is null)
        {
            return null;
        }

        IReadOnlyList<Face> expected = [.. locked.Faces.Select(static face => face.Face)];
        return FaceDifferences.AreSame(expected, found)
            ? null
            : FaceDiagnostics.FacesDiffer(video.SourcePlace, SourceOf(video), faces.File, locked.IsSimulated, locked.Place?.Span, FaceDifferences.Table(expected, found));
    }

    /// <returns>Why a job whose own faces are right is not sent either.</returns>
    public static Diagnostic HeldBack(Video video, Video differing) => FaceDiagnostics.HeldBack(video.SourcePlace, SourceOf(video), SourceOf(differing));

    /// <returns>All differences of a run in one.</returns>
    public Diagnostic Refusal(IReadOnlyList<Diagnostic> differences) => differences.Count == 1
        ? differences[0]
        : FaceDiagnostics.VideosDiffer(differences.Count, faces?.File ?? "") with { Hint = string.Join('\n', differences.Select(static found => $"{found.Message}\n{found.Hint}")) };

    /// <summary>A source as a lock names it: as written, but a URL without its signature, which is a secret and changes with every link.</summary>
    public static string SourceOf(Video video) => video.Source is MediaSource.RemoteUrl remote ? UrlIdentity.Of(remote.Url) : video.Source.Shown;
}
