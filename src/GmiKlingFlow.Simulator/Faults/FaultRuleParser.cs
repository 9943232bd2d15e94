using System.Globalization;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Timing;

namespace GmiKlingFlow.Simulator.Faults;

/// <summary>Reads the text of a fault rule; its errors say what to write instead.</summary>
internal static class FaultRuleParser
{
    private const string AcceptedSuffix = "-accepted";

    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "DELETE", "*"];

    private static readonly IReadOnlyDictionary<string, FaultKind> Kinds = new Dictionary<string, FaultKind>(StringComparer.Ordinal)
    {
        ["400"] = FaultKind.BadRequest,
        ["401"] = FaultKind.Unauthorized,
        ["402"] = FaultKind.NoCredit,
        ["403"] = FaultKind.Forbidden,
        ["404"] = FaultKind.NotFound,
        ["429"] = FaultKind.TooManyRequests,
        ["429-retry-after"] = FaultKind.TooManyRequests,
        ["500"] = FaultKind.ServerError,
        ["500-backend-400"] = FaultKind.BackendError,
        ["502-html"] = FaultKind.BadGateway,
        ["503"] = FaultKind.Unavailable,
        ["504"] = FaultKind.GatewayTimeout,
        ["reset"] = FaultKind.Reset,
        ["hang"] = FaultKind.Hang,
        ["timeout"] = FaultKind.Hang,
        ["html-200"] = FaultKind.Html,
        ["empty-200"] = FaultKind.Empty,
        ["garbage-200"] = FaultKind.Garbage,
        ["redirect"] = FaultKind.Redirect,
        ["slow"] = FaultKind.Slow,
        ["cut"] = FaultKind.Cut,
        ["stuck-queued"] = FaultKind.StuckQueued,
        ["failed"] = FaultKind.Failed,
        ["rate-limit"] = FaultKind.RateLimited,
        ["cancelled"] = FaultKind.Cancelled,
    };

    // What a gateway or a cut line can do to the answer of a request that was taken (api-contract 5.1, 8 trap 10).
    private static readonly IReadOnlySet<FaultKind> CanBeAccepted = new HashSet<FaultKind>
    {
        FaultKind.ServerError, FaultKind.BadGateway, FaultKind.Unavailable, FaultKind.GatewayTimeout, FaultKind.Reset, FaultKind.Hang,
        FaultKind.Html, FaultKind.Empty, FaultKind.Garbage,
    };

    private static readonly IReadOnlySet<FaultKind> OfARequest = new HashSet<FaultKind>
    {
        FaultKind.StuckQueued, FaultKind.Failed, FaultKind.RateLimited, FaultKind.Cancelled,
    };

    public static FaultRule? Parse(string text, out string? error)
    {
        error = null;
        var colon = text.IndexOf(": ", StringComparison.Ordinal);
        if (colon < 0)
        {
            error = $"\"{text}\" has no \": \". Write METHOD PATH: KIND, such as \"POST /requests: 504-accepted every 7\".";
            return null;
        }

        var target = Words(text[..colon]);
        var words = Words(text[(colon + 2)..]);
        error = target switch
        {
            { Length: < 2 or > 3 } => $"\"{text[..colon].Trim()}\" is not METHOD PATH or METHOD PATH MODEL. Write \"POST /requests\" or \"POST /requests {ModelNames.LipSync}\".",
            _ when !Methods.Contains(target[0].ToUpperInvariant(), StringComparer.Ordinal) => $"\"{target[0]}\" is not a method. Use one of: {string.Join(", ", Methods)}.",
            _ when !target[1].StartsWith('/') => $"\"{target[1]}\" is not a path. Start it with \"/\", such as \"/requests\".",
            { Length: 3 } when !IsSubmission(target) => $"\"{target[2]}\" is a model, which only POST /requests names. Leave it out.",
            _ when words.Length == 0 => $"\"{text}\" names no fault after the colon. Use one of: {string.Join(", ", Kinds.Keys)}.",
            _ => null,
        };
        return error is null ? Parse(target, words, out error) : null;
    }

    private static FaultRule? Parse(string[] target, string[] words, out string? error)
    {
        var word = words[0];
        var accepted = word.EndsWith(AcceptedSuffix, StringComparison.Ordinal);
        if (!Kinds.TryGetValue(accepted ? word[..^AcceptedSuffix.Length] : word, out var kind))
        {
            var nearest = NearestName.Of(word, Kinds.Keys.Concat(CanBeAcceptedWords()));
            error = $"\"{word}\" is not a fault. {(nearest is null ? $"Use one of: {string.Join(", ", Kinds.Keys)}." : $"Did you mean \"{nearest}\"?")}";
            return null;
        }

        if (accepted && !CanBeAccepted.Contains(kind))
        {
            error = $"\"{word}\" is not a fault: a request answered so is not accepted. \"{AcceptedSuffix}\" goes with: {string.Join(", ", CanBeAcceptedWords())}.";
            return null;
        }

        if (OfARequest.Contains(kind) && !IsSubmission(target))
        {
            error = $"\"{word}\" is what becomes of a request. Use it with \"POST /requests\".";
            return null;
        }

        TimeSpan? delay = null;
        var next = 1;
        if (word == "429-retry-after" || (kind == FaultKind.Slow && words.Length > 1 && char.IsAsciiDigit(words[1][0]) && !words[1].EndsWith('%')))
        {
            delay = Delay(word, words.ElementAtOrDefault(next++), out error);
            if (delay is null)
            {
                return null;
            }
        }

        var schedule = Schedule(words[next..], out error);
        return schedule is null ? null : new FaultRule(target[0].ToUpperInvariant(), target[1], target.ElementAtOrDefault(2), kind, accepted, delay, schedule);
    }

    private static TimeSpan? Delay(string word, string? text, out string? error)
    {
        error = null;
        if (word == "slow" && text is not null && DurationText.TryParse(text, out var duration))
        {
            return duration;
        }

        if (word != "slow" && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            return TimeSpan.FromSeconds(seconds);
        }

        error = word == "slow"
            ? $"\"{text}\" is not a duration. Write \"slow 5s\" or \"slow 500ms\"."
            : $"\"{text}\" is not a number of seconds. Write \"429-retry-after 30\".";
        return null;
    }

    private static FaultSchedule? Schedule(string[] words, out string? error)
    {
        error = null;
        FaultSchedule? schedule = words switch
        {
            [] => new FaultSchedule.Always(),
            ["every", var n] when Count(n) is { } period => new FaultSchedule.Every(period),
            ["first", var n] when Count(n) is { } count => new FaultSchedule.First(count),
            ["at", .. var calls] when Calls(calls) is { } listed => new FaultSchedule.At(listed),
            [var share] when Share(share) is { } percent => new FaultSchedule.Share(percent),
            _ => null,
        };
        error = schedule is null ? $"\"{string.Join(' ', words)}\" says no calls. Write \"every 7\", \"first 2\", \"at 1,5\" or \"10%\", or nothing for every call." : null;
        return schedule;
    }

    private static List<long>? Calls(string[] words)
    {
        var numbers = string.Join(',', words).Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Count).ToList();
        return numbers.Count == 0 || numbers.Contains(null) ? null : [.. numbers.OfType<long>()];
    }

    private static long? Count(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;

    private static double? Share(string text) =>
        text.EndsWith('%')
        && double.TryParse(text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent)
        && percent is >= 0 and <= 100 ? percent : null;

    private static bool IsSubmission(string[] target) =>
        target[1] == "/requests" && target[0].ToUpperInvariant() is "POST" or "*";

    private static IEnumerable<string> CanBeAcceptedWords() =>
        Kinds.Where(kind => CanBeAccepted.Contains(kind.Value)).Select(kind => kind.Key + AcceptedSuffix);

    private static string[] Words(string text) => text.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
}
