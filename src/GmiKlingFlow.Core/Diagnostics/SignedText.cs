using System.Text.RegularExpressions;

namespace GmiKlingFlow.Core.Diagnostics;

/// <summary>Text that may hold a signed URL, made fit for logs and pull requests: whoever has a signature has the file. Names of parameters stay, so that one sees which URL it is.</summary>
public static partial class SignedText
{
    /// <returns>The text with an ellipsis in the place of each signature, key and password.</returns>
    public static string Hidden(string text) => MayHold(text) ? UserInfo().Replace(Signature().Replace(text, "…"), "…") : text;

    /// <returns>The same text, as long as it was: a line that is pointed into.</returns>
    public static string Starred(string line) => MayHold(line) ? UserInfo().Replace(Signature().Replace(line, Stars), Stars) : line;

    // Nearly no text holds a URL with a query: the expressions are not even asked.
    private static bool MayHold(string text) => (text.Contains('=') && text.AsSpan().ContainsAny("?&;*")) || (text.Contains('@') && text.Contains("://", StringComparison.Ordinal));

    private static string Stars(Match match) => new('*', match.Length);

    // The "*" is a glob's, as in --select "see=*token=...".
    [GeneratedRegex(
        @"(?<=[?&;*](?:X-(?:Goog|Amz|OSS)-(?:Signature|Credential|Security-Token)|Signature|sig|sign|token|access_token|auth_token|urlsignature|auth|authorization|api_?key|key|Policy|Key-Pair-Id|GoogleAccessId|AWSAccessKeyId|OSSAccessKeyId|security-token|hdnts|hdnea|hmac|password|secret)=)[^\s&""'<>#]+",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Signature();

    [GeneratedRegex(@"(?<=://)[^\s/""'@?#]+(?=@)", RegexOptions.CultureInvariant)]
    private static partial Regex UserInfo();
}
