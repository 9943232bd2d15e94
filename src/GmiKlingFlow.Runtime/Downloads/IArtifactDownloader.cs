namespace GmiKlingFlow.Runtime.Downloads;

/// <summary>Brings a result to disk: HTTP in <c>ArtifactDownloader</c>, a script in the runner's own tests.</summary>
public interface IArtifactDownloader
{
    /// <summary>Downloads to a temporary file beside the target (continuing a partial one by range), checks it, renames it into place.</summary>
    /// <param name="sourceDuration">The source video's duration, for the check within 0.5 s; null when unknown.</param>
    /// <param name="patience">After how long without a byte it is given up, tries and all; null for the downloader's own limits.</param>
    Task<DownloadOutcome> DownloadAsync(Uri url, string targetPath, TimeSpan? sourceDuration, TimeSpan? patience, CancellationToken cancellationToken);
}
