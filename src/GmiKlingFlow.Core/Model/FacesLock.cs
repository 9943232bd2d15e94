using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Core.Model;

/// <summary>Who is seen in a flow's videos, as it was reviewed and committed (product 5).</summary>
/// <param name="File">The lock's path as it is shown to people.</param>
/// <param name="Videos">At most one for each fingerprint.</param>
public sealed record FacesLock(string File, IReadOnlyList<LockedVideo> Videos)
{
    /// <summary>The file's bytes as they were read; null for a lock that was not read from a file.</summary>
    public FlowInput? Input { get; init; }
}

/// <summary>One video of a faces lock.</summary>
/// <param name="Source">As written in the flow, without a URL's signature: for people, and to tell a changed video from a new one.</param>
/// <param name="Fingerprint">What identifies its content, the same as in job keys: <c>sha256:...</c> or <c>url:...</c>.</param>
/// <param name="Place">Where in the lock; null for one that was not read from a file.</param>
public sealed record LockedVideo(string Source, string Fingerprint, IReadOnlyList<LockedFace> Faces, Place? Place)
{
    /// <summary>True: a simulator found the faces, not the service.</summary>
    public bool IsSimulated { get; init; }
}

/// <summary>One face of a faces lock.</summary>
/// <param name="Thumbnail">A picture of it, relative to the lock, with <c>/</c>; null when there is none.</param>
public sealed record LockedFace(Face Face, string? Thumbnail);
