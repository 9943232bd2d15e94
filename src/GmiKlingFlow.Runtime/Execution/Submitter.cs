using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Runtime.Queue;
using GmiKlingFlow.Runtime.Results;
using GmiKlingFlow.Runtime.State;

namespace GmiKlingFlow.Runtime.Execution;

/// <summary>
/// The submission protocol (product 6): the intent is on disk before the POST, the answer is on disk before anything depends on it,
/// and only what was surely not taken is sent again from here.
/// </summary>
internal sealed class Submitter(RunScope run, Reachability reachability)
{
    // A payload this small is kept whole, and without audio inside it one of the most entries that subtitles give; a fingerprint is kept of any.
    private const int LargestKeptBody = 16 * 1024;
    private const int LargestKeptText = 1024 * 1024;

    private readonly SubmissionLine line = new(run.Queue, run.Gate, new PostingRoom(run.Options.Concurrency, run.Time));

    /// <param name="request">Its record, in a state that an intent may follow; null when there is none yet.</param>
    /// <param name="isPaid">True when this run has counted its price already.</param>
    public async Task<Submission> SubmitAsync(StepSpec step, StoredRequest? request, bool isPaid)
    {
        var refusals = 0;
        DateTimeOffset? refusedSince = null;
        while (true)
        {
            var preparation = await step.PrepareAsync();
            if (preparation is Preparation.Ended { End: var end })
            {
                return new Submission.Ended(end);
            }

            var submission = await InPlaceAsync(step, request, (Preparation.Ready)preparation, isPaid);
            if (submission is not Submission.Again again)
            {
                return submission;
            }

            request = again.Request;
            if (again.Wait is not { } refusal)
            {
                continue;
            }

            isPaid = false;
            refusedSince ??= run.Now;
            if (run.Now - refusedSince >= run.Options.Deadline)
            {
                return new Submission.Ended(new StepEnd.Failed(request, JobError.Of(StateFailures.NotTaken(refusal.Failure.Message))));
            }

            var wait = run.Jitter.Backoff(++refusals, refusal.RetryAfter);
            run.Events.Report(new RunEvent.Waiting(step.JobId, step.Model, wait, refusal.Failure.Message) { Pass = step.Pass });
            try
            {
                await run.WaitAsync(wait, run.Stop.Submitting);
            }
            catch (OperationCanceledException)
            {
                return new Submission.Ended(new StepEnd.Pending(request, refusal.Failure));
            }
        }
    }

    private async Task<Submission> InPlaceAsync(StepSpec step, StoredRequest? request, Preparation.Ready ready, bool isPaid)
    {
        IDisposable? posting;
        try
        {
            posting = await line.EnterAsync(step.Rank, run.Stop.Submitting);
        }
        catch (OperationCanceledException)
        {
            return new Submission.Ended(new StepEnd.Pending(request, null));
        }

        step.InPlace?.Invoke();
        Submission? submission = null;
        try
        {
            submission = await OnceAsync(step, request, ready, isPaid);
            return submission;
        }
        finally
        {
            posting?.Dispose();
            if (submission is not Submission.Taken)
            {
                run.Failures.Count(step.JobId, (submission as Submission.Ended)?.End);
                run.Gate.Leave();
            }
        }
    }

    private async Task<Submission> OnceAsync(StepSpec step, StoredRequest? request, Preparation.Ready ready, bool isPaid)
    {
        if (run.Stop.Submitting.IsCancellationRequested)
        {
            return new Submission.Ended(new StepEnd.Pending(request, null));
        }

        if (!ready.IsGood())
        {
            return new Submission.Again(request, null);
        }

        ReadOnlyMemory<byte> body;
        try
        {
            body = ready.Body();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Submission.Ended(new StepEnd.Failed(request, JobError.Of(StateFailures.SourceChanged((e as FileNotFoundException)?.FileName ?? "a local source"))));
        }

        if (ready.Refusals(body) is [var refusal, ..] refusals)
        {
            foreach (var other in refusals.Skip(1))
            {
                run.Events.Report(new RunEvent.Warned(step.JobId, other));
            }

            return new Submission.Ended(new StepEnd.Failed(request, JobError.Of(refusal)));
        }

        switch (RecordIntent(step, request, body, isPaid))
        {
            case Intent.SentAlready already:
                return new Submission.SameAs(already.Request);
            case Intent.AboveBudget above:
                // Not inside the transaction: whoever is stopped by this writes to the state too.
                var failure = StateFailures.BudgetReached(run.Options.BudgetUsd ?? 0, above.NeededUsd);
                run.Stop.BudgetIsReached(failure);
                return new Submission.Ended(new StepEnd.Pending(request, failure));
            case Intent.OnDisk intent:
                return await PostAsync(step, intent.Request, body);
            case var other:
                throw new InvalidOperationException($"An intent came to {other.GetType().Name}.");
        }
    }

    private async Task<Submission> PostAsync(StepSpec step, StoredRequest request, ReadOnlyMemory<byte> body)
    {
        run.Events.Report(new RunEvent.AttemptStarted(step.JobId, step.Model, request.Attempts) { Pass = step.Pass });
        SubmitOutcome outcome;
        try
        {
            // Its deadline begins here. An answer that is cut off is no refusal: the request is unknown, and looked for.
            outcome = await run.Queue.SubmitAsync(step.Model, body, run.WholePatience, run.Stop.Answers);
        }
        catch (OperationCanceledException)
        {
            outcome = new SubmitOutcome.Unclear(StateFailures.Unsettled("the run was stopped before its answer"));
        }

        try
        {
            return RecordAnswer(step, request, outcome);
        }
        catch (StateLostException lost)
        {
            // The intent is on disk and tells the next run to look the request up.
            run.Stop.StateIsLost(lost.Failure);
            return new Submission.Ended(new StepEnd.Unknown(request, lost.Failure));
        }
    }

