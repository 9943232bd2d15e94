using System.Text;

namespace GmiKlingFlow.Core.Planning.Keys;

/// <summary>Tells what of a URL names its content, and what is only a signature that changes with every link.</summary>
public static class UrlIdentity
{
    private static readonly string[] Prefixes = ["x-goog-", "x-amz-"];

    // Each name goes only together with its scheme's own mark, so that "se=1" of another site still counts.
    private static readonly (string Mark, HashSet<string> Names)[] Schemes =
    [
        ("signature", Set("signature", "expires", "awsaccesskeyid", "googleaccessid", "key-pair-id", "policy", "hash-algorithm")),
        ("sig", Set("sig", "sv", "ss", "srt", "sr", "sp", "st", "se", "spr", "sip", "skoid", "sktid", "skt", "ske", "sks", "skv", "saoid", "suoid", "scid", "sdd", "ses")),
        ("token", Set("token")),
        ("access_token", Set("access_token")),
        ("auth_token", Set("auth_token")),
        ("hdnts", Set("hdnts")),
        ("hdnea", Set("hdnea")),
        ("urlsignature", Set("urlsignature", "urlprefix", "expires", "keyname")),
    ];

    /// <returns>The URL without fragment, user and volatile signature parameters; the order of the others stays.</returns>
    public static string Of(Uri url)
    {
        var address = url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
        var query = url.GetComponents(UriComponents.Query, UriFormat.UriEscaped);
        if (query.Length == 0)
        {
            return address;
        }

        var parameters = query.Split('&');
        var volatileNames = Volatile(parameters);
        var text = new StringBuilder(address);
        var separator = '?';
        foreach (var parameter in parameters)
        {
            var name = Name(parameter);
            if (!volatileNames.Contains(name) && !Array.Exists(Prefixes, prefix => name.StartsWith(prefix, StringComparison.Ordinal)))
            {
                text.Append(separator).Append(parameter);
                separator = '&';
            }
        }

        return text.ToString();
    }

    private static HashSet<string> Volatile(string[] parameters)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (mark, scheme) in Schemes)
        {
            if (Array.Exists(parameters, parameter => Name(parameter) == mark))
            {
                names.UnionWith(scheme);
            }
        }

        return names;
    }

    private static string Name(string parameter) => Uri.UnescapeDataString(parameter.Split('=', 2)[0]).ToLowerInvariant();

    private static HashSet<string> Set(params string[] names) => new(names, StringComparer.Ordinal);
}
