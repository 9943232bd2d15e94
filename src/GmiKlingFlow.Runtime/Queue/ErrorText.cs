using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace GmiKlingFlow.Runtime.Queue;

/// <summary>The words of an error: JSON, JSON within JSON, HTML, XML or plain text (api-contract 5.1).</summary>
/// <param name="Shown">Clean and short; empty when the server said nothing.</param>
/// <param name="Kling">Kling's code when one is named.</param>
/// <param name="UpstreamStatus">The vendor's HTTP status when the text tells it, as in "Backend error (400)".</param>
internal sealed partial record ErrorText(string Shown, KlingCode? Kling, int? UpstreamStatus)
{
    private static readonly string[] Keys = ["error", "message", "details", "detail", "reason", "task_status_msg", "type"];

    /// <summary>True for words such as "rate limit": the same later can help.</summary>
    public bool SaysThrottled => Kling?.Trouble == KlingTrouble.Throttled || UpstreamStatus == 429 || Throttle().IsMatch(Shown);

    /// <summary>True for moderation.</summary>
    public bool SaysContent => Kling?.Trouble == KlingTrouble.Content || Moderation().IsMatch(Shown);

    /// <summary>
    /// True for words that end a session: expired, not found and the like. No recording of them is public (api-contract 9); a mistake costs one identify.
    /// </summary>
    public bool SaysSession => Session().IsMatch(Shown);

    public static ErrorText Of(Exchange.Answer answer, SecretScrubber scrubber) =>
        Of(JsonText.Decode(answer.Body, answer.Charset), scrubber);

    public static ErrorText Of(string text, SecretScrubber scrubber)
    {
        var found = new Found();
        var shown = text.AsSpan().TrimStart() is ['<', ..] ? FromMarkup(text) : FromText(text, found, 0);
        var all = $"{shown} {text[..Math.Min(text.Length, 16384)]}";
        return new ErrorText(scrubber.Clean(shown), found.Code ?? KlingCode.In(all), StatusIn(all));
    }

    /// <summary>Why a request failed: the first of these that says something (api-contract 2.7).</summary>
    public static ErrorText OfFailedRecord(JsonElement record, JsonElement? outcome, SecretScrubber scrubber)
    {
        var data = JsonText.Member(outcome, "data");
        JsonElement?[] places =
        [
            JsonText.Member(outcome, "error"), JsonText.Member(record, "error"), JsonText.Member(record, "message"),
            JsonText.Member(record, "reason"), JsonText.Member(outcome, "message"), JsonText.Member(outcome, "task_status_msg"),
            JsonText.Member(data, "task_status_msg"), JsonText.Member(data, "error"), JsonText.Member(data, "message"),
            outcome is { ValueKind: JsonValueKind.String } ? outcome : null,
        ];
        var found = new Found { Code = KlingCode.Of(JsonText.Number(JsonText.Member(outcome, "code"))) };
        foreach (var place in places)
        {
            if (place is { } element && FromElement(element, found, 0) is { Length: > 0 } shown)
            {
                return new ErrorText(scrubber.Clean(shown), found.Code ?? KlingCode.In(shown), StatusIn(shown));
            }
        }

        return new ErrorText("", found.Code, null);
    }

    private static string FromText(string text, Found found, int depth)
    {
        text = text.Trim();
        if (depth > JsonText.MaxWraps)
        {
            return text;
        }

        // A vendor's JSON may follow words: "API request failed with status 400: {...}".
        var start = text.AsSpan().IndexOfAny('{', '[');
        if (text.StartsWith('"') || start < 0)
        {
            return JsonText.Parse(text) is { ValueKind: JsonValueKind.String } s && s.GetString() is { } inner && inner != text
                ? FromText(inner, found, depth + 1)
                : text;
        }

        var end = text.AsSpan().LastIndexOfAny('}', ']');
        if (end <= start || JsonText.Parse(text[start..(end + 1)]) is not { ValueKind: JsonValueKind.Object or JsonValueKind.Array } json)
        {
            return text;
        }

        var (before, within) = (text[..start].TrimEnd(' ', ':'), FromElement(json, found, depth + 1));
        return before.Length == 0 ? within : within.Length == 0 ? before : $"{before}: {within}";
    }

