using System.Collections.Concurrent;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Runtime.Queue;
using GmiKlingFlow.Runtime.Results;
using GmiKlingFlow.Runtime.State;

namespace GmiKlingFlow.Runtime.Execution;

/// <summary>Brings local files to a public address: once for each content, whoever needs it.</summary>
internal sealed class SourceUploads(RunScope run)
{
    // A slow line is no service that hangs: the bytes have their own time, at 100 kB a second.
    private static readonly TimeSpan SlowestUpload = TimeSpan.FromMicroseconds(10);

    private readonly SharedWork<StepEnd?> shared = new();
    private readonly ConcurrentDictionary<string, StepEnd?> lookedAt = new(StringComparer.Ordinal);

    /// <summary>Makes sure that all files of a payload are as planned, and where the service can fetch them.</summary>
    /// <returns>Null when they are; else how the step ends.</returns>
    public async Task<StepEnd?> EnsureAsync(Job job, PayloadValue.Object payload)
    {
        try
        {
            foreach (var file in SourceFiles.ToInline(payload))
            {
                if (!await SourceFiles.IsAsPlannedAsync(file, run.Stop.Submitting))
                {
                    return new StepEnd.Failed(null, JobError.Of(StateFailures.SourceChanged(file.Shown)));
                }
            }

            foreach (var file in SourceFiles.ToUpload(payload))
            {
                if (Address(file) is null && await shared.DoAsync(file.Sha256, () => UploadAsync(job.Id, file)) is { } end)
                {
                    return end;
                }
            }

            foreach (var file in SourceFiles.Of(job))
            {
                var end = Address(file) is { } url && SourceFiles.Names(payload, url)
                    ? await shared.DoAsync(file.Sha256, () => LookAsync(file, url))
                    : lookedAt.GetValueOrDefault(file.Sha256);
                if (end is { } gone)
                {
                    return gone;
                }
            }

            return null;
        }
        catch (OperationCanceledException)
        {
            return new StepEnd.Pending(null, null);
        }
    }

    /// <summary>Where a file lies; null while it is not uploaded.</summary>
    public string? Address(MediaSource.LocalFile file) =>
        run.Store.Uploads.Find(run.Options.Service, file.Sha256) is { } upload && run.MayUse(upload.RunId) ? upload.Url : null;

    // How long uploads are kept is not documented; a request whose files are gone is paid for in vain. 403 is how the storage tells it to strangers.
    private async Task<StepEnd?> LookAsync(MediaSource.LocalFile file, string url)
    {
        if (lookedAt.TryGetValue(file.Sha256, out var seen))
        {
            return seen;
        }

        StepEnd? end = null;
        if (await run.Queue.StatusOfAsync(url, run.WholePatience, run.Stop.Submitting) is 403 or 404 or 410)
        {
            // Told before it is forgotten: who no longer finds the address finds this.
            lookedAt[file.Sha256] = end = new StepEnd.Failed(null, JobError.Of(StateFailures.UploadGone(file.Shown)));
            run.Store.Uploads.Forget(run.Options.Service, file.Sha256);
        }

        return lookedAt[file.Sha256] = end;
    }

    private async Task<StepEnd?> UploadAsync(string jobId, MediaSource.LocalFile file)
    {
        if (Address(file) is not null)
        {
            return null;
        }

        if (!await SourceFiles.IsAsPlannedAsync(file, run.Stop.Submitting))
        {
            return new StepEnd.Failed(null, JobError.Of(StateFailures.SourceChanged(file.Shown)));
        }

        run.Events.Report(new RunEvent.UploadStarted(jobId, file.Shown, file.Bytes));
        for (var isFirst = true; ; isFirst = false)
        {
            switch (await run.Queue.UploadAsync(file, run.WholePatience + (SlowestUpload * file.Bytes), run.Stop.Submitting))
            {
                case UploadOutcome.Uploaded uploaded:
                    if (await run.Queue.StatusOfAsync(uploaded.PublicUrl, run.WholePatience, run.Stop.Submitting) is { } status and (404 or 410))
                    {
                        // Something on the way answered in the storage's place.
                        if (isFirst)
                        {
                            continue;
                        }

                        return new StepEnd.Failed(null, JobError.Of(ServiceFailures.UploadMissing(file.Shown, status)));
                    }

                    run.Store.Uploads.Put(run.Options.Service, file.Sha256, uploaded.PublicUrl, file.Bytes, run.RunId, run.Now);
                    run.Events.Report(new RunEvent.UploadFinished(jobId, file.Shown));
                    return null;
                case UploadOutcome.Failed failed:
                    if (failed.StopsRun)
                    {
                        run.Stop.ServiceRefuses(failed.Failure);
                    }

                    return new StepEnd.Failed(null, JobError.Of(failed.Failure));
                case var other:
                    throw new InvalidOperationException($"An upload ended as {other.GetType().Name}.");
            }
        }
    }
}