    private static string? Kept(System.Text.Json.JsonElement payload, int length)
    {
        var text = length <= LargestKeptBody ? payload.GetRawText() : SentJson.Kept(payload);
        return text.Length <= LargestKeptText ? text : null;
    }

    private Intent RecordIntent(StepSpec step, StoredRequest? request, ReadOnlyMemory<byte> body, bool isPaid)
    {
        using var document = System.Text.Json.JsonDocument.Parse(body);
        var payload = document.RootElement.GetProperty("payload");
        var change = new RequestChange
        {
            PayloadSha256 = PayloadFingerprint.Of(payload),
            Payload = Kept(payload, body.Length),
            SessionId = payload.TryGetProperty("session_id", out var session) ? session.GetString() : null,
        };
        var intent = run.Store.Database.Write<Intent>(() =>
        {
            // Jobs that choose the face in different ways may come to the same request: it is paid for once. An identify is one video's by its key.
            if (step.VideoKey is null
                && run.Store.Requests.WithPayload(run.Options.Service, step.Model, change.PayloadSha256, request).FirstOrDefault(r => run.MayUse(r.RunId)) is { } same)
            {
                return new Intent.SentAlready(same);
            }

            if (!isPaid && run.Spending.Reserve(Price(step, request)) is > 0 and var needed)
            {
                return new Intent.AboveBudget(needed);
            }

            var sent = request ?? run.Store.Requests.Create(run.Options.Service, step.ContentKey, step.Model, run.RunId, step.EstimatedUsd, run.Now);
            run.Store.Jobs.Use(step.JobRow, step.JobKey, sent.Row);
            return new Intent.OnDisk(run.Store.Requests.Move(sent.Row, StepState.Intent, change, run.RunId, run.Now));
        });
        if (intent is Intent.OnDisk { Request: var intended } && !run.Options.Simulated)
        {
            // What a simulation has taken ends with it: losing the record of it costs nothing.
            run.Store.Intents.Append(intended, run.Options.Organization);
        }

        return intent;
    }

    // A lost request that turns out not to be taken costs what it cost when it was planned.
    private static decimal Price(StepSpec step, StoredRequest? request) => Math.Max(step.EstimatedUsd, request?.EstimatedUsd ?? 0);

    private Submission RecordAnswer(StepSpec step, StoredRequest request, SubmitOutcome outcome)
    {
        if (outcome is SubmitOutcome.NotNow { IsThrottled: false } silent)
        {
            reachability.NotAnswered(silent.Failure);
        }
        else if (outcome is not SubmitOutcome.Unclear)
        {
            reachability.Answered();
        }

        switch (outcome)
        {
            case SubmitOutcome.Accepted { Record: var record } when run.Store.Requests.IsKnown(run.Options.Service, record.RequestId):
                var doubled = StateFailures.Unsettled($"the service answered with the id of another request, \"{record.RequestId}\"");
                run.Spending.Charge(request.Row, Price(step, request));
                return new Submission.Ended(new StepEnd.Unknown(Move(request, StepState.Unknown, new() { Failure = doubled }), doubled));
            case SubmitOutcome.Accepted { Record: var record }:
                run.Spending.Charge(request.Row, Price(step, request));
                var taken = Move(request, StepState.Submitted, RequestFinisher.Change(record, 0));
                run.Gate.Accepted();
                run.Events.Report(new RunEvent.Submitted(step.JobId, step.Model, record.RequestId) { Pass = step.Pass });
                return new Submission.Taken(taken, record);
            case SubmitOutcome.Rejected rejected:
                NotPaid(step, request);
                var refused = Move(request, StepState.Rejected, new() { Failure = rejected.Failure });
                if (rejected.StopsRun)
                {
                    run.Stop.ServiceRefuses(rejected.Failure);
                }

                return new Submission.Ended(new StepEnd.Failed(refused, JobError.Of(rejected.Failure)));
            case SubmitOutcome.NotNow later:
                NotPaid(step, request);
                var pending = Move(request, StepState.Pending, new() { Detail = later.Failure.Message });
                if (later.IsThrottled)
                {
                    run.Gate.Throttled(later.RetryAfter);
                }
                else
                {
                    run.Gate.Pause(later.RetryAfter);
                }

                return new Submission.Again(pending, later);
            case SubmitOutcome.Unclear unclear:
                run.Spending.Charge(request.Row, Price(step, request));
                run.Events.Report(new RunEvent.Unclear(step.JobId, step.Model, unclear.Failure) { Pass = step.Pass });
                return new Submission.Unclear(Move(request, StepState.Unknown, new() { Failure = unclear.Failure }));
            default:
                throw new InvalidOperationException($"A submission was answered by {outcome.GetType().Name}.");
        }
    }

    private void NotPaid(StepSpec step, StoredRequest request)
    {
        run.Spending.Release(Price(step, request));
        run.Spending.Uncharge(request.Row);
    }

    private StoredRequest Move(StoredRequest request, StepState to, RequestChange change) =>
        run.Store.Requests.Move(request.Row, to, change, run.RunId, run.Now);

    private abstract record Intent
    {
        public sealed record OnDisk(StoredRequest Request) : Intent;

        public sealed record SentAlready(StoredRequest Request) : Intent;

        public sealed record AboveBudget(decimal NeededUsd) : Intent;
    }
}
