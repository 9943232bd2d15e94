using System.Diagnostics;
using GmiKlingFlow.Cli.Output.Runs;
using GmiKlingFlow.Runtime.Execution;
using GmiKlingFlow.Runtime.Results;

namespace GmiKlingFlow.Cli.Output.Telemetry;

/// <summary>One job's spans: the job, its steps, and their attempts, polls, uploads and downloads.</summary>
internal sealed class JobSpans(Func<string, Activity?, DateTimeOffset?, Activity?> start, Activity? job, DateTimeOffset startedAt)
{
    private readonly Dictionary<(string Model, int Pass), (Activity? Step, Activity? Attempt)> steps = [];
    private readonly Dictionary<string, Activity?> uploads = new(StringComparer.Ordinal);
    private Activity? download;

    public DateTimeOffset StartedAt => startedAt;

    public void Tell(RunEvent runEvent)
    {
        switch (runEvent)
        {
            case RunEvent.AttemptStarted e:
                EndAttempt(e, e.Model, null);
                var attempt = start("attempt", Step(e, e.Model).Step, null)?.SetTag(TagNames.Model, e.Model).SetTag("gkflow.attempt", e.Number);
                steps[Key(e, e.Model)] = Step(e, e.Model) with { Attempt = attempt };
                break;
            case RunEvent.Submitted e:
                Step(e, e.Model).Step?.SetTag(TagNames.Request, e.RequestId);
                Step(e, e.Model).Attempt?.SetTag(TagNames.Request, e.RequestId);
                EndAttempt(e, e.Model, null);
                break;
            case RunEvent.Unclear e:
                EndAttempt(e, e.Model, e.Failure.Code);
                break;
            case RunEvent.Waiting e:
                EndAttempt(e, e.Model, "not_now");
                Step(e, e.Model).Step?.AddEvent(new ActivityEvent("waiting", tags: new() { ["gkflow.wait.reason"] = e.Reason }));
                break;
            case RunEvent.Resumed e:
                Step(e, e.Model).Step?.SetTag(TagNames.Request, e.RequestId).SetTag("gkflow.resumed", true);
                break;
            case RunEvent.Adopted e:
                Step(e, e.Model).Step?.SetTag(TagNames.Request, e.RequestId).SetTag("gkflow.adopted", true);
                break;
            case RunEvent.Polled e:
                var poll = start("poll", Step(e, e.Model).Step, e.At)?.SetTag(TagNames.Model, e.Model).SetTag(TagNames.Request, e.RequestId);
                End(poll, e.At + e.Took, e.Answered ? null : "no_answer");
                break;
            case RunEvent.StatusChanged e:
                Step(e, e.Model).Step?.AddEvent(new ActivityEvent("status", tags: new() { [TagNames.Status] = e.StatusWord }));
                break;
            case RunEvent.UploadStarted e:
                uploads[e.File] = start("upload", job, null)?.SetTag("gkflow.file", e.File).SetTag("gkflow.bytes", e.Bytes);
                break;
            case RunEvent.UploadFinished e when uploads.Remove(e.File, out var upload):
                End(upload, null, null);
                break;
            case RunEvent.Downloading e:
                download = start("download", job, null)?.SetTag("gkflow.file", e.Output);
                break;
        }
    }

    public void Finish(JobResult result, DateTimeOffset now)
    {
        var error = result.Error?.Code;
        End(download, now, result.Output is null ? error : null);
        foreach (var ((model, pass), (step, attempt)) in steps)
        {
            End(attempt, now, error ?? "unanswered");
            var told = result.Steps.Where(s => s.Model == model).ElementAtOrDefault(pass - 1);
            step?.SetTag(TagNames.Status, told?.Status).SetTag(TagNames.Cost, told is null ? null : (double)told.Cost.Usd).SetTag("gkflow.polls", told?.Polls);
            End(step, told?.FinishedAt ?? now, told?.Status == "succeeded" ? null : error);
        }

        job?.SetTag(TagNames.Status, RunWords.Status(result.Status)).SetTag(TagNames.Cost, (double)result.Steps.Sum(static s => s.Cost.Usd));
        Abandon(now, error);
    }

    /// <summary>Ends what is open.</summary>
    public void Abandon(DateTimeOffset now, string? error)
    {
        foreach (var open in steps.Values.SelectMany(static s => new[] { s.Attempt, s.Step }).Concat(uploads.Values).Append(download))
        {
            End(open, now, error);
        }

        End(job, now, error);
    }

    private (Activity? Step, Activity? Attempt) Step(RunEvent happened, string model)
    {
        if (!steps.TryGetValue(Key(happened, model), out var step))
        {
            step = (start(RunWords.Step(model), job, null)?.SetTag(TagNames.Model, model).SetTag(TagNames.Pass, happened.Pass), null);
            steps[Key(happened, model)] = step;
        }

        return step;
    }

    private void EndAttempt(RunEvent happened, string model, string? error)
    {
        var step = Step(happened, model);
        End(step.Attempt, null, error);
        steps[Key(happened, model)] = step with { Attempt = null };
    }

    private static (string Model, int Pass) Key(RunEvent happened, string model) => (model, happened.Pass ?? 1);

    private static void End(Activity? span, DateTimeOffset? at, string? error)
    {
        if (span is null || span.IsStopped)
        {
            return;
        }

        if (error is not null)
        {
            span.SetTag(TagNames.ErrorType, error).SetStatus(ActivityStatusCode.Error);
        }

        if (at is { } end)
        {
            // A clock that was set back must not make a span end before it began.
            span.SetEndTime(end.UtcDateTime < span.StartTimeUtc ? span.StartTimeUtc : end.UtcDateTime);
        }

        span.Stop();
    }
}
