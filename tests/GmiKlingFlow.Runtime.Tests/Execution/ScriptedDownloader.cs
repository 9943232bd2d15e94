using System.Security.Cryptography;
using System.Text;
using GmiKlingFlow.Runtime.Downloads;

namespace GmiKlingFlow.Runtime.Tests.Execution;

/// <summary>Writes the URL's path as the file's content.</summary>
internal sealed class ScriptedDownloader : IArtifactDownloader
{
    public List<string> Urls { get; } = [];

    public Func<Uri, DownloadOutcome?>? OnDownload { get; set; }

    public Task<DownloadOutcome> DownloadAsync(Uri url, string targetPath, TimeSpan? sourceDuration, TimeSpan? patience, CancellationToken cancellationToken)
    {
        lock (Urls)
        {
            Urls.Add(url.OriginalString);
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (OnDownload?.Invoke(url) is { } scripted)
        {
            return Task.FromResult(scripted);
        }

        var content = Encoding.UTF8.GetBytes(url.AbsolutePath);
        Directory.CreateDirectory(Path.GetDirectoryName(targetPath) ?? ".");
        File.WriteAllBytes(targetPath, content);
        var artifact = new Artifact(targetPath, content.Length, Convert.ToHexStringLower(SHA256.HashData(content)), sourceDuration ?? TimeSpan.Zero);
        return Task.FromResult<DownloadOutcome>(new DownloadOutcome.Downloaded(artifact));
    }
}
