using System.Net;
using System.Security.Authentication;
using Flurl.Http;

namespace GmiKlingFlow.Runtime.Queue;

/// <summary>Sends one request and reads its answer, bounded in time and size. It never repeats and never follows.</summary>
internal sealed class HttpSender : IDisposable
{
    private readonly HttpClient http;
    private readonly FlurlClient flurl;
    private readonly TimeProvider time;

    public HttpSender(SocketsHttpHandler handler, TimeProvider time)
    {
        // Time is bounded below with the injected clock: the client's own limits are off.
        http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        flurl = new FlurlClient(http);
        flurl.Settings.Timeout = null;
        flurl.AllowAnyHttpStatus();
        flurl.WithHeader("User-Agent", UserAgent);
        this.time = time;
    }

    public static string UserAgent { get; } = $"gkflow/{typeof(HttpSender).Assembly.GetName().Version?.ToString(3)}";

    /// <summary>No redirects (api-contract 8, trap 25), no cookies, no login, no proxy for this machine.</summary>
    /// <param name="decompress">For answers that are read; a file must come as it is.</param>
    /// <param name="connections">How many to one host at once; further calls wait for one. Null for as many as there are calls.</param>
    public static SocketsHttpHandler Handler(bool decompress, int? connections = null) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        Credentials = null,
        Proxy = new LocalBypass(HttpClient.DefaultProxy),
        AutomaticDecompression = decompress ? DecompressionMethods.All : DecompressionMethods.None,
        ConnectTimeout = TimeSpan.FromSeconds(30),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        MaxConnectionsPerServer = connections ?? int.MaxValue,
    };

    public void WithHeader(string name, string value) => flurl.WithHeader(name, value);

    /// <returns>An answer, or why there is none; <see cref="SilenceKind.Stopped"/> when the caller's token ended it.</returns>
    public async Task<Exchange> SendAsync(
        HttpMethod verb, Uri url, HttpContent? content, TimeSpan timeout, long maxBytes, CancellationToken cancellationToken)
    {
        using var clock = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(clock.Token, cancellationToken);
        try
        {
            using var response = await OpenAsync(verb, url, content, null, either.Token).ConfigureAwait(false);
            var (body, problem) = await BoundedBody.ReadAsync(response.Content, maxBytes, either.Token).ConfigureAwait(false);
            return new Exchange.Answer(
                response.StatusCode,
                RetryAfter.Of(response, time),
                response.Headers.Location is { } to && Uri.TryCreate(url, to, out var target) ? target : null,
                response.Content.Headers.ContentType?.CharSet,
                body,
                problem ?? (either.IsCancellationRequested ? "its end did not come in time" : null))
            {
                ClockOffset = response.Headers.Date - time.GetUtcNow(),
            };
        }
        catch (Exception e) when (SilenceOf(e, cancellationToken) is { } silence)
        {
            return silence with { Waited = timeout };
        }
    }

    /// <summary>Sends and returns as soon as the answer's head is there; throws what <see cref="SilenceOf"/> names.</summary>
    public async Task<HttpResponseMessage> OpenAsync(
        HttpMethod verb, Uri url, HttpContent? content, IReadOnlyDictionary<string, string>? headers, CancellationToken cancellationToken)
    {
        var request = flurl.Request(url.AbsoluteUri);
        foreach (var (name, value) in headers ?? new Dictionary<string, string>())
        {
            request.Headers[name] = value;
        }

        try
        {
            return await request.SendAsync(verb, content, cancellationToken, HttpCompletionOption.ResponseHeadersRead).ConfigureAwait(false);
        }
        catch (FlurlHttpException e) when (e.InnerException is { } inner)
        {
            // Flurl's message holds the whole address, signature and all.
            throw new HttpRequestException("The request was not answered.", inner);
        }
    }

    /// <returns>Null for what is no trouble of the network, and so a bug.</returns>
    public static Exchange.Silence? SilenceOf(Exception e, CancellationToken stopped)
    {
        var chain = Chain(e).ToList();
        if (!chain.Exists(c => c is HttpRequestException or IOException or OperationCanceledException))
        {
            return null;
        }

        if (chain.Exists(c => c is OperationCanceledException))
        {
            return stopped.IsCancellationRequested ? new(SilenceKind.Stopped, "stopped")
                : chain.Exists(c => c is TimeoutException) ? new(SilenceKind.Unreachable, "no connection in time")
                : new(SilenceKind.TimedOut, "no answer in time");
        }

        return chain.OfType<HttpRequestException>().LastOrDefault()?.HttpRequestError switch
        {
            HttpRequestError.NameResolutionError => new(SilenceKind.Unreachable, "the name is not known"),
            HttpRequestError.SecureConnectionError => new(SilenceKind.Unreachable, "no trusted TLS connection"),
            HttpRequestError.ProxyTunnelError => new(SilenceKind.Unreachable, "the proxy refused the connection"),
            HttpRequestError.ConnectionError => new(SilenceKind.Unreachable, "the connection was refused"),
            _ when chain.Exists(c => c is AuthenticationException) => new(SilenceKind.Unreachable, "no trusted TLS connection"),
            _ => new(SilenceKind.Broken, "the connection broke"),
        };
    }

    public void Dispose()
    {
        flurl.Dispose();
        http.Dispose();
    }

    private static IEnumerable<Exception> Chain(Exception? e)
    {
        for (; e is not null; e = e.InnerException)
        {
            yield return e;
        }
    }
}