    private static string FromElement(JsonElement element, Found found, int depth)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                return FromText(element.GetString() ?? "", found, depth);
            case JsonValueKind.Array when depth <= JsonText.MaxWraps:
                return string.Join("; ", element.EnumerateArray().Take(3).Select(e => FromElement(e, found, depth + 1)).Where(t => t.Length > 0));
            case JsonValueKind.Object when depth <= JsonText.MaxWraps:
                found.Code ??= KlingCode.Of(JsonText.Number(JsonText.Member(element, "code")));
                var texts = Keys.Select(key => JsonText.Member(element, key)).OfType<JsonElement>()
                    .Select(e => FromElement(e, found, depth + 1)).Where(t => t.Length > 0).Distinct(StringComparer.Ordinal).ToList();
                return texts.Count == 0 ? "" : texts.Count == 1 || texts[0].Contains(texts[1], StringComparison.Ordinal) ? texts[0] : $"{texts[0]} ({texts[1]})";
            case JsonValueKind.Number:
                return element.GetRawText();
            default:
                return "";
        }
    }

    private static string FromMarkup(string text)
    {
        text = text[..Math.Min(text.Length, 16384)];
        var code = XmlCode().Match(text);
        if (code.Success)
        {
            var message = XmlMessage().Match(text);
            return WebUtility.HtmlDecode(message.Success ? $"{code.Groups[1].Value}: {message.Groups[1].Value}" : code.Groups[1].Value);
        }

        var title = Title().Match(text);
        return WebUtility.HtmlDecode(title.Success ? title.Groups[1].Value : Tags().Replace(text, " "));
    }

    private static int? StatusIn(string text) =>
        Upstream().Match(text) is { Success: true } match
            ? int.Parse(match.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture)
            : null;

    [GeneratedRegex(@"(?:backend error\s*\(|request failed with status(?: code)?:?\s*)(\d{3})\b", RegexOptions.IgnoreCase)]
    private static partial Regex Upstream();

    [GeneratedRegex(@"rate.?limit|too many requests|over(?:loaded| capacity)|try again later|concurrency", RegexOptions.IgnoreCase)]
    private static partial Regex Throttle();

    [GeneratedRegex(@"risk control|content (?:policy|security|filter)|moderation|sensitive content|safety system", RegexOptions.IgnoreCase)]
    private static partial Regex Moderation();

    [GeneratedRegex(
        @"\bsession(?:[ _-]?id)?\b[^.;]{0,40}\b(?:expired?|invalid|illegal|unknown|missing|ended|closed|timed? ?out|not (?:found|exist\w*|valid)|doesn'?t exist|does not exist|no longer)\b"
        + @"|\b(?:expired|invalid|illegal|unknown|no such|no)\b[^.;]{0,20}\bsession",
        RegexOptions.IgnoreCase)]
    private static partial Regex Session();

    [GeneratedRegex(@"<Code>([^<]{1,200})</Code>")]
    private static partial Regex XmlCode();

    [GeneratedRegex(@"<Message>([^<]{1,500})</Message>")]
    private static partial Regex XmlMessage();

    [GeneratedRegex(@"<(?:title|h1)[^>]*>\s*([^<]{1,300}?)\s*</(?:title|h1)>", RegexOptions.IgnoreCase)]
    private static partial Regex Title();

    [GeneratedRegex(@"<(?:script|style)[^>]*>[^<]*</(?:script|style)>|<[^>]*>", RegexOptions.IgnoreCase)]
    private static partial Regex Tags();

    private sealed class Found
    {
        public KlingCode? Code { get; set; }
    }
}
