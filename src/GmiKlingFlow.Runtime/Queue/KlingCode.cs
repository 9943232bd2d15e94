using System.Globalization;
using System.Text.RegularExpressions;

namespace GmiKlingFlow.Runtime.Queue;

/// <summary>What a code of Kling's asks for (api-contract 5.2).</summary>
internal enum KlingTrouble
{
    Authentication,
    Account,
    Parameters,
    Missing,
    Content,
    Throttled,
    Service,
}

/// <summary>A code of Kling's, found inside the queue's text.</summary>
internal sealed partial record KlingCode(int Number, KlingTrouble Trouble, string Meaning)
{
    private static readonly Dictionary<int, KlingCode> Known = new KlingCode[]
    {
        new(1000, KlingTrouble.Authentication, "authentication failed"),
        new(1001, KlingTrouble.Authentication, "authorization empty"),
        new(1002, KlingTrouble.Authentication, "authorization not accepted"),
        new(1003, KlingTrouble.Authentication, "token not yet valid"),
        new(1004, KlingTrouble.Authentication, "token expired"),
        new(1100, KlingTrouble.Account, "account abnormal"),
        new(1101, KlingTrouble.Account, "account in arrears"),
        new(1102, KlingTrouble.Account, "resource pack used up or expired"),
        new(1103, KlingTrouble.Account, "no right to this API or model"),
        new(1200, KlingTrouble.Parameters, "request parameters refused"),
        new(1201, KlingTrouble.Parameters, "a parameter is refused"),
        new(1202, KlingTrouble.Missing, "method refused"),
        new(1203, KlingTrouble.Missing, "resource does not exist"),
        new(1300, KlingTrouble.Content, "blocked by platform policy"),
        new(1301, KlingTrouble.Content, "blocked by content security"),
        new(1302, KlingTrouble.Throttled, "too many requests"),
        new(1303, KlingTrouble.Throttled, "concurrency over the pack's limit"),
        new(1304, KlingTrouble.Account, "IP address not on the white list"),
        new(5000, KlingTrouble.Service, "internal error"),
        new(5001, KlingTrouble.Service, "unavailable, maintenance"),
        new(5002, KlingTrouble.Service, "internal timeout"),
    }.ToDictionary(c => c.Number);

    public static KlingCode? Of(decimal? number) =>
        number is >= 0 and < 10000 && decimal.IsInteger(number.Value) ? Known.GetValueOrDefault((int)number.Value) : null;

    /// <summary>Looks for a number that the text calls a code: a bare 1301 may be milliseconds.</summary>
    public static KlingCode? In(string text)
    {
        foreach (Match match in Named().Matches(text))
        {
            if (Of(decimal.Parse(match.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture)) is { } code)
            {
                return code;
            }
        }

        return OverPack().IsMatch(text) ? Known[1303] : null;
    }

    [GeneratedRegex(@"\bcode\W{0,6}(\d{4})\b", RegexOptions.IgnoreCase)]
    private static partial Regex Named();

    // The words that Kling's documentation gives for 1303 (api-contract 4.4).
    [GeneratedRegex(@"parallel task over resource pack limit", RegexOptions.IgnoreCase)]
    private static partial Regex OverPack();
}
