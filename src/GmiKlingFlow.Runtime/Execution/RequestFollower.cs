using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Runtime.Execution.Polling;
using GmiKlingFlow.Runtime.Queue;
using GmiKlingFlow.Runtime.Results;
using GmiKlingFlow.Runtime.State;

namespace GmiKlingFlow.Runtime.Execution;

/// <summary>Asks for a submitted request until it is finished or its deadline has passed. What is paid for is never sent again from here.</summary>
internal sealed class RequestFollower(RunScope run)
{
    private readonly RequestFinisher finisher = new(run);

    /// <param name="record">As last seen by this run; null for a request of an earlier one, which is asked for at once.</param>
    /// <returns>Null when a simulation has forgotten the request: it may start over.</returns>
    public async Task<StepEnd?> FollowAsync(StepSpec step, StoredRequest request, RequestRecord? record)
    {
        var id = request.RequestId ?? throw new InvalidOperationException("A submitted request has an id.");
        var submitted = request.SubmittedAt ?? run.Now;
        var deadline = submitted + run.Options.Deadline;
        using var turn = run.Polls.Follow(step.Model);
        var (polls, silences) = (0, 0);
        var lastWord = record?.StatusWord ?? request.QueueStatus ?? "queued";
        DateTimeOffset? missingSince = null;
        DateTimeOffset? emptySince = null;
        TimeSpan? asked = null;
        Failure? silence = null;
        for (var isFirst = record is null; ; isFirst = false)
        {
            // The first look may come after the stop as well: another job of this run has just left the request to the next one.
            if (isFirst ? run.Stop.Waiting.IsCancellationRequested : !await WaitAsync(turn, submitted, deadline, silences, asked))
            {
                return new StepEnd.Pending(Keep(request, polls), null);
            }

            QueryOutcome outcome;
            var (askedAt, asking) = (run.Now, run.Time.GetTimestamp());
            try
            {
                outcome = await run.Queue.GetAsync(id, run.Patience(deadline), run.Stop.Answers);
            }
            catch (OperationCanceledException)
            {
                return new StepEnd.Pending(Keep(request, polls), null);
            }

            polls++;
            run.Events.Report(new RunEvent.Polled(step.JobId, step.Model, id, askedAt, run.Time.GetElapsedTime(asking), outcome is QueryOutcome.Found) { Pass = step.Pass });
            (asked, silence) = ((outcome as QueryOutcome.Unavailable)?.RetryAfter, (outcome as QueryOutcome.Unavailable)?.Failure);
            switch (outcome)
            {
                case QueryOutcome.Found { Record: { IsFinished: true } finished } when RequestFinisher.TellsAll(step, finished):
                    return finisher.Finish(step, request, finished, polls, Took(turn, finished, submitted, isOfThisRun: record is not null));
                case QueryOutcome.Found { Record: { IsFinished: true } finished }:
                    emptySince ??= run.Now;
                    turn.Saw(askedAt - submitted);
                    if (run.Now - emptySince >= run.Options.SettleAfter || run.Now >= deadline)
                    {
                        // Done and paid: sent again, it would be paid for twice. It is looked at again instead.
                        var stalled = Stall(request, polls, StateFailures.NoResult(finished.RequestId));
                        return new StepEnd.Failed(stalled.Running, JobError.Of(stalled.Failure));
                    }

                    break;
                case QueryOutcome.Found found:
                    (silences, missingSince) = (0, null);
                    turn.Saw(askedAt - submitted);
                    if (found.Record.StatusWord != lastWord)
                    {
                        lastWord = found.Record.StatusWord;
                        request = Note(request, found.Record, ref polls);
                        run.Events.Report(new RunEvent.StatusChanged(step.JobId, step.Model, id, lastWord, found.Record.Status != RequestStatus.Unrecognised) { Pass = step.Pass });
                    }

                    break;
                case QueryOutcome.NotFound when run.Options.Simulated:
                    run.Store.Requests.Move(request.Row, StepState.Expired, new() { Polls = polls }, run.RunId, run.Now);
                    return null;
                case QueryOutcome.NotFound missing:
                    // A request that was just taken may not be in every copy of the queue's records yet.
                    missingSince ??= run.Now;
                    turn.Saw(askedAt - submitted);
                    if (run.Now - missingSince >= run.Options.SettleAfter)
                    {
                        return Stall(request, polls, missing.Failure);
                    }

                    break;
                case QueryOutcome.Refused refused:
                    run.Stop.ServiceIsGone(refused.Failure);
                    return new StepEnd.Pending(Keep(request, polls), refused.Failure);
                case QueryOutcome.Unavailable unavailable:
                    if (++silences == 1)
                    {
                        run.Events.Report(new RunEvent.Waiting(step.JobId, step.Model, run.Options.PollMin, $"no answer about its state: {unavailable.Failure.Message}") { Pass = step.Pass });
                    }

                    break;
            }

            if (run.Now >= deadline)
            {
                return Stall(request, polls, StateFailures.Stalled(id, run.Options.Deadline, lastWord, silence));
            }
        }
    }

    private async Task<bool> WaitAsync(PollTurn turn, DateTimeOffset submitted, DateTimeOffset deadline, int silences, TimeSpan? asked)
    {
        while (!run.Stop.Waiting.IsCancellationRequested)
        {
            var (now, learned) = (run.Now, silences > 0 ? CancellationToken.None : turn.Learned);
            var wait = silences > 0 ? run.Jitter.Backoff(silences, asked) : turn.Wait(now - submitted);
            wait = silences > 0 && wait < run.Options.PollMin ? run.Options.PollMin : wait;
            // The last look is at the deadline itself.
            wait = now + wait > deadline ? deadline - now : wait;
            using var either = learned.CanBeCanceled ? CancellationTokenSource.CreateLinkedTokenSource(run.Stop.Waiting, learned) : null;
            try
            {
                await run.WaitAsync(wait, either?.Token ?? run.Stop.Waiting);
                return !run.Stop.Waiting.IsCancellationRequested;
            }
            catch (OperationCanceledException)
            {
                // Stopped, or others have shown meanwhile how long such a request takes.
            }
        }

        return false;
    }

    // An earlier run's request may have been done long before this run looked: only the service's own times tell how long it took.
    private DurationSample? Took(PollTurn turn, RequestRecord record, DateTimeOffset submitted, bool isOfThisRun)
    {
        var told = record.UpdatedAt - (record.CreatedAt ?? record.QueuedAt);
        return record.Status == RequestStatus.Success && (isOfThisRun || turn.Unfinished > 0 || told > TimeSpan.Zero)
            ? turn.Finished(run.Now - submitted, told, isWhole: record.UpdatedAt?.Millisecond == 0)
            : null;
    }

    private StoredRequest Note(StoredRequest request, RequestRecord record, ref int polls)
    {
        var noted = run.Store.Requests.Note(request.Row, RequestFinisher.Change(record, polls), run.RunId, run.Now);
        polls = 0;
        return noted;
    }

    private StoredRequest Keep(StoredRequest request, int polls) => polls == 0
        ? request
        : run.Store.Requests.Note(request.Row, new() { Polls = polls }, run.RunId, run.Now);

    private StepEnd.Stalled Stall(StoredRequest request, int polls, Failure failure)
    {
        var stalled = run.Store.Requests.Move(request.Row, StepState.Stalled, new() { Polls = polls, Failure = failure }, run.RunId, run.Now);
        return new StepEnd.Stalled(stalled, failure);
    }
}
