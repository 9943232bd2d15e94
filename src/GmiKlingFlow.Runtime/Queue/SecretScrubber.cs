using System.Text;
using System.Text.RegularExpressions;

namespace GmiKlingFlow.Runtime.Queue;

/// <summary>Makes a server's words fit to be shown: no key, no signed query, no control characters, not too long.</summary>
public sealed partial class SecretScrubber(params string?[] secrets)
{
    public const int Longest = 300;

    // As much of the key as may show by chance; a server that echoes a cut-off key still shows more.
    private const int Window = 12;
    private const int ReadAtMost = 16384;

    private readonly string[] secrets = [.. secrets.OfType<string>().SelectMany(s => new[] { s, Uri.EscapeDataString(s) }).Where(s => s.Length >= 4).Distinct()];

    /// <returns>One line of at most <paramref name="longest"/> characters.</returns>
    public string Clean(string? text, int longest = Longest)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return "";
        }

        var clean = OneLine(text.Length > ReadAtMost ? text[..ReadAtMost] : text);
        foreach (var secret in secrets)
        {
            clean = Without(clean, secret);
        }

        return Cut(Masked(clean), longest);
    }

    /// <summary>The same text without what looks like a key, a URL's user or its query.</summary>
    public static string Masked(string text)
    {
        text = Bearer().Replace(text, "$1[hidden]");
        text = Jwt().Replace(text, "[hidden]");
        text = UserInfo().Replace(text, "$1");
        text = Query().Replace(text, "$1?[hidden]");
        return Signature().Replace(text, "$1=[hidden]");
    }

    private static string OneLine(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            // Format characters could turn the direction of the line or hide what follows.
            var category = Rune.GetUnicodeCategory(rune);
            var isShown = category is not (System.Globalization.UnicodeCategory.Control or System.Globalization.UnicodeCategory.Format
                or System.Globalization.UnicodeCategory.LineSeparator or System.Globalization.UnicodeCategory.ParagraphSeparator);
            if (isShown && !Rune.IsWhiteSpace(rune))
            {
                line.Append(rune.ToString());
            }
            else if (line.Length > 0 && line[^1] != ' ')
            {
                line.Append(' ');
            }
        }

        return line.ToString().TrimEnd();
    }

    private static string Without(string text, string secret)
    {
        text = text.Replace(secret, "[hidden]", StringComparison.OrdinalIgnoreCase);
        if (secret.Length <= Window)
        {
            return text;
        }

        var hidden = new bool[text.Length];
        for (var i = 0; i + Window <= text.Length; i++)
        {
            if (secret.Contains(text.AsSpan(i, Window).ToString(), StringComparison.OrdinalIgnoreCase))
            {
                hidden.AsSpan(i, Window).Fill(true);
            }
        }

        var kept = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (!hidden[i])
            {
                kept.Append(text[i]);
            }
            else if (i == 0 || !hidden[i - 1])
            {
                kept.Append("[hidden]");
            }
        }

        return kept.ToString();
    }

    private static string Cut(string text, int longest)
    {
        if (text.Length <= longest)
        {
            return text;
        }

        var end = char.IsHighSurrogate(text[longest - 2]) ? longest - 2 : longest - 1;
        return string.Concat(text.AsSpan(0, end).TrimEnd(), "…");
    }

    [GeneratedRegex(@"\b(bearer\s+)[^\s""',;]+", RegexOptions.IgnoreCase)]
    private static partial Regex Bearer();

    // A JSON Web Token, whole or cut off: the key seen live begins so (api-contract 1).
    [GeneratedRegex(@"\beyJ[A-Za-z0-9_\-.]{8,}")]
    private static partial Regex Jwt();

    [GeneratedRegex(@"(https?://)[^\s/""'<>@?#]*@", RegexOptions.IgnoreCase)]
    private static partial Regex UserInfo();

    [GeneratedRegex(@"(https?://[^\s""'<>?#]+)\?[^\s""'<>]*", RegexOptions.IgnoreCase)]
    private static partial Regex Query();

    [GeneratedRegex(@"\b((?:X-(?:Goog|Amz)-)?(?:Signature|Credential|Security-Token)|sig|token|access_token|api_?key|GoogleAccessId|AWSAccessKeyId|Key-Pair-Id|Policy)=[^\s&""'<>]+", RegexOptions.IgnoreCase)]
    private static partial Regex Signature();
}
