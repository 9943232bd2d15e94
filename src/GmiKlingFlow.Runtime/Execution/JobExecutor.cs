using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning;
using GmiKlingFlow.Runtime.Downloads;
using GmiKlingFlow.Runtime.Results;
using GmiKlingFlow.Runtime.State;

namespace GmiKlingFlow.Runtime.Execution;

/// <summary>Brings one job to its end: uploads, session, request, download.</summary>
internal sealed class JobExecutor
{
    // The downloader fetches fewer at once: the others bring theirs to the disk. More would only take memory and descriptors.
    private const int MostDownloads = 64;

    private readonly RunScope run;
    private readonly string flowName;
    private readonly SemaphoreSlim downloading = new(MostDownloads);
    private readonly OutputPlaces places;
    private readonly ResultDownloads downloads;
    private readonly LockGuard guard;
    private readonly PassExecutor passes;
    private readonly StepResults steps;

    public JobExecutor(RunScope run, Plan plan)
    {
        this.run = run;
        flowName = plan.Flow.Name;
        places = new OutputPlaces(run);
        steps = new StepResults(run);
        var (uploads, requests) = (new SourceUploads(run), new RequestExecutor(run));
        downloads = new ResultDownloads(run, requests);
        var sessions = new VideoSessions(run, requests, uploads);
        guard = new LockGuard(run, plan, sessions);
        passes = new PassExecutor(run, requests, uploads, sessions, guard, new PassResults(run, downloads, uploads));
    }

    /// <summary>Identifies what the faces lock speaks of, before any other job spends anything; jobs wait for it by themselves.</summary>
    public Task CheckFacesAsync() => guard.CheckAsync();

    /// <param name="planned">The job's result as planned: what is known of it before anything is done.</param>
    /// <param name="ahead">Given back as soon as the job has a place in flight.</param>
    public async Task<JobResult> RunAsync(PlannedJob job, JobResult planned, LookAhead.Lease ahead)
    {
        if (job.Action == JobAction.Skip)
        {
            return planned;
        }

        if (job.Action == JobAction.Blocked)
        {
            // The planner blocks by an error alone.
            return planned with { Status = JobStatus.Failed, Error = JobError.Of(job.Problems.First(static problem => problem.Severity == Severity.Error)) };
        }

        var (path, failure) = places.Place(job.Job.Output);
        if (failure is null && job.Action == JobAction.Reuse && Reuse(job, path, planned) is { } reused)
        {
            return reused;
        }

        if (LockGuard.Sends(job))
        {
            await guard.Checked;
        }

        if (guard.HoldsBack(job) is null && IsTooLateFor(job))
        {
            // What its identify has cost is told, whatever becomes of the job.
            return guard.Looked(job) ? planned with { Steps = steps.OfUnsent(job, guard.IdentifyOf(job)) } : planned;
        }

        run.Events.Report(new RunEvent.JobStarted(job.Job.Id, job.Passes.Count));
        planned = planned with { StartedAt = run.Now };
        var row = run.Store.Jobs.Start(run.Options.Service, flowName, run.RunId, job, run.Now);
        if (failure is not null)
        {
            return Finish(row, planned with { Status = JobStatus.Failed, Error = JobError.Of(failure) });
        }

        if (guard.HoldsBack(job) is { } reason)
        {
            return Finish(row, planned with { Status = JobStatus.Pending, Error = JobError.Of(reason), Steps = steps.OfUnsent(job, guard.IdentifyOf(job)) });
        }

        JobResult result;
        try
        {
            result = await WorkAsync(new JobWork(job, row, ahead), path, planned);
        }
        catch (Exception e) when (e is not StateLostException and not OperationCanceledException)
        {
            // One bad job never takes the others down.
            result = planned with { Status = JobStatus.Failed, Error = JobError.Of(StateFailures.Bug($"{e.GetType().Name}: {e.Message}")) };
        }

        return Finish(row, result);
    }

    /// <summary>Who is seen in the job's video, as the newest session of it says; null when there is none.</summary>
    public IReadOnlyList<Face>? FacesOf(PlannedJob job) =>
        run.Store.Sessions.Find(run.Options.Service, job.VideoKey) is { } session && run.MayUse(session.RunId) ? session.Faces : null;

    // A stop leaves new jobs alone; what is paid for already is followed as long as the service answers.
    private bool IsTooLateFor(PlannedJob job) => run.Stop.Waiting.IsCancellationRequested
        || (run.Stop.Submitting.IsCancellationRequested && job.Action is not (JobAction.Resume or JobAction.Settle));

