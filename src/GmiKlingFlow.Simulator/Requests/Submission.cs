using System.Text.Json;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Simulator.Accounts;
using GmiKlingFlow.Simulator.Faults;
using GmiKlingFlow.Simulator.Hosting;
using GmiKlingFlow.Simulator.Kling;
using GmiKlingFlow.Simulator.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace GmiKlingFlow.Simulator.Requests;

/// <summary>POST /requests, from the parsed body on: schema, credit, record, work.</summary>
internal sealed partial class Submission(
    RequestStore requests,
    RequestProcessor processor,
    RecordWriter writer,
    SimulatorLedger ledger,
    SeededIds ids,
    ObjectStore store,
    SimulatorOptions options,
    TimeProvider time,
    ILogger<Submission> log)
{
    private readonly Lock gate = new();

    public async Task<IResult> TakeAsync(SubmittedBody body, string? organisation, FaultRule? rule, CancellationToken aborted)
    {
        if (!ModelCatalogue.Has(body.Model))
        {
            return QueueAnswer.UnknownModel(body.Model);
        }

        if (PayloadSchema.Problem(body.Model, body.Payload) is { } problem)
        {
            return QueueAnswer.Error(StatusCodes.Status400BadRequest, problem);
        }

        var payload = await StoredPayload.KeepAsync(JsonBytes(body.Payload), store, CancellationToken.None);
        var request = new SimulatedRequest(ids.NextUuid(), body.Model, organisation ?? RecordWriter.Organisation, payload, time.GetUtcNow());
        var price = KlingPrices.Of(body.Model, body.Payload);
        if (Refusal(request, price) is { } refusal)
        {
            return refusal;
        }

        LogAccepted(request.Id, request.Model, price);
        var work = processor.Start(request, rule);
        if (body.Model == ModelNames.LipSync || options.AsynchronousIdentify || rule?.Kind == FaultKind.StuckQueued)
        {
            return QueueAnswer.Json(writer.Queued(request));
        }

        await work.WaitAsync(aborted);
        return options.OpaqueRefusals && request.State is { Status: RequestState.Failed }
            ? QueueAnswer.Error(StatusCodes.Status500InternalServerError, FaultAnswer.BackendError)
            : QueueAnswer.Json(writer.Finished(request));
    }

    // Together, so that two requests at once can't both take the last place.
    private IResult? Refusal(SimulatedRequest request, decimal price)
    {
        lock (gate)
        {
            if (options.ParallelLimit is { } most && request.Model == ModelNames.LipSync && requests.Active(ModelNames.LipSync) >= most)
            {
                return QueueAnswer.Error(StatusCodes.Status429TooManyRequests, "API request failed with status 429: {\"code\":1303,\"message\":\"parallel task over resource pack limit\"}");
            }

            if (!ledger.TryCharge(new Charge(request.Id, request.Model, request.Payload.Sha256, price, request.CreatedAt)))
            {
                return QueueAnswer.NoCredit();
            }

            requests.Add(request);
            return null;
        }
    }

    private static byte[] JsonBytes(JsonElement element) => System.Text.Encoding.UTF8.GetBytes(element.GetRawText());

    [LoggerMessage(Level = LogLevel.Information, Message = "{RequestId} {Model} accepted, ${Usd}")]
    private partial void LogAccepted(string requestId, string model, decimal usd);
}
