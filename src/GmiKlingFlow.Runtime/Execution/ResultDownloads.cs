using GmiKlingFlow.Runtime.Downloads;
using GmiKlingFlow.Runtime.Queue;
using GmiKlingFlow.Runtime.Results;
using GmiKlingFlow.Runtime.State;

namespace GmiKlingFlow.Runtime.Execution;

/// <summary>Fetches the result of a finished request, and tells when it is gone for good: only then may it be paid for once more, by a later run.</summary>
internal sealed class ResultDownloads(RunScope run, RequestExecutor requests)
{
    // A filter on the way answers 403 too, for files that are there; signed addresses that have ended are a day old at most or renewed by the service.
    private static readonly TimeSpan ForbiddenMeansGoneAfter = TimeSpan.FromDays(1);

    /// <param name="url">The address on record.</param>
    /// <returns>What came of it, and the address that it came from.</returns>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    public async Task<(DownloadOutcome Outcome, Uri From)> GetAsync(StoredRequest done, Uri url, string path, TimeSpan? sourceDuration)
    {
        var outcome = await run.Downloader.DownloadAsync(url, path, sourceDuration, run.WholePatience, run.Stop.Answers);
        if (outcome is not DownloadOutcome.Failed { RefusedWith: 403 or 404 or 410 } || done.RequestId is not { } id)
        {
            return (outcome, url);
        }

        switch (await run.Queue.GetAsync(id, run.WholePatience, run.Stop.Answers))
        {
            case QueryOutcome.Found { Record: var record } when OutcomeReader.ResultUrl(record) is { } other && other != url:
                (outcome, url) = (await run.Downloader.DownloadAsync(other, path, sourceDuration, run.WholePatience, run.Stop.Answers), other);
                break;
            case QueryOutcome.Found or QueryOutcome.NotFound:
                break;
            default:
                // Nobody says that there is no other address.
                return (outcome, url);
        }

        return outcome is DownloadOutcome.Failed { RefusedWith: { } status } && IsGone(done, status) ? (Gone(done, id, url, status), url) : (outcome, url);
    }

    // A storage may show a new file a little late.
    private bool IsGone(StoredRequest done, int status) => status switch
    {
        404 or 410 => run.Now - done.FinishedAt >= run.Options.SettleAfter,
        403 => run.Now - done.FinishedAt >= ForbiddenMeansGoneAfter,
        _ => false,
    };

    private DownloadOutcome.Failed Gone(StoredRequest done, string id, Uri url, int status)
    {
        var failure = DownloadFailures.Gone(id, url.Host, status);

        // First of all for this run: no other job of it may send the request anew, which nobody has agreed to pay.
        requests.EndFor(done.ContentKey, new StepEnd.Failed(done, JobError.Of(failure)));
        run.Store.Database.Write(() =>
        {
            if (run.Store.Requests.Get(done.Row)?.State == StepState.Succeeded)
            {
                run.Store.Requests.Move(done.Row, StepState.Gone, new() { Failure = failure }, run.RunId, run.Now);
            }
        });
        return new DownloadOutcome.Failed(failure);
    }
}
