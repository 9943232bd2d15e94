using System.Diagnostics;
using GmiKlingFlow.Runtime.Execution;

namespace GmiKlingFlow.Cli.Output.Telemetry;

/// <summary>
/// Tells a run as spans (run, job, step, attempt, poll, upload, download) and measurements. It only listens to what the run reports: without a listener
/// of its own nobody pays for it, and no span is ever the current one, so that no request to the service carries a trace's id.
/// </summary>
/// <param name="parent">The trace that the run is a part of, as a pipeline gives it; default for one of its own.</param>
internal sealed class RunTelemetry(string flowName, string version, ActivityContext parent, TimeProvider time) : IRunEvents, IDisposable
{
    public const string SourceName = "GmiKlingFlow";

    private readonly ActivitySource source = new(SourceName, version);
    private readonly RunMeter meter = new(version);
    private readonly Lock gate = new();
    private readonly Dictionary<string, JobSpans> jobs = new(StringComparer.Ordinal);
    private Activity? run;

    public void Report(RunEvent runEvent)
    {
        lock (gate)
        {
            switch (runEvent)
            {
                case RunEvent.RunStarted e:
                    run = Start("run", null, null)?.SetTag(TagNames.Run, e.RunId).SetTag(TagNames.Flow, flowName).SetTag("gkflow.jobs", e.Jobs);
                    break;
                case RunEvent.JobFinished { Result: var result }:
                    jobs.Remove(result.Id, out var finished);
                    meter.Finished(result, finished is null ? null : time.GetUtcNow() - finished.StartedAt);
                    finished?.Finish(result, time.GetUtcNow());
                    break;
                case RunEvent.RunFinished e:
                    run?.SetTag(TagNames.Cost, (double)e.Report.Results.Summary.CostUsd).SetTag(TagNames.Simulated, e.Report.Results.Run.Simulated).SetTag("gkflow.end", e.Report.End.ToString());
                    if (e.Report.Reason is { } reason)
                    {
                        run?.SetTag(TagNames.ErrorType, reason.Code).SetStatus(ActivityStatusCode.Error);
                    }

                    Close();
                    break;
                default:
                    if (JobOf(runEvent) is { } job)
                    {
                        Measure(runEvent);
                        Spans(job).Tell(runEvent);
                    }

                    break;
            }
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            Close();
        }

        source.Dispose();
        meter.Dispose();
    }

    private static string? JobOf(RunEvent runEvent) => runEvent switch
    {
        RunEvent.JobStarted e => e.JobId,
        RunEvent.UploadStarted e => e.JobId,
        RunEvent.UploadFinished e => e.JobId,
        RunEvent.AttemptStarted e => e.JobId,
        RunEvent.Submitted e => e.JobId,
        RunEvent.Resumed e => e.JobId,
        RunEvent.Adopted e => e.JobId,
        RunEvent.Polled e => e.JobId,
        RunEvent.StatusChanged e => e.JobId,
        RunEvent.Unclear e => e.JobId,
        RunEvent.Waiting e => e.JobId,
        RunEvent.Downloading e => e.JobId,
        _ => null,
    };

    private void Measure(RunEvent runEvent)
    {
        switch (runEvent)
        {
            case RunEvent.AttemptStarted e:
                meter.Attempted(e.Model, e.Number);
                break;
            case RunEvent.Polled e:
                meter.Polled(e.Model, e.Took);
                break;
        }
    }

    // An identify for several jobs, made before they begin, belongs to the job that asked for it first.
    private JobSpans Spans(string job)
    {
        if (!jobs.TryGetValue(job, out var spans))
        {
            spans = new JobSpans(Start, Start("job", run, null)?.SetTag(TagNames.Job, job).SetTag(TagNames.Flow, flowName), time.GetUtcNow());
            jobs.Add(job, spans);
        }

        return spans;
    }

    private Activity? Start(string name, Activity? under, DateTimeOffset? at)
    {
        var current = Activity.Current;
        try
        {
            Activity.Current = null;
            return source.StartActivity($"gkflow.{name}", ActivityKind.Internal, under?.Context ?? parent, startTime: at ?? time.GetUtcNow());
        }
        finally
        {
            Activity.Current = current;
        }
    }

    private void Close()
    {
        foreach (var job in jobs.Values)
        {
            job.Abandon(time.GetUtcNow(), null);
        }

        jobs.Clear();
        run?.SetEndTime(time.GetUtcNow().UtcDateTime);
        run?.Stop();
        run = null;
    }
}
