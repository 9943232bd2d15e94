using System.Net;

namespace GmiKlingFlow.Runtime.Queue;

/// <summary>The system's proxy (<c>HTTPS_PROXY</c>, <c>NO_PROXY</c> ...), but never for this machine: a proxy elsewhere can't reach its loopback.</summary>
internal sealed class LocalBypass(IWebProxy system) : IWebProxy
{
    public ICredentials? Credentials
    {
        get => system.Credentials;
        set => system.Credentials = value;
    }

    public Uri? GetProxy(Uri destination) => destination.IsLoopback ? null : system.GetProxy(destination);

    public bool IsBypassed(Uri host) => host.IsLoopback || system.IsBypassed(host);
}
