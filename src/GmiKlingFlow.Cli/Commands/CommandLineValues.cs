using System.Globalization;
using System.Net;

namespace GmiKlingFlow.Cli.Commands;

/// <summary>Reads the values of options, the same way on every machine.</summary>
internal static class CommandLineValues
{
    public static int? Count(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null;

    public static decimal? Money(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var money) && money <= 1_000_000_000m ? money : null;

    /// <returns>The queue's base without a slash at its end, or null where the key could be read on its way or the address is none.</returns>
    public static Uri? BaseUrl(string text) =>
        Uri.TryCreate(text.TrimEnd('/'), UriKind.Absolute, out var url) && IsGuarded(url) && url.UserInfo.Length == 0 && url.Query.Length == 0 && url.Fragment.Length == 0
            ? url
            : null;

    /// <returns>Name and value of <c>name=value</c>; null where there is no name.</returns>
    public static KeyValuePair<string, string>? NameAndValue(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 ? new(text[..equals], text[(equals + 1)..]) : null;
    }

    private static bool IsGuarded(Uri url) =>
        url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && IsLoopback(url));

    private static bool IsLoopback(Uri url) =>
        url.Host == "localhost" || (IPAddress.TryParse(url.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
