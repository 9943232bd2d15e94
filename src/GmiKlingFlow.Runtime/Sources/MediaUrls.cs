using GmiKlingFlow.Core.Manifests;
using GmiKlingFlow.Core.Media;

namespace GmiKlingFlow.Runtime.Sources;

/// <summary>Looks at the URLs of flows (<c>--online</c>): a few at a time, each within limits, without the key or any other header of ours.</summary>
public sealed class MediaUrls(TimeProvider time, OnlineOptions? options = null) : IDisposable
{
    private readonly OnlineOptions options = options ?? new OnlineOptions();
    private readonly Lazy<HttpClient> elsewhere = new(static () => GuardedHttp.Create(mayBeLocal: false));
    private readonly Lazy<HttpClient> here = new(static () => GuardedHttp.Create(mayBeLocal: true));

    /// <returns>For each URL what it came to, never a thrown exception.</returns>
    /// <exception cref="OperationCanceledException">The caller stopped it.</exception>
    public async Task<IReadOnlyList<RemoteReading>> ReadAsync(IReadOnlyList<Uri> urls, CancellationToken cancellationToken)
    {
        var readings = new RemoteReading[urls.Count];
        using var clock = new CancellationTokenSource(options.TimeInAll, time);
        await Parallel.ForAsync(
            0,
            urls.Count,
            new ParallelOptions { MaxDegreeOfParallelism = options.Concurrency, CancellationToken = cancellationToken },
            async (i, stop) => readings[i] = clock.IsCancellationRequested
                ? new RemoteReading.NotNow("the time for all URLs together was over")
                : await ReadAsync(urls[i], clock.Token, stop).ConfigureAwait(false)).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return readings;
    }

    public void Dispose()
    {
        foreach (var http in new[] { elsewhere, here })
        {
            if (http.IsValueCreated)
            {
                http.Value.Dispose();
            }
        }
    }

    private async Task<RemoteReading> ReadAsync(Uri url, CancellationToken inAll, CancellationToken cancellationToken)
    {
        using var clock = new CancellationTokenSource(options.TimePerFile, time);
        using var any = CancellationTokenSource.CreateLinkedTokenSource(clock.Token, inAll, cancellationToken);
        var http = url.IsLoopback ? here.Value : elsewhere.Value;
        try
        {
            return await new UrlReading(new UrlQuestions(http, url, time, options), options).RunAsync(any.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or HttpRequestException)
        {
            // Between two questions, or in the middle of a body.
            cancellationToken.ThrowIfCancellationRequested();
            return new RemoteReading.NotNow(any.IsCancellationRequested ? "it took too long" : "the connection broke");
        }
    }
}
