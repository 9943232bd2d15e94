using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning;
using GmiKlingFlow.Core.Planning.Choosing;
using GmiKlingFlow.Core.Planning.Payloads;
using GmiKlingFlow.Runtime.Results;
using GmiKlingFlow.Runtime.State;

namespace GmiKlingFlow.Runtime.Execution;

/// <summary>Brings a job's passes to their results, from the last one back: an earlier pass is only looked at where the next one needs something of it.</summary>
internal sealed class PassExecutor(RunScope run, RequestExecutor requests, SourceUploads uploads, VideoSessions sessions, LockGuard guard, PassResults results)
{
    /// <summary>The whole job.</summary>
    public async Task<StepEnd> RunAsync(JobWork work)
    {
        var end = await RunAsync(work, work.Job.Passes.Count - 1);
        foreach (var (index, pass) in work.Job.Passes.SkipLast(1).Index())
        {
            work.Syncs[index] ??= run.Store.Requests.Newest(run.Options.Service, pass.Sync.ContentKey) is { } request && run.MayUse(request.RunId) ? request : null;
        }

        return end;
    }

    /// <param name="index">The pass, from 0.</param>
    private async Task<StepEnd> RunAsync(JobWork work, int index)
    {
        var (job, step) = (work.Job, work.Job.Passes[index].Sync);
        var end = await requests.RunAsync(
            new StepSpec(job.Job.Id, work.Row, job.Key.Value, step.Model, step.ContentKey, step.PriceUsd, null, () => PrepareAsync(work, index))
            {
                Pass = PassWords.Numbered(job, job.Passes[index]),
                Rank = run.Order.RankOf(job.Job),
                InPlace = work.Ahead.Dispose,
            });

        // What ended may be another step that this one waited for.
        if (end.Request is { Model: ModelNames.LipSync } sync && (end is StepEnd.Succeeded || index == 0 || sync.ContentKey == step.ContentKey))
        {
            work.Syncs[index] = sync;
        }

        // A job that shares this step has not asked for the identify itself.
        if (end.Request is { Model: ModelNames.IdentifyFace } identify && work.Job.Passes.Index().FirstOrDefault(p => p.Item.Identify.ContentKey == identify.ContentKey) is (var asked, { }))
        {
            work.Identifies[asked] ??= identify;
        }

        if (end.Request is { } used)
        {
            run.KeepRecord(() => run.Store.Jobs.Use(work.Row, job.Key.Value, used.Row));
        }

        return end;
    }

    private async Task<Preparation> PrepareAsync(JobWork work, int index)
    {
        var (job, pass) = (work.Job, work.Job.Passes[index]);

        // Uploads cost nothing: they come before what does, those of earlier passes too.
        foreach (var sent in job.Passes.Where(p => p == pass || p.Sync.Action == StepAction.Create))
        {
            if (await uploads.EnsureAsync(sent.Job, sent.Sync.Payload) is { } notUploaded)
            {
                return new Preparation.Ended(notUploaded);
            }
        }

        var (source, none) = await SourceFacesAsync(work, index);
        if (source is null)
        {
            return new Preparation.Ended(none ?? new StepEnd.Pending(null, null));
        }

        // A request whose fate was unclear comes here late, and so does one whose session has ended meanwhile.
        await guard.Checked;
        if (guard.Refuses(job, source.Faces) is { } difference)
        {
            return new Preparation.Ended(new StepEnd.Pending(null, JobError.Of(difference).ToFailure()));
        }

        // What can't be told apart, or would be refused in a later pass, stops the job before the first pass is paid for.
        var named = job.LockedFaces ?? source.Faces;
        var resolutions = job.Passes.Skip(index).Select(p => Switched(SyncResolver.Resolve(p, named, source.Faces, run.Options.Limits))).ToList();
        if (resolutions.OfType<SyncResolution.Refused>().FirstOrDefault() is { } refused)
        {
            return Refuse(job, refused);
        }

        // The first pass is sent in the very session that was looked at: another one may show other faces. Too old by now, all of this is done again.
        var (session, end) = pass.IsLater ? await SessionAsync(work, index) : (source, null);
        if (session is null)
        {
            return new Preparation.Ended(end ?? new StepEnd.Pending(null, null));
        }

        if (pass is { IsLater: true, Session: { } plannedWith } && !VideoSessions.HasSameFaces(plannedWith.Faces, session.Faces))
        {
            return new Preparation.Ended(new StepEnd.Failed(null, JobError.Of(StateFailures.FacesChanged(pass.Job.Video.Name))));
        }

        var video = (pass.IsLater ? ResultBefore(work, index) : null) ?? pass.Job.Video;
        var resolution = pass.IsLater ? Switched(SyncResolver.Resolve(pass, named, session.Faces, video, run.Options.Limits)) : resolutions[0];
        return resolution switch
        {
            SyncResolution.Refused later => Refuse(job, later),
            SyncResolution.Resolved resolved => Ready(job, pass, video, session, resolved),
            var other => throw new InvalidOperationException($"A request was resolved as {other.GetType().Name}."),
        };
    }

