using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace GmiKlingFlow.Simulator.Faults;

/// <summary>What a client sees of a fault. Bodies that no public source shows (401, 403, 429, 500, 503, 504) are choices of ours (api-contract 9).</summary>
internal static class FaultAnswer
{
    public const string BackendError = "Backend error (400). Please try again.";

    private const string GatewayPage = "<html>\r\n<head><title>{0}</title></head>\r\n<body>\r\n<center><h1>{0}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n";

    public static async Task WriteAsync(HttpContext context, FaultRule rule, string? model, CancellationToken stopping)
    {
        switch (rule.Kind)
        {
            case FaultKind.Reset:
                context.Abort();
                break;
            case FaultKind.Hang:
                await HangAsync(context, stopping);
                break;
            case FaultKind.Redirect:
                context.Response.StatusCode = StatusCodes.Status302Found;
                context.Response.Headers.Location = $"http://localhost:{context.Connection.LocalPort.ToString(CultureInfo.InvariantCulture)}/elsewhere{context.Request.Path}";
                break;
            default:
                if (rule is { Kind: FaultKind.TooManyRequests, Delay: { } wait })
                {
                    context.Response.Headers.RetryAfter = ((long)wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
                }

                var (status, type, body) = Text(rule.Kind, model);
                context.Response.StatusCode = status;
                context.Response.ContentType = type;
                context.Response.ContentLength = System.Text.Encoding.UTF8.GetByteCount(body);
                if (!HttpMethods.IsHead(context.Request.Method))
                {
                    await context.Response.WriteAsync(body, context.RequestAborted);
                }

                break;
        }
    }

    private static (int Status, string Type, string Body) Text(FaultKind kind, string? model) => kind switch
    {
        FaultKind.BadRequest => Json(400, "invalid payload parameters"),
        FaultKind.Unauthorized => Json(401, "unauthorized"),
        FaultKind.NoCredit => Json(402, "Insufficient credits. Please add more credits to your account."),
        FaultKind.Forbidden => Json(403, "you do not have permission to use this model"),
        FaultKind.NotFound => Json(404, model is null ? "not found" : $"model {model} does not exist"),
        FaultKind.TooManyRequests => Json(429, "rate limit exceeded"),
        FaultKind.BackendError => Json(500, BackendError),
        FaultKind.BadGateway => (502, "text/html", string.Format(CultureInfo.InvariantCulture, GatewayPage, "502 Bad Gateway")),
        FaultKind.Unavailable => Json(503, "service temporarily unavailable"),
        FaultKind.GatewayTimeout => (504, "text/plain", "upstream timeout"),
        FaultKind.Html => (200, "text/html", string.Format(CultureInfo.InvariantCulture, GatewayPage, "Maintenance")),
        FaultKind.Empty => (200, "application/json", ""),
        FaultKind.Garbage => (200, "application/json", "{\"request_id\":\"5b1e0f0a-7f0e-4a53-"),
        _ => Json(500, "internal server error"),
    };

    private static (int Status, string Type, string Body) Json(int status, string error) =>
        (status, "application/json", $"{{\"error\":{JsonSerializer.Serialize(error)}}}");

    private static async Task HangAsync(HttpContext context, CancellationToken stopping)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        var ended = new TaskCompletionSource();
        await using var registration = either.Token.Register(ended.SetResult);
        await ended.Task;
        context.Abort();
    }
}
