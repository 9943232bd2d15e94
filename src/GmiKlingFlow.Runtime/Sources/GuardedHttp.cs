using System.Net;
using System.Net.Sockets;
using GmiKlingFlow.Runtime.Queue;

namespace GmiKlingFlow.Runtime.Sources;

/// <summary>
/// An HTTP client for URLs that a stranger may have written: no redirects by itself, no cookies, no login, no header of ours but the program's name,
/// and connections only to addresses that were looked at. The check is made on the very address that is connected to, so a name can't change in between.
/// </summary>
internal static class GuardedHttp
{
    /// <param name="mayBeLocal">True where the flow itself names this machine: then its loopback may be asked too.</param>
    public static HttpClient Create(bool mayBeLocal)
    {
        var http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            Credentials = null,
            Proxy = new LocalBypass(HttpClient.DefaultProxy),
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            ActivityHeadersPropagator = null,
            ResponseDrainTimeout = TimeSpan.Zero,
            ConnectCallback = (context, cancellationToken) => ConnectAsync(context, mayBeLocal, cancellationToken),
        })
        {
            // Bounded by the caller, with the injected clock.
            Timeout = Timeout.InfiniteTimeSpan,
        };
        http.DefaultRequestHeaders.UserAgent.ParseAdd(HttpSender.UserAgent);
        return http;
    }

    /// <returns>Whether a host may be asked, as far as its name tells.</returns>
    public static bool MayAsk(Uri url, bool mayBeLocal) =>
        url.IsLoopback ? mayBeLocal : !IPAddress.TryParse(url.DnsSafeHost, out var address) || MayAsk(address, mayBeLocal);

    private static bool MayAsk(IPAddress address, bool mayBeLocal) => PublicAddress.Is(address) || (mayBeLocal && IPAddress.IsLoopback(address));

    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, bool mayBeLocal, CancellationToken cancellationToken)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = await Dns.GetHostAddressesAsync(host, cancellationToken).ConfigureAwait(false);

        // Whoever sets up a proxy may have it inside; behind it names are its own business.
        var isProxy = context.InitialRequestMessage.RequestUri is { } asked && (asked.DnsSafeHost != host || asked.Port != port);
        var allowed = isProxy ? addresses : [.. addresses.Where(address => MayAsk(address, mayBeLocal))];
        if (allowed.Length == 0)
        {
            throw new NotPublicException();
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, port, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
