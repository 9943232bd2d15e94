namespace GmiKlingFlow.Runtime.State;

/// <summary>The name that all recorded work is kept under: work of one service never counts as work of another.</summary>
public static class ServiceName
{
    /// <summary>The in-process simulator of <c>--simulate</c>, whose requests end with its process.</summary>
    public const string Simulator = "simulator";

    /// <returns>The queue's base URL without credentials, query and trailing slash.</returns>
    public static string Of(Uri baseUrl) =>
        baseUrl.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped).TrimEnd('/');
}
