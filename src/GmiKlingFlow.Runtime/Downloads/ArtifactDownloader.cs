using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Runtime.Queue;
using Microsoft.Extensions.Logging;
using Polly;

namespace GmiKlingFlow.Runtime.Downloads;

/// <summary>Brings results to disk over HTTP, without any credentials, and into their place only when whole and checked (product 6).</summary>
public sealed partial class ArtifactDownloader : IArtifactDownloader, IDisposable
{
    private readonly ILogger<ArtifactDownloader> log;
    private readonly TimeProvider time;
    private readonly HttpSender http;
    private readonly ResultFetch fetch;
    private readonly ResiliencePipeline<FetchTry> repeating;
    private readonly SemaphoreSlim fetching;
    private readonly DiskSync disk;

    /// <param name="jitter">For the waits between tries; used under a lock.</param>
    /// <param name="options">Null for the defaults.</param>
    public ArtifactDownloader(TimeProvider time, Random jitter, ILogger<ArtifactDownloader> log, DownloadOptions? options = null)
    {
        options ??= new DownloadOptions();
        (this.time, this.log) = (time, log);
        http = new HttpSender(HttpSender.Handler(decompress: false), time);
        fetch = new ResultFetch(http, time, options);
        fetching = new SemaphoreSlim(options.AtOnce);
        disk = new DiskSync(options.AtOnce);
        repeating = new RepeatPolicy(time, jitter, options.Repeats, options.FirstRepeatDelay, options.LongestRepeatDelay)
            .For<FetchTry>(t => t.Repeat);
    }

    /// <exception cref="OperationCanceledException">The caller stopped it; the part that came is kept and continued next time.</exception>
    public async Task<DownloadOutcome> DownloadAsync(Uri url, string targetPath, TimeSpan? sourceDuration, TimeSpan? patience, CancellationToken cancellationToken)
    {
        if (!WebAddress.IsWeb(url))
        {
            return Failed(DownloadFailures.AddressNotAllowed(WebAddress.Shown(url), "only http and https are, without a user name"));
        }

        var target = Path.GetFullPath(targetPath);
        try
        {
            if (OutputFolder.IsLink(target) || Directory.Exists(target))
            {
                return Failed(DownloadFailures.NotWritable(target, "a link or a folder stands in its place"));
            }

            await fetching.WaitAsync(cancellationToken).ConfigureAwait(false);
            var place = fetching;
            try
            {
                using var part = PartialFile.Open(target, url, disk);
                var tried = await FetchAsync(url, part, patience, cancellationToken).ConfigureAwait(false);
                if (tried.Failure is { } failure)
                {
                    return Failed(failure) with { RefusedWith = tried.RefusedWith };
                }

                // The next one comes in while this one is brought to the disk.
                place.Release();
                place = null;
                return await SettleAsync(part, target, sourceDuration, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                place?.Release();
            }
        }
        catch (Exception e) when (DiskTrouble.IsOne(e))
        {
            return Failed(DiskTrouble.Of(e, target));
        }
    }

    public void Dispose()
    {
        http.Dispose();
        disk.Dispose();
    }

    private async Task<FetchTry> FetchAsync(Uri url, PartialFile part, TimeSpan? patience, CancellationToken cancellationToken)
    {
        var have = part.Length;
        var still = new Standstill(time, patience);
        var tried = await repeating.ExecuteAsync(
            async token =>
            {
                var one = await fetch.TryAsync(url, part, still, token).ConfigureAwait(false);
                return one with { Repeat = one.Repeat with { Left = still.Left } };
            },
            cancellationToken).ConfigureAwait(false);
        if (tried.Failure is null)
        {
            LogFetched(log, url.Host, part.Length, have);
        }

        return tried;
    }

    /// <summary>Into its place only when it is on the disk: a crash leaves nothing there, or all of it.</summary>
    private static async Task<DownloadOutcome> SettleAsync(PartialFile part, string target, TimeSpan? sourceDuration, CancellationToken cancellationToken)
    {
        var syncing = part.SyncAsync();
        var (reason, duration) = ArtifactCheck.Of(part, sourceDuration);
        await syncing.WaitAsync(cancellationToken).ConfigureAwait(false);
        if (reason is not null)
        {
            var rejected = Path.ChangeExtension(target, ".rejected.mp4");
            part.MoveTo(rejected);
            WriteReason(Path.ChangeExtension(target, ".rejected.txt"), reason);
            return Failed(DownloadFailures.CheckFailed(reason, Path.GetFileName(rejected)));
        }

        var (bytes, sha256) = (part.Length, await part.HashAsync(cancellationToken).ConfigureAwait(false));
        part.MoveTo(target);
        return new DownloadOutcome.Downloaded(new Artifact(target, bytes, sha256, duration));
    }

    private static void WriteReason(string path, string reason)
    {
        File.Delete(path);
        using var note = new StreamWriter(new FileStream(path, FileMode.CreateNew, FileAccess.Write));
        note.WriteLine($"This result was rejected: {reason}.");
    }

    private static DownloadOutcome.Failed Failed(Failure failure) => new(failure);

    [LoggerMessage(1, LogLevel.Debug, "Downloaded from {Host}: {Bytes} bytes, {Kept} of them earlier.")]
    private static partial void LogFetched(ILogger log, string host, long bytes, long kept);
}
