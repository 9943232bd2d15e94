using System.Collections.Concurrent;
using GmiKlingFlow.Runtime.Queue;
using GmiKlingFlow.Runtime.Results;
using GmiKlingFlow.Runtime.State;

namespace GmiKlingFlow.Runtime.Execution;

/// <summary>Brings one request to its end from wherever its record stands. Jobs that need the same one share it.</summary>
internal sealed class RequestExecutor
{
    private readonly RunScope run;
    private readonly SharedWork<StepEnd> shared = new();

    // What did not end well for one job of this run is not tried again for the others that share it.
    private readonly ConcurrentDictionary<string, StepEnd> ended = new(StringComparer.Ordinal);
    private readonly Reachability reachability;
    private readonly RequestFinisher finisher;
    private readonly RequestFollower follower;
    private readonly Submitter submitter;
    private readonly Settler settler;

    public RequestExecutor(RunScope run)
    {
        this.run = run;
        reachability = new Reachability(run);
        finisher = new RequestFinisher(run);
        follower = new RequestFollower(run);
        submitter = new Submitter(run, reachability);
        settler = new Settler(run);
    }

    public Task<StepEnd> RunAsync(StepSpec step) => shared.DoAsync(step.ContentKey, () => AloneAsync(step));

    /// <summary>What this content came to, for all jobs of this run that still ask.</summary>
    public void EndFor(string contentKey, StepEnd end) => ended[contentKey] = end;

    private async Task<StepEnd> AloneAsync(StepSpec step)
    {
        if (ended.TryGetValue(step.ContentKey, out var known))
        {
            return known;
        }

        while (true)
        {
            var request = run.Store.Requests.Newest(run.Options.Service, step.ContentKey);
            // A session is looked up where it is kept: here it was too old, or lost.
            if (request is null || !run.MayUse(request.RunId) || StepTransitions.IsSpent(request.State) || (request.State == StepState.Succeeded && step.VideoKey is not null))
            {
                request = null;
            }

            if (await ContinueAsync(step, request) is { } end)
            {
                if (end is not StepEnd.Succeeded and not StepEnd.Pending && end.Request?.ContentKey == step.ContentKey)
                {
                    ended[step.ContentKey] = end;
                }

                return end;
            }
        }
    }

    /// <returns>Null when the record has to be looked at anew.</returns>
    private async Task<StepEnd?> ContinueAsync(StepSpec step, StoredRequest? request)
    {
        switch (request?.State)
        {
            case null or StepState.Pending:
                return await SendAsync(step, request, sentSince: null);
            case StepState.Succeeded:
                return new StepEnd.Succeeded(request);
            case StepState.Submitted or StepState.Stalled:
                run.Events.Report(new RunEvent.Resumed(step.JobId, step.Model, request.RequestId ?? "") { Pass = step.Pass });
                return await ResumeAsync(step, request, null);
            case StepState.Intent:
                // A run was cut off between the intent and its answer.
                request = run.Store.Requests.Move(
                    request.Row,
                    StepState.Unknown,
                    new() { UnclearAt = request.IntentAt, Detail = "the run was cut off before the answer" },
                    run.RunId,
                    run.Now);
                return await SettleAsync(step, request, sentSince: null);
            default:
                return await SettleAsync(step, request, sentSince: null);
        }
    }

    /// <param name="sentSince">When this run first sent the request and lost the answer; its price is counted since then. Null when it has not.</param>
    private async Task<StepEnd?> SendAsync(StepSpec step, StoredRequest? request, DateTimeOffset? sentSince)
    {
        var started = sentSince ?? run.Now;
        switch (await submitter.SubmitAsync(step, request, isPaid: sentSince is not null))
        {
            case Submission.Ended ended:
                return ended.End;
            case Submission.Unclear unclear:
                return await SettleAsync(step, unclear.Request, started);
            case Submission.SameAs { Request: var same }:
                return same.ContentKey == step.ContentKey
                    ? await ContinueAsync(step, same)
                    : await RunAsync(step with { ContentKey = same.ContentKey });
            case Submission.Taken taken:
                return await InPlaceAsync(step, taken.Request, taken.Record);

            case var other:
                throw new InvalidOperationException($"A submission ended as {other.GetType().Name}.");
        }
    }

    private async Task<StepEnd?> CompleteAsync(StepSpec step, StoredRequest request, RequestRecord? record) =>
        record is not null && RequestFinisher.TellsAll(step, record)
            ? finisher.Finish(step, request, record, 0)
            : await follower.FollowAsync(step, request, record is { IsFinished: true } ? null : record);

    private StepEnd? Counted(StepSpec step, StepEnd? end)
    {
        run.Failures.Count(step.JobId, end);
        return end;
    }

    // In flight already, whatever the limit says: new submissions wait for it.
    private async Task<StepEnd?> ResumeAsync(StepSpec step, StoredRequest request, RequestRecord? record)
    {
        run.Gate.EnterAnyway();
        step.InPlace?.Invoke();
        return await InPlaceAsync(step, request, record);
    }

    /// <summary>The place is left when the service is done: at once where all went well, after a failure when it has been counted.</summary>
    private async Task<StepEnd?> InPlaceAsync(StepSpec step, StoredRequest request, RequestRecord? record)
    {
        var place = new InFlightPlace(run.Gate);
        try
        {
            return Counted(step, await CompleteAsync(step with { Place = place }, request, record));
        }
        finally
        {
            place.Leave();
        }
    }

    private async Task<StepEnd?> SettleAsync(StepSpec step, StoredRequest request, DateTimeOffset? sentSince)
    {
        switch (await settler.SettleAsync(step, request, isOurs: sentSince is not null))
        {
            case Settlement.Found { Record: var record }:
                reachability.Answered();
                if (Adopt(request, record) is not { } adopted)
                {
                    return null;
                }

                run.Events.Report(new RunEvent.Adopted(step.JobId, step.Model, record.RequestId) { Pass = step.Pass });
                return await ResumeAsync(step, adopted, record);
            case Settlement.Undecided undecided:
                return new StepEnd.Unknown(request, undecided.Failure);
            default:
                return await AgainAsync(step, request, sentSince);
        }
    }

    /// <returns>Null when another request of ours has it by now.</returns>
    private StoredRequest? Adopt(StoredRequest request, RequestRecord record) => run.Store.Database.Write(() =>
        run.Store.Requests.IsKnown(run.Options.Service, record.RequestId)
            ? null
            : run.Store.Requests.Move(
                request.Row,
                StepState.Submitted,
                RequestFinisher.Change(record, 0) with { Detail = $"found in the list as {record.RequestId}" },
                run.RunId,
                run.Now));

    private async Task<StepEnd?> AgainAsync(StepSpec step, StoredRequest request, DateTimeOffset? sentSince)
    {
        var failure = request.Failure ?? StateFailures.Unsettled("its answer was lost");
        if (sentSince is not null)
        {
            // A service that loses every answer and takes nothing is as good as out of reach.
            reachability.NotAnswered(failure);
        }

        if (run.Now - sentSince < run.Options.Deadline || sentSince is null)
        {
            return await SendAsync(step, request, sentSince);
        }

        var notTaken = StateFailures.NotTaken(failure.Message);
        var givenUp = run.Store.Requests.Move(request.Row, StepState.Pending, new() { Failure = notTaken }, run.RunId, run.Now);
        run.Spending.Uncharge(request.Row);
        return new StepEnd.Failed(givenUp, JobError.Of(notTaken));
    }
}
