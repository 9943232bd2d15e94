using System.Globalization;
using System.Text.Json;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;
using Microsoft.Extensions.Logging;

namespace GmiKlingFlow.Runtime.Queue;

/// <summary>GMI's request queue over HTTP (api-contract 1 to 5). The key goes to the queue's host and nowhere else.</summary>
public sealed partial class QueueClient : IRequestQueue, IDisposable
{
    private const long MostListBytes = 32 * 1024 * 1024;
    private const long MostBytes = 8 * 1024 * 1024;

    // Five thousand requests are asked for over as few connections as fifty: each takes some 50 KB, and the service would have to hold it too.
    private const int MostConnections = 64;

    private readonly QueueOptions options;
    private readonly TimeProvider time;
    private readonly ILogger<QueueClient> log;
    private readonly SecretScrubber scrubber;
    private readonly RecordReader records;
    private readonly ReadClassifier reads;
    private readonly SubmitClassifier submits;
    private readonly RequestRate rate;
    private readonly HttpSender queue;
    private readonly HttpSender paid;
    private readonly Uploader uploader;
    private readonly Polly.ResiliencePipeline<Exchange> repeating;

    /// <param name="jitter">For the waits between repeats; used under a lock.</param>
    /// <exception cref="ArgumentException">The options are unusable; ask <see cref="QueueOptions.Problem"/> first.</exception>
    public QueueClient(QueueOptions options, TimeProvider time, Random jitter, ILogger<QueueClient> log)
    {
        if (options.Problem() is { } problem)
        {
            throw new ArgumentException(problem.Message, nameof(options));
        }

        (this.options, this.time, this.log) = (options, time, log);
        scrubber = new SecretScrubber(options.ApiKey, options.OrganizationId);
        records = new RecordReader(scrubber, new StatusWords(log));
        reads = new ReadClassifier(options.BaseUrl.Host, scrubber);
        submits = new SubmitClassifier(options.BaseUrl.Host, scrubber, records);
        rate = new RequestRate(time, options.CallsPerSecond);
        queue = Credentialed(HttpSender.Handler(decompress: true, MostConnections), time);

        // A pooled connection that the server has just dropped would make a paid POST unclear for nothing: each gets a new one.
        var single = HttpSender.Handler(decompress: true);
        single.PooledConnectionLifetime = TimeSpan.Zero;
        paid = Credentialed(single, time);
        var policy = new RepeatPolicy(time, jitter, options.Repeats, options.FirstRepeatDelay, options.LongestRepeatDelay);
        repeating = policy.For<Exchange>(ReadClassifier.ShouldRepeat);
        uploader = new Uploader(options, GrantAsync, policy, time);
    }

    public Task WaitForTurnAsync(CancellationToken cancellationToken) => rate.WaitAsync(cancellationToken);

    /// <summary>One POST. Never throws for the caller's cancellation: whether the queue may have the request must not be forgotten.</summary>
    public async Task<SubmitOutcome> SubmitAsync(string model, ReadOnlyMemory<byte> body, TimeSpan? patience, CancellationToken cancellationToken)
    {
        using var content = new PaidContent(body);
        var exchange = await paid
            .SendAsync(HttpMethod.Post, Address("requests"), content, new CallTime(time, patience).Within(options.SubmitTimeout), MostBytes, cancellationToken).ConfigureAwait(false);
        var outcome = submits.Of(model, exchange, content.Started);
        LogSubmitted(log, model, outcome.GetType().Name);
        return outcome;
    }

    /// <exception cref="OperationCanceledException">The caller stopped it.</exception>
    public async Task<QueryOutcome> GetAsync(string requestId, TimeSpan? patience, CancellationToken cancellationToken)
    {
        if (!RecordReader.IsUsableId(requestId))
        {
            return new QueryOutcome.NotFound(ServiceFailures.RequestUnknown(scrubber.Clean(requestId, 80), "no id of the queue looks like this"));
        }

        var exchange = await ReadAsync($"requests/{Uri.EscapeDataString(requestId)}", options.QueryTimeout, new CallTime(time, patience), MostBytes, cancellationToken).ConfigureAwait(false);
        if (reads.Trouble(exchange) is { } failure)
        {
            return ReadClassifier.IsRefusal(exchange) ? new QueryOutcome.Refused(failure)
                : exchange is Exchange.Answer { Code: 404 } missing && !IsMarkup(missing)
                    ? new QueryOutcome.NotFound(ServiceFailures.RequestUnknown(requestId, ErrorText.Of(missing, scrubber).Shown))
                : new QueryOutcome.Unavailable(failure) { RetryAfter = (exchange as Exchange.Answer)?.RetryAfter };
        }

        var answer = (Exchange.Answer)exchange;
        return JsonText.Parse(JsonText.Decode(answer.Body, answer.Charset)) is not { } json || records.Read(json, "") is not { } record
                ? new QueryOutcome.Unavailable(reads.Unreadable(answer))
            : !record.RequestId.Equals(requestId, StringComparison.OrdinalIgnoreCase) ? new QueryOutcome.Unavailable(reads.Unreadable(answer, "it is about another request"))
            : new QueryOutcome.Found(record);
    }

