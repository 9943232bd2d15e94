using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;
using Polly;

namespace GmiKlingFlow.Runtime.Queue;

/// <summary>Brings a file to the storage: a grant right before each PUT (api-contract 8, trap 9), no key on the PUT.</summary>
internal sealed class Uploader : IDisposable
{
    private const long MostAnswerBytes = 1024 * 1024;

    private readonly QueueOptions options;
    private readonly Func<string, CallTime, CancellationToken, Task<(Uri? Put, string? Public, Failure? Failure, bool StopsRun)>> grant;
    private readonly HttpSender storage;
    private readonly SecretScrubber scrubber;
    private readonly ResiliencePipeline<Attempt> repeating;

    public Uploader(
        QueueOptions options,
        Func<string, CallTime, CancellationToken, Task<(Uri? Put, string? Public, Failure? Failure, bool StopsRun)>> grant,
        RepeatPolicy policy,
        TimeProvider time)
    {
        (this.options, this.grant) = (options, grant);
        storage = new HttpSender(HttpSender.Handler(decompress: false), time);
        scrubber = new SecretScrubber(options.ApiKey, options.OrganizationId);
        repeating = policy.For<Attempt>(a => a.Repeat);
    }

    public async Task<UploadOutcome> UploadAsync(MediaSource.LocalFile file, CallTime callTime, CancellationToken cancellationToken)
    {
        if (UploadType.Of(file.Media?.Container) is not { } type)
        {
            return new UploadOutcome.Failed(ServiceFailures.UploadTypeNotTaken(file.Shown), StopsRun: false);
        }

        var refusals = 0;
        var attempt = await repeating.ExecuteAsync(
            async token =>
            {
                var tried = await TryAsync(file, type, callTime, token).ConfigureAwait(false);

                // An expired or mistaken grant shows as 400 or 403 (api-contract 5.1): a fresh one is tried once.
                var repeat = tried.Status is 400 or 403 && refusals++ == 0 ? new Repeat(true) : tried.Repeat;
                return tried with { Repeat = repeat with { Left = callTime.Left } };
            },
            cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return attempt.Outcome;
    }

    public async Task<int?> StatusOfAsync(string publicUrl, CallTime callTime, CancellationToken cancellationToken)
    {
        var exchange = await storage.SendAsync(HttpMethod.Head, new Uri(publicUrl), null, callTime.Within(options.QueryTimeout), MostAnswerBytes, cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return (exchange as Exchange.Answer)?.Code;
    }

    public void Dispose() => storage.Dispose();

    private async Task<Attempt> TryAsync(MediaSource.LocalFile file, UploadType type, CallTime callTime, CancellationToken cancellationToken)
    {
        FileStream stream;
        try
        {
            stream = new FileStream(file.FullPath, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.Asynchronous | FileOptions.SequentialScan);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Failed(ServiceFailures.FileUnreadable(file.Shown, e is FileNotFoundException or DirectoryNotFoundException ? "it is gone" : "it can't be opened"));
        }

        await using (stream.ConfigureAwait(false))
        {
            if (stream.Length != file.Bytes)
            {
                return Failed(ServiceFailures.FileChanged(file.Shown));
            }

            var (put, shared, failure, stopsRun) = await grant(type.FileType, callTime, cancellationToken).ConfigureAwait(false);
            return put is null || shared is null
                ? new Attempt(new UploadOutcome.Failed(failure ?? ServiceFailures.GrantUnreadable(""), stopsRun), null, Repeat.No)
                : await PutAsync(file, stream, type, put, shared, callTime, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<Attempt> PutAsync(
        MediaSource.LocalFile file, FileStream stream, UploadType type, Uri put, string shared, CallTime callTime, CancellationToken cancellationToken)
    {
        using var content = new HashedFileContent(stream, file.Bytes, file.Sha256, cancellationToken);
        content.Headers.ContentType = new(type.ContentType);
        var exchange = await storage
            .SendAsync(HttpMethod.Put, put, content, callTime.Within(options.UploadTimeout), MostAnswerBytes, cancellationToken).ConfigureAwait(false);
        if (content.Changed)
        {
            return Failed(ServiceFailures.FileChanged(file.Shown));
        }

        if (content.ReadProblem is { } problem)
        {
            return Failed(ServiceFailures.FileUnreadable(file.Shown, problem));
        }

        if (exchange is not Exchange.Answer answer)
        {
            var trouble = new ReadClassifier(put.Host, scrubber).Trouble(exchange);
            return Failed(trouble ?? ServiceFailures.Broken(put.Host, ""), repeat: new Repeat(((Exchange.Silence)exchange).Kind != SilenceKind.Stopped));
        }

        return answer.IsSuccess
            ? new Attempt(new UploadOutcome.Uploaded(shared), answer.Code, Repeat.No)
            : Failed(
                answer.IsRedirect
                    ? ServiceFailures.Redirected(put.Host, answer.Code, answer.Location?.Host)
                    : ServiceFailures.UploadRefused(file.Shown, answer.Code, ErrorText.Of(answer, scrubber).Shown),
                answer.Code,
                new Repeat(answer.Code is 408 or 429 or >= 500, answer.RetryAfter));
    }

    private static Attempt Failed(Failure failure, int? status = null, Repeat repeat = default) =>
        new(new UploadOutcome.Failed(failure, StopsRun: false), status, repeat);

    private sealed record Attempt(UploadOutcome Outcome, int? Status, Repeat Repeat);
}
