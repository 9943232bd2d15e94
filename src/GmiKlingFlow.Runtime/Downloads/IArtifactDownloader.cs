namespace GmiKlingFlow.Runtime.Downloads;

/// <summary>Brings a result to disk: HTTP in <c>ArtifactDownloader</c>, a script in the runner's own tests.</summary>
public interface IArtifactDownloader
{
    /// <summary>Downloads to a temporary file beside the target (continuing a partial one by range), checks it, renames it into place.</summary>
    /// <param name="sourceDuration">The source video's duration, for the check within 0.5 s; null when unknown.</param>
    Task<DownloadOutcome> DownloadAsync(Uri url, string targetPath, TimeSpan? sourceDuration, CancellationToken cancellationToken);
}