    /// <summary>A resolution with its warnings as the command line wants them: untold, or taken for errors that refuse the job.</summary>
    private SyncResolution Switched(SyncResolution resolution)
    {
        var problems = resolution switch
        {
            SyncResolution.Resolved resolved => resolved.Warnings,
            SyncResolution.Refused refused => refused.Problems,
            var other => throw new InvalidOperationException($"A request was resolved as {other.GetType().Name}."),
        };
        List<Diagnostic> told = [.. problems.Select(run.Options.Warnings.Through).OfType<Diagnostic>()];
        return resolution is SyncResolution.Resolved ready && told.All(problem => problem.Severity != Severity.Error)
            ? ready with { Warnings = told }
            : new SyncResolution.Refused(told);
    }

    private Preparation.Ready Ready(PlannedJob job, PlannedPass pass, Video video, StoredSession session, SyncResolution.Resolved resolved)
    {
        foreach (var warning in resolved.Warnings)
        {
            run.Events.Report(new RunEvent.Warned(job.Job.Id, warning));
        }

        var (payload, fill) = (VideoSessions.InSession(resolved.Payload, pass.Session, session), new PayloadFill(session.SessionId, uploads.Address));
        return new Preparation.Ready(
            () => sessions.IsGood(session),
            () => PayloadWriter.RequestBody(pass.Sync.Model, payload, fill),
            body => new RequestCheck(video, pass.Job.Entries, job.Job.Place, run.Options.Limits, run.Now).Sync(body, session.Faces, run.Now - session.IdentifiedAt));
    }

    private Preparation.Ended Refuse(PlannedJob job, SyncResolution.Refused refused)
    {
        var first = refused.Problems.First(p => p.Severity == Severity.Error);
        foreach (var other in refused.Problems.Where(p => p != first))
        {
            run.Events.Report(new RunEvent.Warned(job.Job.Id, other));
        }

        return new Preparation.Ended(new StepEnd.Failed(null, JobError.Of(first)));
    }

    /// <summary>The session with the faces that the flow speaks of. For a later pass those of an old session do as well: the source is the same.</summary>
    private async Task<(StoredSession? Session, StepEnd? End)> SourceFacesAsync(JobWork work, int index)
    {
        var (job, source) = (work.Job, work.Job.Passes[0]);
        var known = index > 0 ? sessions.Newest(source.VideoKey) : null;
        var (session, end) = known is null ? await SessionAsync(work, 0) : (known, null);
        return session is not null && job.LockedFaces is null && source.Session is { } plannedWith && !VideoSessions.HasSameFaces(plannedWith.Faces, session.Faces)
            ? (null, new StepEnd.Failed(null, JobError.Of(StateFailures.FacesChanged(job.Job.Video.Name))))
            : (session, end);
    }

    private async Task<(StoredSession? Session, StepEnd? End)> SessionAsync(JobWork work, int index)
    {
        var pass = work.Job.Passes[index];
        var (session, end) = await sessions.GetAsync(work.Job, pass, work.Row, () => ResultAsync(work, index - 1));
        if (end?.Request is { Model: ModelNames.IdentifyFace } identify && identify.ContentKey == pass.Identify.ContentKey)
        {
            work.Identifies[index] = identify;
        }

        return (session, end);
    }

    /// <returns>A pass's result, or how the step ends that needs it.</returns>
    private async Task<(PassResult? Result, StepEnd? End)> ResultAsync(JobWork work, int index)
    {
        var end = await RunAsync(work, index);
        return end is StepEnd.Succeeded { Done: var done } ? await results.GetAsync(work.Job.Passes[index], done) : (null, end);
    }

    private Video? ResultBefore(JobWork work, int index)
    {
        var before = work.Job.Passes[index - 1];
        return (work.Syncs[index - 1] ?? run.Store.Requests.Newest(run.Options.Service, before.Sync.ContentKey)) is { } done ? results.Find(before, done) : null;
    }
}
