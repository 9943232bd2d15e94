using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Runtime.Downloads;

/// <summary>A downloaded file: exists only complete, checked and in its place.</summary>
/// <param name="Path">Absolute.</param>
public sealed record Artifact(string Path, long Bytes, string Sha256, TimeSpan Duration);

/// <summary>What downloading a result came to, after its own bounded retries.</summary>
public abstract record DownloadOutcome
{
    private DownloadOutcome()
    {
    }

    public sealed record Downloaded(Artifact Artifact) : DownloadOutcome;

    /// <summary>The payment stays on record; a rerun downloads again.</summary>
    public sealed record Failed(Failure Failure) : DownloadOutcome
    {
        /// <summary>The HTTP status with which the host refused the file; null when it failed in another way.</summary>
        public int? RefusedWith { get; init; }
    }
}
