using GmiKlingFlow.Runtime.Execution.Polling;
using GmiKlingFlow.Runtime.Queue;
using GmiKlingFlow.Runtime.Results;
using GmiKlingFlow.Runtime.State;

namespace GmiKlingFlow.Runtime.Execution;

/// <summary>Puts the answer of a finished request on record, together with what it brought.</summary>
internal sealed class RequestFinisher(RunScope run)
{
    /// <summary>A synchronous answer or a list may come without its outcome (api-contract 2.4): then the request itself has to be asked for.</summary>
    public static bool TellsAll(StepSpec step, RequestRecord record) =>
        record.IsFinished && (record.Status != RequestStatus.Success || HasResult(step, record));

    /// <param name="polls">Polls that are not on record yet.</param>
    /// <param name="record">One that <see cref="TellsAll"/>.</param>
    /// <param name="took">For the waits of later requests; null when nobody knows, or it was finished at once.</param>
    public StepEnd Finish(StepSpec step, StoredRequest request, RequestRecord record, int polls, DurationSample? took = null)
    {
        if (record.Status != RequestStatus.Success)
        {
            return Fail(request, record, polls);
        }

        // Nothing is in flight any more: the next one need not wait for our disk.
        step.Place?.Leave();
        return Succeed(step, request, record, polls, took);
    }

    public static RequestChange Change(RequestRecord record, int polls) => new()
    {
        RequestId = record.RequestId,
        QueueStatus = record.StatusWord,
        Polls = polls,
        IsWorking = record.Status == RequestStatus.Processing,
        ReportedUnits = OutcomeReader.ReportedUnits(record),
    };

    private static bool HasResult(StepSpec step, RequestRecord record) =>
        step.VideoKey is null ? OutcomeReader.ResultUrl(record) is not null : OutcomeReader.Identify(record) is not null;

    private StepEnd.Succeeded Succeed(StepSpec step, StoredRequest request, RequestRecord record, int polls, DurationSample? took)
    {
        var done = run.Store.Database.Write(() =>
        {
            var change = Change(record, polls) with { ResultUrl = OutcomeReader.ResultUrl(record)?.OriginalString };
            var moved = run.Store.Requests.Move(request.Row, StepState.Succeeded, change, run.RunId, run.Now);
            if (step.VideoKey is { } video && OutcomeReader.Identify(record) is { } identified)
            {
                // From just before the POST: the service can't have opened it earlier, so it can't end before we think.
                var session = new StoredSession(identified.SessionId, identified.Faces, moved.IntentAt ?? run.Now, moved.Row, run.RunId);
                run.Store.Sessions.Put(run.Options.Service, video, session);
            }

            if (took is { } sample)
            {
                run.Store.Durations.Add(run.Options.Service, step.Model, sample);
            }

            return moved;
        });
        return new StepEnd.Succeeded(done);
    }

    private StepEnd.Failed Fail(StoredRequest request, RequestRecord record, int polls)
    {
        var failure = record.Failure ?? StateFailures.NoResult(record.RequestId);
        var failed = run.Store.Requests.Move(request.Row, StepState.Failed, Change(record, polls) with { Failure = failure }, run.RunId, run.Now);
        return new StepEnd.Failed(failed, JobError.Of(failure));
    }
}
