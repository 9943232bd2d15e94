using System.Globalization;

namespace GmiKlingFlow.Core.Rules;

/// <summary>Hosts that nobody outside can reach: this machine, private networks, names that only they know.</summary>
public static class PrivateHost
{
    private const string MappedIpv4 = "::ffff:";

    private static readonly string[] Endings = [".local", ".localhost", ".internal", ".lan", ".intranet", ".corp", ".home.arpa", ".test", ".invalid"];

    public static bool Is(Uri url)
    {
        // As Uri writes them, addresses are canonical: no octal, no hexadecimal, no leading zeros.
        var host = url.IdnHost.Trim('[', ']').TrimEnd('.').ToLowerInvariant();
        return url.HostNameType switch
        {
            UriHostNameType.IPv4 => IsPrivateIpv4(host),
            UriHostNameType.IPv6 => IsPrivateIpv6(host),
            _ => !host.Contains('.') || Array.Exists(Endings, ending => host.EndsWith(ending, StringComparison.Ordinal)),
        };
    }

    private static bool IsPrivateIpv4(string host)
    {
        var parts = host.Split('.');
        return parts.Length == 4
            && byte.TryParse(parts[0], CultureInfo.InvariantCulture, out var first)
            && byte.TryParse(parts[1], CultureInfo.InvariantCulture, out var second)
            && (first is 0 or 10 or 127 || (first, second) is (172, >= 16 and <= 31) or (192, 168) or (169, 254) or (100, >= 64 and <= 127));
    }

    private static bool IsPrivateIpv6(string host)
    {
        if (host.StartsWith(MappedIpv4, StringComparison.Ordinal) && host.Contains('.'))
        {
            return IsPrivateIpv4(host[MappedIpv4.Length..]);
        }

        // fc00::/7 is a site's own, fe80::/10 a link's.
        return host is "::1" or "::"
            || (host is [var a, var b, var c, _, ':', ..] && a == 'f' && (b is 'c' or 'd' || (b == 'e' && c is '8' or '9' or 'a' or 'b')));
    }
}
