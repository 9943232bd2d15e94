using System.Net.Http.Headers;
using GmiKlingFlow.Core.Media;
using GmiKlingFlow.Runtime.Queue;

namespace GmiKlingFlow.Runtime.Sources;

/// <summary>Asks for one URL, within the limits of requests and redirects.</summary>
internal sealed class UrlQuestions(HttpClient http, Uri url, TimeProvider time, OnlineOptions options)
{
    private int asked;
    private bool mayRepeat = true;

    /// <summary>Whether one more request would be within the limit.</summary>
    public bool IsOneLeft => asked < options.RequestsPerFile;

    /// <param name="first">The URL that the flow names.</param>
    /// <returns>Where to go on, or why not.</returns>
    public static (Uri? Next, string Why) Follow(Uri first, Uri from, Uri? location, int hops, OnlineOptions options) =>
        hops >= options.MaxRedirects ? (null, "it redirects too often")
            : location is null || !Uri.TryCreate(from, location, out var next) || !WebAddress.IsWeb(next) ? (null, "it redirects to no web address")
            : next.IsLoopback && !first.IsLoopback ? (null, "it redirects to this machine")
            : next.Scheme == Uri.UriSchemeHttp && !next.IsLoopback ? (null, "it redirects to plain http")
            : (next, "");

    /// <summary>As <see cref="OnceAsync"/>; an unlucky request is repeated, once for each file.</summary>
    public async Task<UrlAnswer> AskAsync(HttpMethod verb, RangeHeaderValue? range, CancellationToken cancellationToken)
    {
        var answer = await OnceAsync(verb, range, cancellationToken).ConfigureAwait(false);
        if (answer.Problem is not RemoteReading.NotNow || !mayRepeat || cancellationToken.IsCancellationRequested)
        {
            return answer;
        }

        mayRepeat = false;
        try
        {
            await Task.Delay(options.RepeatDelay, time, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return answer;
        }

        return await OnceAsync(verb, range, cancellationToken).ConfigureAwait(false);
    }

    /// <returns>An answer of 200, 206 or 416, or why there is none.</returns>
    public async Task<UrlAnswer> OnceAsync(HttpMethod verb, RangeHeaderValue? range, CancellationToken cancellationToken)
    {
        var at = url;
        for (var hops = 0; ; hops++)
        {
            if (!GuardedHttp.MayAsk(at, url.IsLoopback))
            {
                return new UrlAnswer(null, new RemoteReading.NotPublic());
            }

            if (!IsOneLeft)
            {
                return new UrlAnswer(null, new RemoteReading.OutOfReach("it takes too many requests", null));
            }

            var response = await SendAsync(verb, at, range, cancellationToken).ConfigureAwait(false);
            if (response is not (HttpResponseMessage { StatusCode: var status } redirect, null) || (int)status is not (301 or 302 or 303 or 307 or 308))
            {
                return response.Response is { } taken ? UrlAnswer.Of(taken) : response;
            }

            var (next, why) = Follow(url, at, redirect.Headers.Location, hops, options);
            redirect.Dispose();
            if (next is null)
            {
                return new UrlAnswer(null, new RemoteReading.NotFollowed(why));
            }

            at = next;
        }
    }

    private async Task<UrlAnswer> SendAsync(HttpMethod verb, Uri at, RangeHeaderValue? range, CancellationToken cancellationToken)
    {
        asked++;
        using var clock = new CancellationTokenSource(options.TimePerAnswer, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(clock.Token, cancellationToken);
        using var request = new HttpRequestMessage(verb, at);
        request.Headers.AcceptEncoding.ParseAdd("identity");
        request.Headers.Range = range;
        try
        {
            return new UrlAnswer(await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false), null);
        }
        catch (Exception e) when (UrlAnswer.Of(e, CancellationToken.None) is { } trouble)
        {
            return trouble;
        }
    }
}
