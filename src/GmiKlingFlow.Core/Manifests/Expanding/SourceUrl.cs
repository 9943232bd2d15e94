using System.Globalization;
using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Core.Manifests.Expanding;

/// <summary>URLs that the service may be given: https, or http on the loopback, without credentials.</summary>
internal static class SourceUrl
{
    /// <returns>What stands before <c>://</c>; null when the text is no URL.</returns>
    public static string? SchemeOf(string text)
    {
        var end = text.IndexOf("://", StringComparison.Ordinal);
        return end > 0 && char.IsAsciiLetter(text[0]) && text.AsSpan(0, end).IndexOfAnyExcept(SchemeCharacters) < 0 ? text[..end].ToLowerInvariant() : null;
    }

    /// <returns>Scheme, host and path: what follows may be a signature, which has no business in a message.</returns>
    public static string Shown(Uri url) => Quoted.Short(url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.SafeUnescaped));

    /// <returns>Null when a diagnostic was added.</returns>
    public static Uri? Parse(string text, string scheme, Place place, DiagnosticBag diagnostics)
    {
        if (scheme is not ("https" or "http"))
        {
            diagnostics.Add(MeaningDiagnostics.UnusableUrl(place, scheme, "the service fetches only https"));
        }
        else if (text.AsSpan().IndexOfAny(" \t\r\n") >= 0)
        {
            diagnostics.Add(MeaningDiagnostics.UnusableUrl(place, scheme, "it holds white space; write %20 for a space"));
        }
        else if (text.Any(static c => char.IsControl(c) || char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator))
        {
            diagnostics.Add(MeaningDiagnostics.UnusableUrl(place, scheme, "it holds a control character"));
        }
        else if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Host.Length == 0)
        {
            diagnostics.Add(MeaningDiagnostics.UnusableUrl(place, scheme, "it is not a whole URL with a host"));
        }
        else if (url.UserInfo.Length > 0)
        {
            diagnostics.Add(MeaningDiagnostics.UrlWithCredentials(place, url.Host));
        }
        else if (scheme == "http" && !url.IsLoopback)
        {
            diagnostics.Add(MeaningDiagnostics.UnusableUrl(place, scheme, "http is only for this machine itself"));
        }
        else
        {
            return url;
        }

        return null;
    }

    private const string SchemeCharacters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.";
}
