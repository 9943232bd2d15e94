using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Media;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning;
using GmiKlingFlow.Core.Planning.Checking;
using GmiKlingFlow.Runtime.Downloads;
using GmiKlingFlow.Runtime.Results;
using GmiKlingFlow.Runtime.State;

namespace GmiKlingFlow.Runtime.Execution;

/// <summary>The result of a pass as the video of the next.</summary>
/// <param name="Url">Where the service can fetch it.</param>
internal sealed record PassResult(Video Video, string Url);

/// <summary>
/// Results that later passes work on. Each is fetched and checked before anything is paid for on top of it, and the copy is kept beside the state:
/// how long the service's address lives is not documented (api-contract 4.4), and what is paid for must not depend on it.
/// </summary>
internal sealed class PassResults(RunScope run, ResultDownloads downloads, SourceUploads uploads)
{
    private const string Folder = "passes";

    private readonly SharedWork<(PassResult? Result, StepEnd? End)> shared = new();

    /// <param name="done">The pass's lip-sync.</param>
    /// <returns>The result, or how the step ends that needs it.</returns>
    public Task<(PassResult? Result, StepEnd? End)> GetAsync(PlannedPass pass, StoredRequest done) => shared.DoAsync(done.ContentKey, async () =>
    {
        try
        {
            var (copy, end) = Kept(done) is { } kept ? (kept, null) : await FetchAsync(pass, done);
            return copy is null ? (null, end) : await AddressedAsync(pass, done, copy);
        }
        catch (OperationCanceledException)
        {
            return (null, new StepEnd.Pending(done, null));
        }
    });

    /// <summary>A pass's result as far as this machine has it; null when it has no copy.</summary>
    public Video? Find(PlannedPass pass, StoredRequest done) => Kept(done) is { } copy ? VideoOf(pass, copy) : null;

    private StoredOutput? Kept(StoredRequest done) => run.Store.Outputs.Of(run.Options.Service, Key(done))
        .Where(copy => copy.Request == done.Row)
        .FirstOrDefault(copy => OutputFiles.IsThere([copy], copy.Path) is not null);

    private async Task<(StoredOutput? Copy, StepEnd? End)> FetchAsync(PlannedPass pass, StoredRequest done)
    {
        if (!Uri.TryCreate(done.ResultUrl, UriKind.Absolute, out var url))
        {
            return (null, new StepEnd.Failed(done, JobError.Of(StateFailures.NoResult(done.RequestId ?? ""))));
        }

        var path = Path.Combine(run.Store.Folder, Folder, $"{done.ContentKey[..32]}.mp4");
        (var outcome, url) = await downloads.GetAsync(done, url, path, pass.Job.Video.Duration);
        if (outcome is not DownloadOutcome.Downloaded { Artifact: var artifact })
        {
            var failure = outcome is DownloadOutcome.Failed failed ? failed.Failure : StateFailures.NoResult(done.RequestId ?? "");
            return (null, new StepEnd.Failed(done, JobError.Of(failure)));
        }

        var copy = new StoredOutput(artifact.Path, artifact.Sha256, artifact.Bytes, artifact.Duration, url.OriginalString, done.Row);
        run.Store.Outputs.Put(run.Options.Service, Key(done), copy, run.Now);
        return (copy, null);
    }

    private async Task<(PassResult? Result, StepEnd? End)> AddressedAsync(PlannedPass pass, StoredRequest done, StoredOutput copy)
    {
        var video = VideoOf(pass, copy);
        if (FlowChecks.OfResult(video, run.Options.Limits).FirstOrDefault(problem => problem.Severity == Severity.Error) is { } problem)
        {
            return (null, new StepEnd.Failed(done, JobError.Of(problem)));
        }

        if (copy.Url is { } url && await run.Queue.StatusOfAsync(url, run.WholePatience, run.Stop.Submitting) is not (403 or 404 or 410))
        {
            return (new PassResult(video, url), null);
        }

        // The address is gone, the video is not.
        var file = (MediaSource.LocalFile)video.Source;
        var payload = new PayloadValue.Object([new("video_url", new PayloadValue.UploadedUrl(file))]);
        return await uploads.EnsureAsync(pass.Job with { Video = video }, payload) is { } end
            ? (null, end)
            : uploads.Address(file) is { } address ? (new PassResult(video, address), null) : (null, new StepEnd.Pending(done, null));
    }

    private static Video VideoOf(PlannedPass pass, StoredOutput copy)
    {
        var source = pass.Job.Video;
        var facts = (MediaReader.ReadFile(copy.Path) as MediaReading.Read)?.Facts;
        var name = $"{source.Name} after pass {pass.Number}";
        return source with { Name = name, Source = new MediaSource.LocalFile(name, copy.Path, copy.Sha256, copy.Bytes, facts), Duration = facts?.Duration ?? source.Duration };
    }

    // Not a job's output: kept under the request's own name.
    private static string Key(StoredRequest done) => $"pass:{done.ContentKey}";
}
