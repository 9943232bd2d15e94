using System.Text;
using System.Text.Json;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Runtime.Queue;

namespace GmiKlingFlow.Runtime.Tests.Execution;

/// <summary>A queue in memory that keeps a ledger. What a test does not script goes well.</summary>
internal sealed class ScriptedQueue(TimeProvider time) : IRequestQueue
{
    public static readonly Failure Trouble = new("GKF7999", "Scripted trouble.", Retryable: true);

    private readonly Lock gate = new();
    private readonly List<RequestRecord> ledger = [];
    private readonly Dictionary<string, int> places = new(StringComparer.Ordinal);
    private int inFlight;
    private readonly Dictionary<string, int> asked = new(StringComparer.Ordinal);

    /// <summary>Every POST in the order of arrival.</summary>
    public List<(string Model, string Body, DateTimeOffset At)> Posts { get; } = [];

    public List<string> Uploads { get; } = [];

    public List<string> Gets { get; } = [];

    public int Lists { get; private set; }

    /// <summary>How many GETs say that a sync is processing before one says success.</summary>
    public int PollsUntilDone { get; set; } = 1;

    public int MostInFlight { get; private set; }

    /// <summary>Answers a POST by its number from 1; null goes well.</summary>
    public Func<int, string, CancellationToken, Task<SubmitOutcome?>>? OnSubmit { get; set; }

    /// <summary>Changes what a GET says; null leaves it.</summary>
    public Func<string, QueryOutcome?>? OnGet { get; set; }

    public Func<IReadOnlyList<RequestRecord>, ListOutcome?>? OnList { get; set; }

    public Func<MediaSource.LocalFile, UploadOutcome?>? OnUpload { get; set; }

    /// <summary>Public addresses that were looked at.</summary>
    public List<string> Asked { get; } = [];

    public Func<string, int?>? OnStatus { get; set; }

    /// <summary>Models whose price was asked for.</summary>
    public List<string> Priced { get; } = [];

    public Func<string, CancellationToken, Task<ModelPrice?>>? OnPrice { get; set; }

    public string Faces { get; set; } = """[{"face_id":"0","start_time":0,"end_time":9000}]""";

    /// <summary>The models of all requests that were taken, whether or not the answer came through.</summary>
    public IReadOnlyList<string> Taken
    {
        get
        {
            lock (gate)
            {
                return [.. ledger.Select(r => r.Model)];
            }
        }
    }

    public int PostsOf(string model)
    {
        lock (gate)
        {
            return Posts.Count(p => p.Model == model);
        }
    }

    /// <summary>Takes a request as if its POST had come through.</summary>
    public RequestRecord Take(string model, string body)
    {
        lock (gate)
        {
            var id = $"r{ledger.Count + 1}";
            using var document = JsonDocument.Parse(body);
            var isIdentify = model == ModelNames.IdentifyFace;
            var record = Record(id, model, isIdentify ? RequestStatus.Success : RequestStatus.Queued, document.RootElement.GetProperty("payload").Clone());
            record = isIdentify ? record with { Outcome = Json($$$"""{"data":{"session_id":"s-{{{id}}}","final_unit_deduction":"0.05","face_data":{{{Faces}}}}}""") } : record;
            places[id] = ledger.Count;
            ledger.Add(record);
            inFlight += record.IsFinished ? 0 : 1;
            MostInFlight = Math.Max(MostInFlight, inFlight);
            return record;
        }
    }

    /// <summary>How long the limit on calls keeps a submission waiting.</summary>
    public Func<CancellationToken, Task>? OnTurn { get; set; }

    public Task WaitForTurnAsync(CancellationToken cancellationToken) => OnTurn?.Invoke(cancellationToken) ?? Task.CompletedTask;

    /// <summary>The same for the POST with this number, from 1.</summary>
    public RequestRecord Take(int number)
    {
        lock (gate)
        {
            return Take(Posts[number - 1].Model, Posts[number - 1].Body);
        }
    }

    public async Task<SubmitOutcome> SubmitAsync(string model, ReadOnlyMemory<byte> body, TimeSpan? patience, CancellationToken cancellationToken)
    {
        var text = Encoding.UTF8.GetString(body.Span);
        int number;
        lock (gate)
        {
            Posts.Add((model, text, time.GetUtcNow()));
            number = Posts.Count;
        }

        return OnSubmit is { } script && await script(number, model, cancellationToken) is { } scripted ? scripted : new SubmitOutcome.Accepted(Take(model, text));
    }

    public Task<QueryOutcome> GetAsync(string requestId, TimeSpan? patience, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
        {
            Gets.Add(requestId);
            if (OnGet?.Invoke(requestId) is { } scripted)
            {
                return Task.FromResult(scripted);
            }

            if (!places.TryGetValue(requestId, out var index))
            {
                return Task.FromResult<QueryOutcome>(new QueryOutcome.NotFound(Trouble));
            }

            if (!ledger[index].IsFinished)
            {
                asked[requestId] = asked.GetValueOrDefault(requestId) + 1;
                var isDone = asked[requestId] > PollsUntilDone;
                inFlight -= isDone ? 1 : 0;
                ledger[index] = ledger[index] with
                {
                    Status = isDone ? RequestStatus.Success : RequestStatus.Processing,
                    StatusWord = isDone ? "success" : "processing",
                    Outcome = isDone ? Json($$"""{"media_urls":[{"id":"0","url":"https://storage.example.com/{{requestId}}.mp4?signature=secret"}]}""") : null,
                };
            }

            return Task.FromResult<QueryOutcome>(new QueryOutcome.Found(ledger[index]));
        }
    }

    public Task<ListOutcome> ListAsync(string model, TimeSpan? patience, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            Lists++;
            List<RequestRecord> records = [.. ledger.Where(r => r.Model == model)];
            return Task.FromResult(OnList?.Invoke(records) ?? new ListOutcome.Listed(records));
        }
    }

    public Task<UploadOutcome> UploadAsync(MediaSource.LocalFile file, TimeSpan? patience, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            Uploads.Add(file.Shown);
            return Task.FromResult(OnUpload?.Invoke(file) ?? new UploadOutcome.Uploaded($"https://storage.example.com/{file.Sha256[..8]}"));
        }
    }

    public Task<int?> StatusOfAsync(string publicUrl, TimeSpan? patience, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            Asked.Add(publicUrl);
            return Task.FromResult(OnStatus is null ? 200 : OnStatus(publicUrl));
        }
    }

    public Task<ModelPrice?> PriceAsync(string model, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            Priced.Add(model);
            return OnPrice is null ? Task.FromResult<ModelPrice?>(null) : OnPrice(model, cancellationToken);
        }
    }

    public RequestRecord Record(string id, string model, RequestStatus status, JsonElement? payload, DateTimeOffset? createdAt = null)
    {
        var at = createdAt ?? DateTimeOffset.FromUnixTimeSeconds(time.GetUtcNow().ToUnixTimeSeconds());
        return new RequestRecord(id, model, status, status.ToString().ToLowerInvariant(), payload, null, at, at, at, status == RequestStatus.Failed ? Trouble : null);
    }

    public static JsonElement Json(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}
