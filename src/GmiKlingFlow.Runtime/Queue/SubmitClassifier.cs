using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Runtime.Queue;

/// <summary>
/// What an answer to a paid POST means (api-contract 5.1). In doubt it is <see cref="SubmitOutcome.Unclear"/>: looking a request up
/// costs time, sending it again costs money.
/// </summary>
internal sealed class SubmitClassifier(string host, SecretScrubber scrubber, RecordReader records)
{
    public SubmitOutcome Of(string model, Exchange exchange, bool bodyStarted) => exchange switch
    {
        Exchange.Silence silence => OfSilence(silence, bodyStarted),
        Exchange.Answer { IsSuccess: true } answer => OfSuccess(model, answer),
        Exchange.Answer { IsRedirect: true } answer => OfRedirect(answer),
        Exchange.Answer answer => OfRefusal(model, answer, ErrorText.Of(answer, scrubber)),
        _ => throw new ArgumentOutOfRangeException(nameof(exchange)),
    };

    private SubmitOutcome OfSilence(Exchange.Silence silence, bool bodyStarted)
    {
        // Proof, not a guess: as long as no byte of the body was written, the queue can't have taken the request.
        if (!bodyStarted)
        {
            return new SubmitOutcome.NotNow(
                silence.Kind == SilenceKind.Stopped ? ServiceFailures.Stopped(nothingSent: true) : ServiceFailures.Unreachable(host, silence.Detail),
                null,
                IsThrottled: false);
        }

        return new SubmitOutcome.Unclear(silence.Kind switch
        {
            SilenceKind.Stopped => ServiceFailures.Stopped(nothingSent: false),
            SilenceKind.TimedOut => ServiceFailures.NoAnswer(host, silence.Waited),
            _ => ServiceFailures.Broken(host, silence.Detail),
        });
    }

    private SubmitOutcome OfSuccess(string model, Exchange.Answer answer)
    {
        var text = JsonText.Decode(answer.Body, answer.Charset);
        if (answer.BodyProblem is null && JsonText.Parse(text) is { } json && records.Read(json, model) is { } record)
        {
            return new SubmitOutcome.Accepted(record);
        }

        var why = answer.BodyProblem ?? ErrorText.Of(text, scrubber).Shown;
        return new SubmitOutcome.Unclear(ServiceFailures.Unreadable(host, answer.Code, why.Length > 0 ? why : "no request id in it"));
    }

    private SubmitOutcome OfRedirect(Exchange.Answer answer)
    {
        var failure = ServiceFailures.Redirected(host, answer.Code, answer.Location?.Host);

        // 301, 307 and 308 say that the request was not handled here; 302 and 303 may follow one that was.
        return answer.Code is 301 or 307 or 308 ? new SubmitOutcome.Rejected(failure, StopsRun: true) : new SubmitOutcome.Unclear(failure);
    }

    private static SubmitOutcome OfRefusal(string model, Exchange.Answer answer, ErrorText said)
    {
        var isThrottle = said.Kling?.Trouble == KlingTrouble.Throttled || said.UpstreamStatus == 429;
        return answer.Code switch
        {
            401 => Final(ServiceFailures.KeyRefused(said.Shown), stopsRun: true),
            402 => Final(ServiceFailures.NoCredit(said.Shown), stopsRun: true),

            // Arrears and the like come as 429 (api-contract 5.2), but no wait mends them.
            403 or 429 when said.Kling?.Trouble == KlingTrouble.Account => Final(ServiceFailures.AccountRefused(said.Shown), stopsRun: true),
            403 => Final(ServiceFailures.NoPermission(said.Shown), stopsRun: true),
            429 => NotNow(ServiceFailures.Throttled(429, said.Shown), answer, isThrottled: true),
            503 when !IsUpstreamRefusal(said) => NotNow(ServiceFailures.Overloaded(503, said.Shown), answer, isThrottled: isThrottle),

            // A gateway gave up waiting: for the body, or for the queue's answer.
            408 or 499 => new SubmitOutcome.Unclear(ServiceFailures.GatewayTrouble(answer.Code, said.Shown)),
            425 => NotNow(ServiceFailures.Overloaded(425, said.Shown), answer, isThrottled: false),
            >= 400 when isThrottle => NotNow(ServiceFailures.Throttled(answer.Code, said.Shown), answer, isThrottled: true),
            400 or 404 or 410 or 422 when said.SaysSession => Final(ServiceFailures.SessionRefused(said.Shown)),
            404 => Final(ServiceFailures.ModelMissing(model, said.Shown)),
            400 or 422 => Final(said.SaysContent ? ServiceFailures.ContentRefused(said.Shown) : ServiceFailures.ParametersRefused(said.Shown)),
            >= 400 and < 500 => Final(ServiceFailures.Refused(answer.Code, said.Shown)),

            // A refusal of the vendor's, disguised as a 5xx (api-contract 8, trap 12).
            _ when IsUpstreamRefusal(said) && said.SaysSession => Final(ServiceFailures.SessionRefused(said.Shown)),
            _ when IsUpstreamRefusal(said) => Final(said.SaysContent ? ServiceFailures.ContentRefused(said.Shown) : ServiceFailures.ParametersRefused(said.Shown)),
            _ => new SubmitOutcome.Unclear(ServiceFailures.GatewayTrouble(answer.Code, said.Shown)),
        };
    }

    private static bool IsUpstreamRefusal(ErrorText said) => said.UpstreamStatus is >= 400 and < 500 and not (408 or 409 or 425 or 429 or 499);

    private static SubmitOutcome Final(Failure failure, bool stopsRun = false) => new SubmitOutcome.Rejected(failure, stopsRun);

    private static SubmitOutcome NotNow(Failure failure, Exchange.Answer answer, bool isThrottled) =>
        new SubmitOutcome.NotNow(failure, answer.RetryAfter, isThrottled);
}
