using System.Diagnostics;
using System.Diagnostics.Metrics;
using GmiKlingFlow.Cli.Output.Runs;
using GmiKlingFlow.Runtime.Results;

namespace GmiKlingFlow.Cli.Output.Telemetry;

/// <summary>What runs count and measure. Names and units as OpenTelemetry has them: durations in seconds.</summary>
internal sealed class RunMeter : IDisposable
{
    // From a cached answer to an hour in the queue.
    private static readonly InstrumentAdvice<double> Seconds = new() { HistogramBucketBoundaries = [0.1, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 180, 300, 600, 900, 1800, 3600] };

    private readonly Meter meter;
    private readonly Counter<long> jobs;
    private readonly Histogram<double> jobDuration;
    private readonly Histogram<double> stepDuration;
    private readonly Histogram<double> queued;
    private readonly Counter<long> attempts;
    private readonly Counter<long> retries;
    private readonly Counter<long> polls;
    private readonly Histogram<double> pollDuration;
    private readonly Counter<double> cost;

    public RunMeter(string version)
    {
        meter = new Meter(RunTelemetry.SourceName, version);
        jobs = meter.CreateCounter<long>("gkflow.jobs", "{job}", "Jobs that came to an end, by status.");
        jobDuration = meter.CreateHistogram("gkflow.job.duration", "s", "From taking a job up to being done with it, download included.", advice: Seconds);
        stepDuration = meter.CreateHistogram("gkflow.step.duration", "s", "From a request's submission to its end at the service.", advice: Seconds);
        queued = meter.CreateHistogram("gkflow.step.queued", "s", "From a request's submission until the service was seen to work on it.", advice: Seconds);
        attempts = meter.CreateCounter<long>("gkflow.attempts", "{attempt}", "POSTs made.");
        retries = meter.CreateCounter<long>("gkflow.retries", "{attempt}", "POSTs made again after a refusal that passed or a lost answer.");
        polls = meter.CreateCounter<long>("gkflow.polls", "{poll}", "Questions about a request's state.");
        pollDuration = meter.CreateHistogram("gkflow.poll.duration", "s", "How long such a question took.", advice: Seconds);
        cost = meter.CreateCounter<double>("gkflow.cost", "USD", "What was spent, by the prices the plan goes by.");
    }

    public void Attempted(string model, int number)
    {
        var tag = Model(model);
        attempts.Add(1, tag);
        if (number > 1)
        {
            retries.Add(1, tag);
        }
    }

    public void Polled(string model, TimeSpan took)
    {
        polls.Add(1, Model(model));
        pollDuration.Record(took.TotalSeconds, Model(model));
    }

    public void Finished(JobResult result, TimeSpan? took)
    {
        var status = new KeyValuePair<string, object?>(TagNames.Status, RunWords.Status(result.Status));
        jobs.Add(1, result.Error is { } error ? new TagList { status, new(TagNames.ErrorType, error.Code) } : new TagList { status });
        if (took is { } time)
        {
            jobDuration.Record(time.TotalSeconds, status);
        }

        foreach (var step in result.Steps)
        {
            if (step.Cost.Usd > 0)
            {
                cost.Add((double)step.Cost.Usd, Model(step.Model), new("gkflow.cost.source", step.Cost.Source));
            }

            if (took is not null && step is { SubmittedAt: { } submitted, FinishedAt: { } finished })
            {
                stepDuration.Record((finished - submitted).TotalSeconds, Model(step.Model), new(TagNames.Status, step.Status));
                if (step.QueuedMs is { } waited)
                {
                    queued.Record(waited / 1000.0, Model(step.Model));
                }
            }
        }
    }

    public void Dispose() => meter.Dispose();

    private static KeyValuePair<string, object?> Model(string model) => new(TagNames.Model, model);
}
