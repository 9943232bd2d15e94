using System.Globalization;

namespace GmiKlingFlow.Core.Rules;

/// <summary>Until when a signed URL opens, as its own parameters say.</summary>
public static class SignedUrl
{
    // When it was signed, and for how many seconds: S3 and its kin, Google storage, Alibaba's.
    private static readonly (string Date, string Seconds)[] Periods =
        [("X-Amz-Date", "X-Amz-Expires"), ("X-Goog-Date", "X-Goog-Expires"), ("x-oss-date", "x-oss-expires")];

    /// <returns>The earliest end that the URL names; null for a URL that names none.</returns>
    public static DateTimeOffset? ExpiryOf(Uri url)
    {
        var query = url.Query;
        if (query.Length < 2)
        {
            return null;
        }

        DateTimeOffset? earliest = null;
        foreach (var (date, seconds) in Periods)
        {
            if (Parameter(query, date) is { } signed && Parameter(query, seconds) is { } length
                && DateTimeOffset.TryParseExact(signed, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var from)
                && long.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var lasts) && lasts <= int.MaxValue)
            {
                earliest = Earlier(earliest, from.AddSeconds(lasts));
            }
        }

        // S3's and Google's older form, CloudFront's and most others': seconds since 1970, ten digits from 2001 to 2286.
        if (Parameter(query, "Expires") is { Length: 10 } unix && long.TryParse(unix, NumberStyles.None, CultureInfo.InvariantCulture, out var moment))
        {
            earliest = Earlier(earliest, DateTimeOffset.FromUnixTimeSeconds(moment));
        }

        // Azure's shared access signature.
        return Parameter(query, "se") is { } end && Parameter(query, "sig") is not null
            && DateTimeOffset.TryParse(end, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var until)
            ? Earlier(earliest, until.ToUniversalTime())
            : earliest;
    }

    private static DateTimeOffset Earlier(DateTimeOffset? known, DateTimeOffset other) => known is { } one && one < other ? one : other;

    private static string? Parameter(string query, string name)
    {
        foreach (var part in query[1..].Split('&'))
        {
            var equals = part.IndexOf('=');
            if (equals == name.Length && part.AsSpan(0, equals).Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return Uri.UnescapeDataString(part[(equals + 1)..]);
            }
        }

        return null;
    }
}
