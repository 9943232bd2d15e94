using System.Collections.Concurrent;
using System.Text.Json;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Simulator.Faults;
using GmiKlingFlow.Simulator.Kling;
using GmiKlingFlow.Simulator.Rendering;
using Microsoft.Extensions.Logging;

namespace GmiKlingFlow.Simulator.Requests;

/// <summary>Takes accepted requests through the statuses of api-contract 3. No thread waits for them: a queued request is a timer.</summary>
internal sealed partial class RequestProcessor(
    KlingService kling, ResultRenderer renderer, FaceImages images, SimulatorOptions options, TimeProvider time, ILogger<RequestProcessor> log, CancellationToken stopping)
{
    private readonly ConcurrentDictionary<Task, bool> running = new();

    /// <summary>Starts the work and returns at once; the task ends when the request has its final state, or never for a stuck one.</summary>
    public Task Start(SimulatedRequest request, FaultRule? rule)
    {
        if (rule?.Kind == FaultKind.StuckQueued)
        {
            return Task.Delay(Timeout.InfiniteTimeSpan, time, stopping);
        }

        // On its own: a client that gives up does not stop the work, as nothing stops it at the real queue (api-contract 8, trap 14).
        var work = Task.Run(() => ProcessAsync(request, rule), CancellationToken.None);
        running[work] = true;
        _ = work.ContinueWith(done => running.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return work;
    }

    public Task StopAsync() => Task.WhenAll(running.Keys);

    private async Task ProcessAsync(SimulatedRequest request, FaultRule? rule)
    {
        try
        {
            var waits = request.Model == ModelNames.LipSync || options.AsynchronousIdentify;
            await WaitAsync(waits ? options.QueueTime : TimeSpan.Zero);
            Move(request, RequestState.Dispatched, null);
            var outcome = rule is null ? await WorkAsync(request) : await FailAsync(rule);
            Move(request, End(outcome, rule), outcome);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The simulator ends; whoever waits for this request is told by the connection.
        }
        catch (Exception e)
        {
            // The one place where a request's work can end badly: it must not take the server along, nor leave the request unfinished.
            LogBug(e, request.Id);
            Move(request, RequestState.Failed, new RequestOutcome.Error($"internal error (5000): {e.Message}"));
        }
    }

    private async Task<RequestOutcome> WorkAsync(SimulatedRequest request)
    {
        using var payload = JsonDocument.Parse(request.Payload.Read());
        if (request.Model == ModelNames.IdentifyFace)
        {
            var answer = await kling.IdentifyAsync(payload.RootElement, stopping);
            await WaitAsync(options.IdentifyTime);
            return answer switch
            {
                KlingAnswer<KlingSession>.Accepted accepted => new RequestOutcome.Faces(accepted.Value),
                KlingAnswer<KlingSession>.Refused refused => Refuse(request, refused.Refusal),
                _ => throw new InvalidOperationException("Kling accepts or refuses."),
            };
        }

        return await kling.CheckSyncAsync(payload.RootElement, stopping) switch
        {
            KlingAnswer<SyncTask>.Accepted accepted => await SyncAsync(request, accepted.Value, options.ProcessingTime * SpreadTimes.Factor(payload.RootElement, options.Spread)),
            KlingAnswer<SyncTask>.Refused refused => Refuse(request, refused.Refusal),
            _ => throw new InvalidOperationException("Kling accepts or refuses."),
        };
    }

    private async Task<RequestOutcome> SyncAsync(SimulatedRequest request, SyncTask task, TimeSpan takes)
    {
        await WaitAsync(takes * 0.1);
        Move(request, RequestState.Processing, null);
        var rendering = renderer.RenderAsync(task, stopping);
        await WaitAsync(takes * 0.9);
        var result = await rendering;
        if (result.Note is not null)
        {
            LogNote(request.Id, result.Note);
        }

        return new RequestOutcome.Video(result.ObjectName, await images.ThumbnailAsync(task.Session.Media, stopping), result.Note);
    }

    private async Task<RequestOutcome> FailAsync(FaultRule rule)
    {
        await WaitAsync(options.ProcessingTime * 0.1);
        return new RequestOutcome.Error(rule.Kind switch
        {
            FaultKind.RateLimited => "Lip sync failed: rate limit exceeded(RPM)",
            FaultKind.Cancelled => "request was cancelled",
            _ => "Failure to pass the risk control system",
        });
    }

    private RequestOutcome.Error Refuse(SimulatedRequest request, KlingRefusal refusal)
    {
        LogRefusal(request.Id, refusal.Message);
        return new RequestOutcome.Error(refusal.Wrapped(request.Id));
    }

    private static string End(RequestOutcome outcome, FaultRule? rule) => outcome switch
    {
        RequestOutcome.Error when rule?.Kind == FaultKind.Cancelled => RequestState.Cancelled,
        RequestOutcome.Error => RequestState.Failed,
        _ => RequestState.Success,
    };

    private void Move(SimulatedRequest request, string status, RequestOutcome? outcome)
    {
        request.State = new RequestState(status, outcome, time.GetUtcNow());
        LogMove(request.Id, request.Model, status);
    }

    private Task WaitAsync(TimeSpan duration) =>
        options.Scaled(duration) is var scaled && scaled > TimeSpan.Zero ? Task.Delay(scaled, time, stopping) : Task.CompletedTask;

    [LoggerMessage(Level = LogLevel.Debug, Message = "{RequestId} {Model}: {Status}")]
    private partial void LogMove(string requestId, string model, string status);

    [LoggerMessage(Level = LogLevel.Information, Message = "{RequestId} refused: {Reason}")]
    private partial void LogRefusal(string requestId, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{RequestId}: {Note}")]
    private partial void LogNote(string requestId, string note);

    [LoggerMessage(Level = LogLevel.Error, Message = "{RequestId}: the simulator failed")]
    private partial void LogBug(Exception exception, string requestId);
}
