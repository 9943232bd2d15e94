using System.Net;
using GmiKlingFlow.Core.Media;
using GmiKlingFlow.Runtime.Queue;

namespace GmiKlingFlow.Runtime.Sources;

/// <summary>What one question came to: an answer that has the file or a part of it, or why there is none.</summary>
internal sealed record UrlAnswer(HttpResponseMessage? Response, RemoteReading? Problem) : IDisposable
{
    public void Dispose() => Response?.Dispose();

    /// <summary>Takes an answer that is no redirect.</summary>
    public static UrlAnswer Of(HttpResponseMessage response)
    {
        if (response.StatusCode is HttpStatusCode.OK or HttpStatusCode.PartialContent or HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            return new UrlAnswer(response, null);
        }

        var status = (int)response.StatusCode;
        response.Dispose();
        return new UrlAnswer(null, status is 408 or 425 or 429 or >= 500
            ? new RemoteReading.NotNow(FormattableString.Invariant($"its host answers {status}"))
            : new RemoteReading.Refused(status));
    }

    /// <returns>Null for what is no trouble of the network, and so a bug.</returns>
    public static UrlAnswer? Of(Exception trouble, CancellationToken stopped)
    {
        for (var e = trouble; e is not null; e = e.InnerException)
        {
            if (e is NotPublicException)
            {
                return new UrlAnswer(null, new RemoteReading.NotPublic());
            }
        }

        return HttpSender.SilenceOf(trouble, stopped) switch
        {
            { Kind: SilenceKind.Unreachable } silence => new UrlAnswer(null, new RemoteReading.Unreachable(silence.Detail)),
            { } silence => new UrlAnswer(null, new RemoteReading.NotNow(silence.Detail)),
            null => null,
        };
    }
}