    /// <exception cref="OperationCanceledException">The caller stopped it.</exception>
    public async Task<ListOutcome> ListAsync(string model, TimeSpan? patience, CancellationToken cancellationToken)
    {
        var path = $"requests?model_id={Uri.EscapeDataString(model)}";
        var limited = string.Create(CultureInfo.InvariantCulture, $"{path}&limit={options.ListLimit}");
        var callTime = new CallTime(time, patience);
        var exchange = await ReadAsync(limited, options.ListTimeout, callTime, MostListBytes, cancellationToken).ConfigureAwait(false);
        if (exchange is Exchange.Answer { Code: 400 or 422 })
        {
            // No largest limit is documented: the server's own default is better than no list at all.
            exchange = await ReadAsync(path, options.ListTimeout, callTime, MostListBytes, cancellationToken).ConfigureAwait(false);
        }

        return reads.Trouble(exchange) is { } failure
            ? new ListOutcome.Unavailable(failure)
            : new RecordList(records, reads, options.ListLimit).Read((Exchange.Answer)exchange, model);
    }

    /// <exception cref="OperationCanceledException">The caller stopped it; what was uploaded is not used.</exception>
    public Task<UploadOutcome> UploadAsync(MediaSource.LocalFile file, TimeSpan? patience, CancellationToken cancellationToken) =>
        uploader.UploadAsync(file, new CallTime(time, patience), cancellationToken);

    /// <exception cref="OperationCanceledException">The caller stopped it.</exception>
    public Task<int?> StatusOfAsync(string publicUrl, TimeSpan? patience, CancellationToken cancellationToken) =>
        uploader.StatusOfAsync(publicUrl, new CallTime(time, patience), cancellationToken);

    /// <summary>A model's price from <c>GET /models/{id}</c>. Asked once: whoever wants to spend waits for it.</summary>
    /// <exception cref="OperationCanceledException">The caller stopped it.</exception>
    public async Task<ModelPrice?> PriceAsync(string model, CancellationToken cancellationToken)
    {
        await rate.WaitAsync(cancellationToken).ConfigureAwait(false);
        var address = Address($"models/{Uri.EscapeDataString(model)}");
        var exchange = await queue.SendAsync(HttpMethod.Get, address, null, options.QueryTimeout, MostBytes, cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return exchange is Exchange.Answer { IsSuccess: true, BodyProblem: null } answer && JsonText.Parse(JsonText.Decode(answer.Body, answer.Charset)) is { } json
            ? PriceReader.Read(model, json, scrubber)
            : null;
    }

    public void Dispose()
    {
        queue.Dispose();
        paid.Dispose();
        uploader.Dispose();
    }

    private static bool IsMarkup(Exchange.Answer answer) => JsonText.Decode(answer.Body, answer.Charset).AsSpan().TrimStart() is ['<', ..];

    private HttpSender Credentialed(SocketsHttpHandler handler, TimeProvider time)
    {
        var sender = new HttpSender(handler, time);
        sender.WithHeader("Authorization", $"Bearer {options.ApiKey}");
        if (options.OrganizationId is { } organization)
        {
            sender.WithHeader("X-Organization-ID", organization);
        }

        return sender;
    }

    private async Task<(Uri? Put, string? Public, Failure? Failure, bool StopsRun)> GrantAsync(
        string fileType, CallTime callTime, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string> { ["file_type"] = fileType });
        var exchange = await repeating.ExecuteAsync(
            async token =>
            {
                await rate.WaitAsync(token).ConfigureAwait(false);
                using var content = new ByteArrayContent(body);
                content.Headers.ContentType = new("application/json");
                var answer = await queue
                    .SendAsync(HttpMethod.Post, Address("upload-url"), content, callTime.Within(options.QueryTimeout), MostBytes, token).ConfigureAwait(false);
                return answer with { Left = callTime.Left };
            },
            cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        if (reads.Trouble(exchange) is { } failure)
        {
            // Asked several times by now: a host that can't be reached at all takes no other request either.
            return (null, null, failure, ReadClassifier.IsRefusal(exchange) || exchange is Exchange.Silence { Kind: SilenceKind.Unreachable });
        }

        var answer = (Exchange.Answer)exchange;
        var json = JsonText.Parse(JsonText.Decode(answer.Body, answer.Charset));
        var (put, shared) = (Granted(json, "upload_url"), Granted(json, "public_url"));
        return put is null || shared is null
            ? (null, null, ServiceFailures.GrantUnreadable(put is null ? "no usable upload_url" : "no usable public_url"), false)
            : (put, shared.OriginalString, null, false);
    }

    // http only from a queue on this machine to a storage on this machine: a far queue must not point a file at a local port.
    private Uri? Granted(JsonElement? json, string name) =>
        WebAddress.Parse(JsonText.Text(JsonText.Member(json, name))) is { } url && (url.Scheme == Uri.UriSchemeHttps || (url.IsLoopback && options.BaseUrl.IsLoopback))
            ? url
            : null;

    private async Task<Exchange> ReadAsync(string path, TimeSpan timeout, CallTime callTime, long maxBytes, CancellationToken cancellationToken)
    {
        var exchange = await repeating.ExecuteAsync(
            async token =>
            {
                await rate.WaitAsync(token).ConfigureAwait(false);
                var answer = await queue.SendAsync(HttpMethod.Get, Address(path), null, callTime.Within(timeout), maxBytes, token).ConfigureAwait(false);
                return answer with { Left = callTime.Left };
            },
            cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return exchange;
    }

    private Uri Address(string path) => new($"{options.BaseUrl.AbsoluteUri.TrimEnd('/')}/{path}");

    [LoggerMessage(2, LogLevel.Debug, "POST of {Model}: {Outcome}.")]
    private static partial void LogSubmitted(ILogger log, string model, string outcome);
}
