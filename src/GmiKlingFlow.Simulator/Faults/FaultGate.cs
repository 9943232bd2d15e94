using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace GmiKlingFlow.Simulator.Faults;

/// <summary>Stands before every endpoint: lets a call through, breaks it, or carries it out and breaks its answer.</summary>
internal sealed partial class FaultGate(FaultDecision decision, TimeProvider time, ILogger<FaultGate> log, CancellationToken stopping)
{
    private static readonly TimeSpan UsualSlowness = TimeSpan.FromSeconds(3);

    /// <param name="path">As fault rules write it: below the queue's base, or from <c>/storage</c> or <c>/media</c> on.</param>
    /// <param name="model">Known for a submission only.</param>
    /// <param name="work">What the endpoint does; gets the rule that decides about the request itself, if there is one.</param>
    public async Task RunAsync(HttpContext context, string path, string? model, Func<FaultRule?, Task<IResult>> work)
    {
        if (decision.For(context.Request.Method, path, model) is not { } rule)
        {
            await (await work(null)).ExecuteAsync(context);
            return;
        }

        LogHit(context.Request.Method, path, rule.Text);
        if (rule.Accepted)
        {
            await work(null);
            await FaultAnswer.WriteAsync(context, rule, model, stopping);
            return;
        }

        switch (rule.Kind)
        {
            case FaultKind.StuckQueued or FaultKind.Failed or FaultKind.RateLimited or FaultKind.Cancelled:
                await (await work(rule)).ExecuteAsync(context);
                break;
            case FaultKind.Slow:
                await Task.Delay(rule.Delay ?? UsualSlowness, time, context.RequestAborted);
                await (await work(null)).ExecuteAsync(context);
                break;
            case FaultKind.Cut:
                context.Response.Body = new CutStream(context, context.Response.Body);
                await (await work(null)).ExecuteAsync(context);
                break;
            default:
                await FaultAnswer.WriteAsync(context, rule, model, stopping);
                break;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Method} {Path}: fault \"{Rule}\"")]
    private partial void LogHit(string method, string path, string rule);
}
