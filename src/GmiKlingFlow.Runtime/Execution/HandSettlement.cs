using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Runtime.Queue;
using GmiKlingFlow.Runtime.State;

namespace GmiKlingFlow.Runtime.Execution;

/// <summary>What a decision by hand came to.</summary>
public abstract record HandDecision
{
    private HandDecision()
    {
    }

    /// <param name="Request">The job's request as it stands now.</param>
    /// <param name="Warning">What could not be checked; null when all could.</param>
    public sealed record Adopted(StoredRequest Request, string? Warning) : HandDecision;

    public sealed record Abandoned(StoredRequest Request) : HandDecision;

    /// <summary>Nothing was changed.</summary>
    /// <param name="ByService">True: the service can't be asked, or refuses the key; false: what was asked for is not right.</param>
    public sealed record Refused(Failure Failure, bool ByService) : HandDecision;
}

/// <summary>Decides by hand, on the record, what neither the service's list nor waiting could decide (product 6).</summary>
/// <param name="store">Opened for writing: no run works on the job meanwhile.</param>
public sealed class HandSettlement(StateStore store, TimeProvider time)
{
    /// <summary>On record as the reason of every change made here.</summary>
    public const string Detail = "settled by hand";

    /// <returns>The step of the job that is unknown or stalled; null when none is. A step cut off between its intent and its answer is unknown.</returns>
    public StoredRequest? OpenStep(StoredJob job) =>
        job.Status is "succeeded" or "reused" ? null : store.ListRequests(job).LastOrDefault(static r => IsOpen(r.State));

    /// <returns>Why there is nothing to decide about a job; null when there is.</returns>
    public HandDecision.Refused? WhyNot(StoredJob job) => OpenStep(job) is null ? NotOpen(job) : null;

    /// <summary>Uses a request of the service as the job's own, after holding it against what the job wants.</summary>
    /// <exception cref="StateLostException">Nothing was recorded.</exception>
    public async Task<HandDecision> AdoptAsync(StoredJob job, string requestId, IRequestQueue queue, CancellationToken cancellationToken)
    {
        if (OpenStep(job) is not { } step)
        {
            return NotOpen(job);
        }

        if (Taken(step, requestId) is { } taken)
        {
            return Wrong(taken);
        }

        switch (await queue.GetAsync(requestId, null, cancellationToken))
        {
            case QueryOutcome.NotFound missing:
                return Wrong(missing.Failure);
            case QueryOutcome.Unavailable unavailable:
                return new HandDecision.Refused(unavailable.Failure, ByService: true);
            case QueryOutcome.Refused refused:
                return new HandDecision.Refused(refused.Failure, ByService: true);
            case QueryOutcome.Found { Record: var record }:
                return Mismatch(step, record) is { } mismatch ? Wrong(mismatch) : Adopt(step, record);
            case var other:
                throw new InvalidOperationException($"A request was answered by {other.GetType().Name}.");
        }
    }

    /// <summary>Gives the job's open step up: a later run sends it again.</summary>
    /// <exception cref="StateLostException">Nothing was recorded.</exception>
    public HandDecision Abandon(StoredJob job)
    {
        if (OpenStep(job) is not { } step)
        {
            return NotOpen(job);
        }

        return store.Database.Write<HandDecision>(() =>
        {
            var abandoned = Move(Known(step), StepState.Abandoned, new() { Detail = $"{Detail}: abandoned" });
            store.Jobs.Settle(step.Row, Detail, time.GetUtcNow());
            return new HandDecision.Abandoned(abandoned);
        });
    }

    private static bool IsOpen(StepState state) => state is StepState.Unknown or StepState.Stalled or StepState.Intent;

    private HandDecision Adopt(StoredRequest step, RequestRecord record) => store.Database.Write<HandDecision>(() =>
    {
        var now = time.GetUtcNow();
        var target = Known(step);
        if (step.State == StepState.Stalled)
        {
            // The stalled request keeps its id on record: it is paid for, whatever becomes of it.
            Move(target, StepState.Abandoned, new() { Detail = $"{Detail}: {record.RequestId} is used in its place" });
            target = store.Requests.Succeed(target, now);
            store.Jobs.UseInPlace(step.Row, target.Row);
        }

        var change = RequestFinisher.Change(record, 0) with
        {
            // A session lives from when its request was made: never believe it younger than it is.
            IntentAt = Earlier(step.IntentAt, record.CreatedAt) ?? now,
            Detail = $"{Detail}: adopted {record.RequestId}",
        };
        var adopted = Move(target, StepState.Submitted, change);
        store.Jobs.Settle(adopted.Row, Detail, now);
        var warning = record.Payload is not { } payload || IsEmpty(payload) ? "The service does not show its payload: that it is the same request could not be checked." : null;
        return new HandDecision.Adopted(adopted, warning);
    });

    // Nobody runs now: an intent without an answer is one whose answer was lost.
    private StoredRequest Known(StoredRequest step) => step.State == StepState.Intent
        ? Move(step, StepState.Unknown, new() { UnclearAt = step.IntentAt, Detail = "the run was cut off before the answer" })
        : step;

    private StoredRequest Move(StoredRequest request, StepState to, RequestChange change) =>
        store.Requests.Move(request.Row, to, change, request.RunId, time.GetUtcNow());

    private Failure? Taken(StoredRequest step, string requestId) =>
        store.Requests.Owner(step.Service, requestId) is not { } owner ? null
            : owner.Row == step.Row ? StateFailures.RequestIsItsOwn(owner.RequestId ?? requestId)
            : StateFailures.RequestIsTaken(owner.RequestId ?? requestId, store.Jobs.NameOf(owner.Row) ?? owner.Model);

    private Failure? Mismatch(StoredRequest step, RequestRecord record)
    {
        if (Taken(step, record.RequestId) is { } taken)
        {
            return taken;
        }

        if (record.Model.Length > 0 && record.Model != step.Model)
        {
            return StateFailures.RequestOfOtherModel(record.RequestId, record.Model, step.Model);
        }

        return record.Payload is { } payload && !IsEmpty(payload) && PayloadFingerprint.Of(payload) != step.PayloadSha256
            ? StateFailures.RequestOfOtherPayload(record.RequestId, PayloadDifferences.Between(store.Requests.Payload(step.Row), payload))
            : null;
    }

    private static bool IsEmpty(System.Text.Json.JsonElement payload) =>
        payload.ValueKind != System.Text.Json.JsonValueKind.Object || !payload.EnumerateObject().Any();

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one is null ? other : other is null || one < other ? one : other;

    private static HandDecision.Refused Wrong(Failure failure) => new(failure, ByService: false);

    private HandDecision.Refused NotOpen(StoredJob job)
    {
        var last = store.ListRequests(job).LastOrDefault();
        return Wrong(StateFailures.NotOpen(job.JobId, last is { State: StepState.Submitted } ? StepTransitions.Word(last.State) : job.Status));
    }
}
