using GmiKlingFlow.Simulator.Accounts;
using GmiKlingFlow.Simulator.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace GmiKlingFlow.Simulator.Hosting;

/// <summary>What every call passes first: it is counted, and a bug behind it becomes a plain 500 and a line in the log.</summary>
internal sealed partial class FrontDoor(SimulatorLedger ledger, ILogger<FrontDoor> log)
{
    public async Task PassAsync(HttpContext context, RequestDelegate next)
    {
        CallWatch.Note(context, ledger);
        try
        {
            await next(context);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException && context.RequestAborted.IsCancellationRequested)
        {
            // The client has gone; its request goes on without it.
        }
        catch (OperationCanceledException)
        {
            // The simulator ends.
            context.Abort();
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            LogBug(e, context.Request.Method, context.Request.Path);
            await QueueAnswer.Error(StatusCodes.Status500InternalServerError, "internal server error").ExecuteAsync(context);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path}: the simulator failed")]
    private partial void LogBug(Exception exception, string method, string path);
}
