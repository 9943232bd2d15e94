using System.Globalization;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning;
using GmiKlingFlow.Runtime.Downloads;
using GmiKlingFlow.Runtime.Execution.Polling;
using GmiKlingFlow.Runtime.Queue;
using GmiKlingFlow.Runtime.State;

namespace GmiKlingFlow.Runtime.Execution;

/// <summary>The people in one video.</summary>
/// <param name="Video">As the flow has it.</param>
/// <param name="VideoKey">What identifies its content.</param>
/// <param name="SessionId">Null, as are the faces, when they could not be found out.</param>
/// <param name="IsReused">True: from a session that was good already; nothing was sent.</param>
public sealed record IdentifiedVideo(Video Video, string VideoKey, string? SessionId, IReadOnlyList<Face>? Faces, bool IsReused, Failure? Failure);

/// <summary>What identifying came to.</summary>
/// <param name="Videos">In the order of the plan's jobs.</param>
/// <param name="Reason">Why it ended before its time; null when completed or interrupted.</param>
public sealed record IdentifyReport(IReadOnlyList<IdentifiedVideo> Videos, RunEnd End, Failure? Reason);

/// <summary>Finds the faces in a plan's videos and stops there: the first step of a run, by the same protocol and into the same state.</summary>
/// <param name="store">Opened for writing; the caller's to dispose.</param>
/// <param name="jitter">For the waits between repeats; used under a lock.</param>
public sealed class Identifier(StateStore store, IRequestQueue queue, IArtifactDownloader downloader, TimeProvider time, Random jitter)
{
    /// <param name="stop">Drains, as for a run.</param>
    public async Task<IdentifyReport> RunAsync(Plan plan, RunOptions options, IRunEvents events, CancellationToken stop)
    {
        var started = time.GetUtcNow();
        var runId = string.Create(CultureInfo.InvariantCulture, $"{started.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}-{Guid.NewGuid().ToString("N")[..8]}");
        using var stopSwitch = new StopSwitch(stop, options.DrainGrace, time, events);
        using var gate = new SubmissionGate(options.Concurrency, time);
        var chance = new Jitter(jitter);
        var scope = new RunScope(
            runId, options, store, queue, downloader, time, chance, events, stopSwitch, gate, new Spending(options.BudgetUsd),
            new PollSchedule(options.PollMin, options.PollMax, chance), new FailureLimit(options.MaxFailures, options.FailuresBefore, stopSwitch));
        PlannedJob[] jobs = [.. plan.Jobs.Where(static j => j.Steps.Any(static s => s.Model == ModelNames.IdentifyFace)).DistinctBy(static j => j.VideoKey)];
        IdentifiedVideo[] videos = [];
        try
        {
            PollSchedules.Recall(scope.Polls, options.Service, store);
            Begin(scope, plan, jobs, started);
            var sessions = new VideoSessions(scope, new RequestExecutor(scope), new SourceUploads(scope));
            videos = await Task.WhenAll(jobs.Select(job => IdentifyAsync(scope, sessions, plan.Flow.Name, job)));
            store.Runs.Finish(runId, stopSwitch.Ended.ToString(), time.GetUtcNow());
        }
        catch (StateLostException lost)
        {
            stopSwitch.StateIsLost(lost.Failure);
        }

        return new IdentifyReport(videos, stopSwitch.Ended, stopSwitch.Reason);
    }

    private static void Begin(RunScope run, Plan plan, PlannedJob[] jobs, DateTimeOffset started) => run.Store.Database.Write(() =>
    {
        var options = run.Options;
        run.Store.Runs.Start(new RunStart(run.RunId, options.Service, plan.Flow.Name, plan.Flow.File, plan.Flow.Sha256, started, options.ToolVersion, options.Simulated)
        {
            Organization = options.Organization,
        });
        if (options.Simulated)
        {
            run.Store.Requests.ExpireSimulation(run.RunId, started);
        }

        run.Store.Jobs.Enlist(options.Service, plan.Flow.Name, run.RunId, jobs, started);
    });

    private static async Task<IdentifiedVideo> IdentifyAsync(RunScope run, VideoSessions sessions, string flowName, PlannedJob job)
    {
        var isReused = sessions.Good(job.VideoKey) is not null;
        var row = run.Store.Jobs.Find(run.Options.Service, flowName, job.Job.Id)?.Row
            ?? throw new InvalidOperationException("A job that was just enlisted is not on record.");
        var (session, end) = await sessions.GetAsync(job, row);
        return new IdentifiedVideo(job.Job.Video, job.VideoKey, session?.SessionId, session?.Faces, isReused && session is not null, FailureOf(end));
    }

    private static Failure? FailureOf(StepEnd? end) => end switch
    {
        StepEnd.Failed failed => failed.Error.ToFailure(),
        StepEnd.Stalled stalled => stalled.Failure,
        StepEnd.Unknown unknown => unknown.Failure,
        StepEnd.Pending pending => pending.Failure,
        _ => null,
    };
}
