namespace GmiKlingFlow.Runtime.Queue;

/// <summary>What may be asked, and how an address is shown: never with its query, which may be a signature.</summary>
internal static class WebAddress
{
    /// <summary>https anywhere, http on loopback only, and no user name in it.</summary>
    public static bool IsSafe(Uri url) =>
        IsWeb(url) && (url.Scheme == Uri.UriSchemeHttps || url.IsLoopback);

    public static bool IsWeb(Uri url) =>
        url.IsAbsoluteUri && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp) && url.Host.Length > 0 && url.UserInfo.Length == 0;

    /// <returns>Scheme, host and path; just the word "relative" for what is no whole address.</returns>
    public static string Shown(Uri url) =>
        url.IsAbsoluteUri ? url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped) : "(not an absolute URL)";

    public static Uri? Parse(string? text) =>
        text is { Length: > 0 and <= 8192 } && Uri.TryCreate(text.Trim(), UriKind.Absolute, out var url) && IsWeb(url) ? url : null;
}
