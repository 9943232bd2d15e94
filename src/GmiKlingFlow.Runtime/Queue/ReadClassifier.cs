using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Runtime.Queue;

/// <summary>What an answer to a call means that costs nothing: GETs and upload grants (api-contract 5.1).</summary>
internal sealed class ReadClassifier(string host, SecretScrubber scrubber)
{
    /// <summary>True for what may be better in a moment.</summary>
    public static Repeat ShouldRepeat(Exchange exchange) => Wanted(exchange) with { Left = exchange.Left };

    private static Repeat Wanted(Exchange exchange) => exchange switch
    {
        Exchange.Silence silence => new(silence.Kind != SilenceKind.Stopped),
        Exchange.Answer { IsSuccess: true } answer => new(answer.BodyProblem is not null || !LooksLikeJson(answer), answer.RetryAfter),
        Exchange.Answer answer => new(answer.Code is 408 or 425 or 429 or >= 500, answer.RetryAfter),
        _ => Repeat.No,
    };

    /// <returns>Null for a success, whatever is in it.</returns>
    public Failure? Trouble(Exchange exchange)
    {
        if (exchange is Exchange.Silence silence)
        {
            return silence.Kind switch
            {
                SilenceKind.Stopped => ServiceFailures.Stopped(nothingSent: true),
                SilenceKind.TimedOut => ServiceFailures.NoAnswer(host, silence.Waited),
                SilenceKind.Unreachable => ServiceFailures.Unreachable(host, silence.Detail),
                _ => ServiceFailures.Broken(host, silence.Detail),
            };
        }

        var answer = (Exchange.Answer)exchange;
        if (answer.IsSuccess)
        {
            return answer.BodyProblem is { } problem ? ServiceFailures.Unreadable(host, answer.Code, problem) : null;
        }

        if (answer.IsRedirect)
        {
            return ServiceFailures.Redirected(host, answer.Code, answer.Location?.Host);
        }

        var said = ErrorText.Of(answer, scrubber).Shown;
        return answer.Code switch
        {
            401 => ServiceFailures.KeyRefused(said),
            402 => ServiceFailures.NoCredit(said),
            403 => ServiceFailures.NoPermission(said),
            429 => ServiceFailures.Throttled(429, said),
            503 => ServiceFailures.Overloaded(503, said),
            408 or 425 or >= 500 => ServiceFailures.GatewayTrouble(answer.Code, said),
            _ => ServiceFailures.Refused(answer.Code, said),
        };
    }

    public Failure Unreadable(Exchange.Answer answer, string? why = null)
    {
        var said = why ?? ErrorText.Of(answer, scrubber).Shown;
        return ServiceFailures.Unreadable(host, answer.Code, said.Length > 0 ? said : "it is empty");
    }

    /// <summary>401, 402 and 403: no other call of this run can do better.</summary>
    public static bool IsRefusal(Exchange exchange) => exchange is Exchange.Answer { Code: 401 or 402 or 403 };

    // A gateway's page under 200 passes; a JSON answer that holds nonsense does not change by asking at once again.
    public static bool LooksLikeJson(Exchange.Answer answer) =>
        JsonText.Decode(answer.Body[..Math.Min(answer.Body.Length, 256)], answer.Charset).AsSpan().TrimStart() is ['{' or '[' or '"', ..];
}
