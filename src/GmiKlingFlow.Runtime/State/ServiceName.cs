using System.Security.Cryptography;
using System.Text;

namespace GmiKlingFlow.Runtime.State;

/// <summary>The name that all recorded work is kept under: work of one service never counts as work of another.</summary>
public static class ServiceName
{
    /// <summary>The in-process simulator of <c>--simulate</c>, whose requests end with its process.</summary>
    public const string Simulator = "simulator";

    /// <summary>
    /// The organisation that requests are sent for, as a fingerprint: it is no part of the name, so that setting <c>GMI_ORG_ID</c> later does not make
    /// paid work look unknown; but absence from one organisation's list says nothing of another's request.
    /// </summary>
    /// <returns>Null where none is named.</returns>
    public static string? Organization(string? id) =>
        string.IsNullOrEmpty(id) ? null : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)))[..12];

    /// <returns>The queue's base URL without credentials, query and trailing slash.</returns>
    public static string Of(Uri baseUrl) =>
        baseUrl.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped).TrimEnd('/');
}
