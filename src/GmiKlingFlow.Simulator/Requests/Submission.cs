using System.Text.Json;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Simulator.Accounts;
using GmiKlingFlow.Simulator.Faults;
using GmiKlingFlow.Simulator.Hosting;
using GmiKlingFlow.Simulator.Kling;
using GmiKlingFlow.Simulator.Storage;
using Microsoft.AspNetCore.Http;

namespace GmiKlingFlow.Simulator.Requests;

/// <summary>POST /requests, from the parsed body on: schema, credit, record, work.</summary>
internal sealed class Submission(
    RequestStore requests, RequestProcessor processor, RecordWriter writer, SimulatorLedger ledger, SeededIds ids, ObjectStore store, SimulatorOptions options, TimeProvider time)
{
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

        if (options.ParallelLimit is { } most && body.Model == ModelNames.LipSync && requests.Active(ModelNames.LipSync) >= most)
        {
            return QueueAnswer.Error(StatusCodes.Status429TooManyRequests, "API request failed with status 429: {\"code\":1303,\"message\":\"parallel task over resource pack limit\"}");
        }

        var price = KlingPrices.Of(body.Model, body.Payload);
        var payload = await StoredPayload.KeepAsync(JsonBytes(body.Payload), store, CancellationToken.None);
        var request = new SimulatedRequest(ids.NextUuid(), body.Model, organisation ?? RecordWriter.Organisation, payload, time.GetUtcNow());
        if (!ledger.TryCharge(new Charge(request.Id, request.Model, payload.Sha256, price, request.CreatedAt)))
        {
            return QueueAnswer.NoCredit();
        }

        requests.Add(request);
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

    private static byte[] JsonBytes(JsonElement element) => System.Text.Encoding.UTF8.GetBytes(element.GetRawText());
}
