using System.Globalization;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Planning;
using GmiKlingFlow.Runtime.Downloads;
using GmiKlingFlow.Runtime.Execution.Polling;
using GmiKlingFlow.Runtime.Queue;
using GmiKlingFlow.Runtime.Results;
using GmiKlingFlow.Runtime.State;

namespace GmiKlingFlow.Runtime.Execution;

/// <summary>Executes a plan, durably: what is interrupted here is resumed by the next run on the same state (product 6).</summary>
/// <param name="store">Opened for writing; the caller's to dispose.</param>
/// <param name="jitter">For the waits between repeats; used under a lock.</param>
public sealed class Runner(StateStore store, IRequestQueue queue, IArtifactDownloader downloader, TimeProvider time, Random jitter)
{
    // Jobs that wait (for a back-off, a lost request, their download) hold no place in flight; enough others are worked on meanwhile.
    private const int JobsPerPlace = 4;
    private const int MoreJobs = 8;
    private const int FreeJobs = 4;

    /// <param name="stop">Drains: nothing new is submitted, answers under way are recorded, then the run ends as <see cref="RunEnd.Interrupted"/>.</param>
    /// <returns>Always, also when state or service became unusable: the report says so.</returns>
    public async Task<RunReport> RunAsync(Plan plan, RunOptions options, IRunEvents events, CancellationToken stop)
    {
        var started = time.GetUtcNow();
        var runId = string.Create(CultureInfo.InvariantCulture, $"{started.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}-{Guid.NewGuid().ToString("N")[..8]}");
        var book = new ResultsBook(plan, ResultsRunOf(runId, started, options), options.OutputFolder, time);
        using var stopSwitch = new StopSwitch(stop, options.DrainGrace, time, events);
        using var gate = new SubmissionGate(options.Concurrency, time);
        var chance = new Jitter(jitter);
        var scope = new RunScope(
            runId, options, store, queue, downloader, time, chance, events, stopSwitch, gate, new Spending(options.BudgetUsd),
            new PollSchedule(options.PollMin, options.PollMax, chance), new FailureLimit(options.MaxFailures, options.FailuresBefore, stopSwitch));
        events.Report(new RunEvent.RunStarted(runId, plan.Jobs.Count));

        string? kept = null;
        try
        {
            kept = ResultsWriter.SetAside(options.OutputFolder, earlier => IsKept(earlier, plan, options));

            // Also shows, before anything is spent, that results can be written at all.
            if (book.Write() is { } notWritable)
            {
                stopSwitch.StateIsLost(notWritable);
            }
            else
            {
                scope = Experienced(scope, plan);
                Begin(scope, plan, started);
                await WorkAsync(scope, plan, book);
                store.Runs.Finish(runId, stopSwitch.Ended.ToString(), time.GetUtcNow());
            }
        }
        catch (StateLostException lost)
        {
            stopSwitch.StateIsLost(lost.Failure);
        }

        return Report(scope, book, kept);
    }

    /// <summary>What was really paid stays on record beside what a simulation, another service or a run of no job says.</summary>
    private bool IsKept(EarlierResults earlier, Plan plan, RunOptions options) => earlier.IsReal && earlier.Run is { } run
        && (options.Simulated || plan.Jobs.All(static job => job.Action == JobAction.Skip)
            || (store.Runs.ServiceOf(run.Id ?? "") is { } service ? service != options.Service : run.Host != options.Host));

    private static ResultsRun ResultsRunOf(string runId, DateTimeOffset started, RunOptions options) =>
        new(runId, started, null, options.ToolVersion, options.Host, options.Simulated) { RuleProfile = options.Limits.Version, PlanSha256 = options.SavedPlanSha256 };

    private static void Begin(RunScope run, Plan plan, DateTimeOffset started) => run.Store.Database.Write(() =>
    {
        var options = run.Options;
        run.Store.Runs.Start(new RunStart(run.RunId, options.Service, plan.Flow.Name, plan.Flow.File, plan.Flow.Sha256, started, options.ToolVersion, options.Simulated)
        {
            Organization = options.Organization,
        });
        if (options.SavedPlanSha256 is { } saved)
        {
            run.Store.Runs.UsePlan(saved, run.RunId);
        }

        if (options.Simulated)
        {
            run.Store.Requests.ExpireSimulation(run.RunId, started);
        }

        run.Store.Jobs.Enlist(options.Service, plan.Flow.Name, run.RunId, plan.Jobs.Where(j => j.Action is not (JobAction.Skip or JobAction.Blocked)), started);
    });

    private static async Task WorkAsync(RunScope run, Plan plan, ResultsBook book)
    {
        var executor = new JobExecutor(run, plan);
        var faces = executor.CheckFacesAsync();
        using var ahead = new LookAhead(run.Options.Concurrency);
        await Task.WhenAll(
            EachAsync(run.Order.Working, (Math.Max(1, run.Options.Concurrency) * JobsPerPlace) + MoreJobs),
            EachAsync(run.Order.Free, FreeJobs));
        await faces;

        Task EachAsync(IReadOnlyList<int> jobs, int atOnce) => Parallel.ForEachAsync(jobs, new ParallelOptions { MaxDegreeOfParallelism = atOnce }, async (index, _) =>
        {
            var needsPlace = plan.Jobs[index].Action is JobAction.Create or JobAction.Change;
            using var lease = needsPlace ? await ahead.TakeAsync() : LookAhead.Lease.None;
            await DoAsync(run, executor, plan.Jobs[index], index, book, lease);
        });
    }

    private static async Task DoAsync(RunScope run, JobExecutor executor, PlannedJob job, int index, ResultsBook book, LookAhead.Lease ahead)
    {
        try
        {
            var result = await executor.RunAsync(job, book[index], ahead);
            if (book.WantsFaces(job.Job.Video.Name) && executor.FacesOf(job) is { } found)
            {
                book.PutFaces(job.Job.Video.Name, found);
            }

            book.Put(index, result);
            run.Events.Report(new RunEvent.JobFinished(result));
            run.Failures.Count(result);
        }
        catch (StateLostException lost)
        {
            run.Stop.StateIsLost(lost.Failure);
            book.Put(index, book[index] with { Error = JobError.Of(lost.Failure) });
        }
        catch (OperationCanceledException)
        {
            // Cut off by the end of the run: pending, as planned.
        }
    }

    /// <summary>With what earlier runs on the same state have seen: how long jobs take, and so in which order they go and when their requests are looked at.</summary>
    private static RunScope Experienced(RunScope run, Plan plan)
    {
        PollSchedules.Recall(run.Polls, run.Options.Service, run.Store);
        return run with { Order = JobOrder.Of(plan, new JobTimes(plan, run.Store.Jobs.SyncTimes(run.Options.Service, plan.Flow.Name))) };
    }

    private RunReport Report(RunScope run, ResultsBook book, string? kept)
    {
        book.Finish(time.GetUtcNow());
        var notWritten = book.Write();
        if (notWritten is not null)
        {
            run.Stop.StateIsLost(notWritten);
        }

        var report = new RunReport(book.Snapshot(), run.Stop.Ended, run.Stop.Reason, book.JsonFile) { ResultsWritten = notWritten is null, KeptResults = kept, Fresh = run.Options.Fresh };
        run.Events.Report(new RunEvent.RunFinished(report));
        return report;
    }
}