    private JobResult? Reuse(PlannedJob job, string path, JobResult planned)
    {
        // The planner has just held the file against its hash; here it only has to be there still.
        var file = new FileInfo(path);
        var output = file.Exists
            ? run.Store.Outputs.Of(run.Options.Service, job.Key.Value).FirstOrDefault(o => o.Bytes == file.Length)
            : null;
        if (output is null)
        {
            return null;
        }

        var known = run.Store.Jobs.Find(run.Options.Service, flowName, job.Job.Id);
        if (known is null || known.Key != job.Key.Value || known.StartedAt is null || known.Status is not ("succeeded" or "reused"))
        {
            run.Store.Database.Write(() =>
            {
                var row = run.Store.Jobs.Start(run.Options.Service, flowName, run.RunId, job, run.Now);
                run.Store.Jobs.Use(row, job.Key.Value, output.Request);
                run.Store.Jobs.Finish(row, run.RunId, "reused", null, run.Now);
            });
        }

        // A run may have been killed over it whose video another job's request has confirmed since.
        PartialFile.Discard(path);
        return planned with
        {
            Status = JobStatus.Reused,
            Faces = Faces(job, [.. job.Passes.SkipLast(1).Select(pass => run.Store.Requests.Newest(run.Options.Service, pass.Sync.ContentKey)), run.Store.Requests.Get(output.Request)], planned),
            Steps = steps.OfReused(job, run.Store.Requests.Get(output.Request)),
            Output = Shown(output with { Path = path }),
        };
    }

    private async Task<JobResult> WorkAsync(JobWork work, string path, JobResult planned)
    {
        var job = work.Job;
        var end = await passes.RunAsync(work);
        var result = planned with { Faces = Faces(job, work.Syncs, planned) };
        result = end switch
        {
            StepEnd.Succeeded { Done: var done } => await DownloadAsync(job, done, path, result),
            StepEnd.Failed failed => result with { Status = JobStatus.Failed, Error = PassWords.Tell(work, failed) },
            StepEnd.Stalled stalled => result with { Status = JobStatus.Stalled, Error = JobError.Of(stalled.Failure) },
            StepEnd.Unknown unknown => result with { Status = JobStatus.Unknown, Error = JobError.Of(unknown.Failure) },
            StepEnd.Pending pending => result with { Status = JobStatus.Pending, Error = pending.Failure is { } why ? JobError.Of(why) : null },
            _ => throw new InvalidOperationException($"A step ended as {end.GetType().Name}."),
        };
        return result with { Steps = steps.Of(work) };
    }

    private async Task<JobResult> DownloadAsync(PlannedJob job, StoredRequest done, string path, JobResult result)
    {
        if (!Uri.TryCreate(done.ResultUrl, UriKind.Absolute, out var url))
        {
            return result with { Status = JobStatus.Failed, Error = JobError.Of(StateFailures.NoResult(done.RequestId ?? "")) };
        }

        DownloadOutcome outcome;
        try
        {
            await downloading.WaitAsync(run.Stop.Answers);
            try
            {
                run.Events.Report(new RunEvent.Downloading(job.Job.Id, job.Job.Output));
                (outcome, url) = await downloads.GetAsync(done, url, path, job.Job.Video.Duration);
            }
            finally
            {
                downloading.Release();
            }
        }
        catch (OperationCanceledException)
        {
            return result with { Status = JobStatus.Pending };
        }

        if (outcome is not DownloadOutcome.Downloaded { Artifact: var artifact })
        {
            var failure = outcome is DownloadOutcome.Failed failed ? failed.Failure : StateFailures.NoResult(done.RequestId ?? "");
            return result with { Status = JobStatus.Failed, Error = JobError.Of(failure) };
        }

        var output = new StoredOutput(artifact.Path, artifact.Sha256, artifact.Bytes, artifact.Duration, url.OriginalString, done.Row);
        run.Store.Outputs.Put(run.Options.Service, job.Key.Value, output, run.Now);
        return result with { Status = JobStatus.Succeeded, Output = Shown(output) };
    }

    private JobResult Finish(long row, JobResult result)
    {
        if (result.Error is { Hint: { } hint } error && run.Options.SettleCommand?.Invoke(result.Id) is { } settle)
        {
            result = result with { Error = error with { Hint = hint.Replace(StateFailures.SettleCommand, settle, StringComparison.Ordinal) } };
        }

        result = result with { FinishedAt = run.Now };
        run.KeepRecord(() => run.Store.Jobs.Finish(row, run.RunId, JobWords.Of(result.Status), result.Error?.ToFailure(), run.Now));
        return result;
    }

    private OutputResult Shown(StoredOutput output) => new(
        ResultsBook.Relative(Path.GetFullPath(run.Options.OutputFolder), output.Path),
        output.Sha256,
        output.Bytes,
        (long)output.Duration.TotalMilliseconds,
        output.Url is { } url ? SentJson.WithoutQuery(url) : null);

    /// <summary>In the order of the job's entries, whichever pass sent them.</summary>
    private IReadOnlyList<System.Text.Json.JsonElement> Faces(PlannedJob job, IReadOnlyList<StoredRequest?> syncs, JobResult planned)
    {
        var faces = planned.Faces.ToArray();
        foreach (var (index, pass) in job.Passes.Index())
        {
            var sent = syncs[index] is { } sync && run.Store.Requests.Payload(sync.Row) is { } payload ? SentFaces.Sent(payload) : [];
            for (var i = 0; i < Math.Min(sent.Count, pass.Entries.Count); i++)
            {
                faces[pass.Entries[i]] = sent[i];
            }
        }

        return faces;
    }
}
