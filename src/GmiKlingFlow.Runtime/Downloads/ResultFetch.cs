using System.Net;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Runtime.Queue;

namespace GmiKlingFlow.Runtime.Downloads;

/// <summary>One try to bring the rest of a result into its partial file.</summary>
/// <param name="Failure">Null when the file is complete.</param>
internal sealed record FetchTry(Failure? Failure, Repeat Repeat)
{
    /// <summary>The status with which the host refused; null for any other end.</summary>
    public int? RefusedWith { get; init; }

    public static FetchTry Complete { get; } = new(null, Repeat.No);
}

/// <summary>GET with Range and If-Range, redirects followed with care (product 6, api-contract 8 trap 18).</summary>
internal sealed class ResultFetch(HttpSender http, TimeProvider time, DownloadOptions options)
{
    public async Task<FetchTry> TryAsync(Uri url, PartialFile part, Standstill still, CancellationToken cancellationToken)
    {
        using var clock = new CancellationTokenSource(options.TryTimeout, time);
        using var idle = new CancellationTokenSource(still.Within(options.IdleTimeout), time);
        using var any = CancellationTokenSource.CreateLinkedTokenSource(clock.Token, idle.Token, cancellationToken);
        try
        {
            for (var hops = 0; ; hops++)
            {
                using var response = await http.OpenAsync(HttpMethod.Get, url, null, Headers(part), any.Token).ConfigureAwait(false);
                if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308))
                {
                    return await TakeAsync(url, response, part, still, idle, any.Token).ConfigureAwait(false);
                }

                var (next, refusal) = Follow(url, response.Headers.Location, hops, options);
                if (next is null)
                {
                    return new FetchTry(refusal, Repeat.No);
                }

                url = next;
            }
        }
        catch (Exception e) when (HttpSender.SilenceOf(e, cancellationToken) is { } silence)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return Broken(url, part, silence.Detail);
        }
    }

    internal static (Uri? Next, Failure? Refusal) Follow(Uri from, Uri? location, int hops, DownloadOptions options)
    {
        Failure Refuse(string why) => DownloadFailures.AddressNotAllowed(WebAddress.Shown(from), why);
        return hops >= options.MaxRedirects ? (null, Refuse("it redirects too often"))
            : location is null || !Uri.TryCreate(from, location, out var next) || !WebAddress.IsWeb(next) ? (null, Refuse("it redirects to no web address"))
            : next.IsLoopback && !from.IsLoopback ? (null, Refuse("it redirects to this machine"))
            : next.Scheme == Uri.UriSchemeHttp && from.Scheme == Uri.UriSchemeHttps && !next.IsLoopback ? (null, Refuse("it redirects from https to http"))
            : (next, null);
    }

    private static Dictionary<string, string> Headers(PartialFile part)
    {
        var headers = new Dictionary<string, string> { ["Accept-Encoding"] = "identity" };
        if (part is { Length: > 0, Validator: { } validator })
        {
            headers["Range"] = FormattableString.Invariant($"bytes={part.Length}-");
            headers["If-Range"] = validator;
        }

        return headers;
    }

    private async Task<FetchTry> TakeAsync(Uri url, HttpResponseMessage response, PartialFile part, Standstill still, CancellationTokenSource idle, CancellationToken cancellationToken)
    {
        var asked = part is { Length: > 0, Validator: not null };
        var range = response.Content.Headers.ContentRange;
        long? total;
        switch (response.StatusCode)
        {
            case HttpStatusCode.OK:
                total = response.Content.Headers.ContentLength;
                if (Disk(part, () => part.StartAnew(Validator(response))) is { } full)
                {
                    return full;
                }

                break;
            case HttpStatusCode.PartialContent when asked && range is { Unit: "bytes", From: { } from } && from == part.Length
                && (range.To is null || response.Content.Headers.ContentLength is not { } length || length == range.To - from + 1):
                total = range.Length ?? range.To + 1;
                break;
            case HttpStatusCode.RequestedRangeNotSatisfiable when asked && range?.Length == part.Length:
                return FetchTry.Complete;
            case HttpStatusCode.PartialContent or HttpStatusCode.RequestedRangeNotSatisfiable:
                return Disk(part, () => part.StartAnew(null)) ?? Broken(url, part, "the server gave another part than asked for");
            default:
                var status = (int)response.StatusCode;
                return new FetchTry(
                    DownloadFailures.Refused(url.Host, status),
                    new Repeat(status is 408 or 425 or 429 or >= 500, RetryAfter.Of(response, time)))
                { RefusedWith = status };
        }

        if (response.Content.Headers.ContentEncoding.Any(e => !e.Equals("identity", StringComparison.OrdinalIgnoreCase)))
        {
            return new FetchTry(DownloadFailures.Interrupted(url.Host, "it sends the file compressed", part.Length), Repeat.No);
        }

        return total > options.MaxBytes
            ? new FetchTry(DownloadFailures.TooLarge(options.MaxBytes), Repeat.No)
            : await CopyAsync(url, response, part, total, still, idle, cancellationToken).ConfigureAwait(false);
    }

    private async Task<FetchTry> CopyAsync(
        Uri url, HttpResponseMessage response, PartialFile part, long? total, Standstill still, CancellationTokenSource idle, CancellationToken cancellationToken)
    {
        var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (body.ConfigureAwait(false))
        {
            var writer = new BehindWriter(part, isShort: total <= PartialFile.Short);
            Received received;
            try
            {
                received = await ReceiveAsync(body, writer, total, still, idle, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                await writer.CloseAsync().ConfigureAwait(false);
            }

            return writer.Trouble is { } trouble ? new FetchTry(DiskTrouble.Of(trouble, part.Path), Repeat.No)
                : received == Received.TooLarge ? new FetchTry(DownloadFailures.TooLarge(options.MaxBytes), Repeat.No)
                : received == Received.MoreThanAnnounced ? Disk(part, () => part.StartAnew(null)) ?? Broken(url, part, "it is longer than announced")
                : total is { } whole && part.Length != whole ? Broken(url, part, "it ended early")
                : FetchTry.Complete;
        }
    }

    private async Task<Received> ReceiveAsync(
        Stream body, BehindWriter writer, long? total, Standstill still, CancellationTokenSource idle, CancellationToken cancellationToken)
    {
        while (writer.Trouble is null)
        {
            idle.CancelAfter(still.Within(options.IdleTimeout));
            var reading = body.ReadAsync(writer.Free, cancellationToken);
            if (!reading.IsCompleted)
            {
                await writer.HandOverAsync().ConfigureAwait(false);
            }

            var read = await reading.ConfigureAwait(false);
            still.Moved();
            if (read == 0)
            {
                break;
            }

            if (writer.Length + read > Math.Min(options.MaxBytes, total ?? long.MaxValue))
            {
                return writer.Length + read > options.MaxBytes ? Received.TooLarge : Received.MoreThanAnnounced;
            }

            await writer.TakeAsync(read).ConfigureAwait(false);
        }

        return Received.All;
    }

    private static FetchTry Broken(Uri url, PartialFile part, string detail) =>
        new(DownloadFailures.Interrupted(url.Host, detail, part.Length), new Repeat(true));

    private static FetchTry? Disk(PartialFile part, Action action)
    {
        try
        {
            action();
            return null;
        }
        catch (Exception e) when (DiskTrouble.IsOne(e))
        {
            return new FetchTry(DiskTrouble.Of(e, part.Path), Repeat.No);
        }
    }

    // If-Range takes a strong ETag or a date (RFC 9110, 13.1.5).
    private static string? Validator(HttpResponseMessage response) =>
        response.Headers.ETag is { IsWeak: false } tag ? tag.Tag : response.Content.Headers.LastModified?.ToString("R", System.Globalization.CultureInfo.InvariantCulture);

    private enum Received
    {
        All,
        MoreThanAnnounced,
        TooLarge,
    }
}
