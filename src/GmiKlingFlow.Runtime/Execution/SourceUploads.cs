using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Runtime.Queue;
using GmiKlingFlow.Runtime.Results;
using GmiKlingFlow.Runtime.State;

namespace GmiKlingFlow.Runtime.Execution;

/// <summary>Brings local files to a public address: once for each content, whoever needs it.</summary>
internal sealed class SourceUploads(RunScope run)
{
    private readonly SharedWork<StepEnd?> shared = new();

    /// <summary>Makes sure that all files of a payload are as planned, and where the service can fetch them.</summary>
    /// <returns>Null when they are; else how the step ends.</returns>
    public async Task<StepEnd?> EnsureAsync(string jobId, PayloadValue.Object payload)
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
                if (Address(file) is null && await shared.DoAsync(file.Sha256, () => UploadAsync(jobId, file)) is { } end)
                {
                    return end;
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
        switch (await run.Queue.UploadAsync(file, run.Stop.Submitting))
        {
            case UploadOutcome.Uploaded uploaded:
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
