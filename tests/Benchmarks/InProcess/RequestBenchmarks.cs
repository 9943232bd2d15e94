using System.Net;
using System.Text;
using BenchmarkDotNet.Attributes;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Manifests;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning;
using GmiKlingFlow.Core.Planning.Payloads;
using GmiKlingFlow.Core.Rules;
using GmiKlingFlow.Core.Timing;
using GmiKlingFlow.Runtime.Queue;
using Microsoft.Extensions.Logging.Abstractions;

namespace GmiKlingFlow.Benchmarks;

/// <summary>What a request costs around the network: its bytes, the last look at them, and what the answers mean.</summary>
public class RequestBenchmarks
{
    private static readonly IReadOnlyList<Face> Faces = [new("0", new TimeRange(TimeSpan.Zero, TimeSpan.FromSeconds(6)), null)];
    private static readonly PayloadFill Fill = new("860112233445566778", static file => $"https://storage.googleapis.com/bucket/{file.Sha256}");
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddYears(56);

    private readonly SecretScrubber scrubber = new("a-key-of-some-length");
    private PlannedJob? job;
    private PayloadValue.Object payload = new([]);
    private ReadOnlyMemory<byte> body;
    private Exchange.Answer accepted = Answer("");
    private Exchange.Answer finished = Answer("");
    private SubmitClassifier? submits;
    private ReadClassifier? reads;
    private RecordReader? records;

    [GlobalSetup]
    public void Make()
    {
        var path = GivenFolder.Make();
        var problems = new DiagnosticBag();
        var inputs = new FlowInputs(Path.GetDirectoryName(path) ?? path, [], [], [], static _ => null);
        var flow = new FlowLoader(new DiskFlowFiles()).Load(path, inputs, problems).Single();
        job = Planner.Plan(flow, new PlanInputs(), problems).Jobs[0];
        payload = ((SyncResolution.Resolved)SyncResolver.Resolve(job, Faces, KlingLimits.Current)).Payload;
        body = Write();
        GivenFolder.Remove(path);
        records = new RecordReader(scrubber, new StatusWords(NullLogger.Instance));
        (submits, reads) = (new SubmitClassifier("queue.example.com", scrubber, records), new ReadClassifier("queue.example.com", scrubber));
        var sent = Encoding.UTF8.GetString(body.Span);
        var record = $$"""{"request_id":"5b1e0f0a-7f0e-4a53-9c55-0d7f7a0c1d22","model":"kling-lip-sync","created_at":1788584785,"updated_at":1788584790,"queued_at":1788584785""";
        accepted = Answer($$"""{{record}},"status":"queued"}""");
        finished = Answer($$$"""{{{record}}},"status":"success","payload":{{{sent}}},"outcome":{"media_urls":[{"id":"0","url":"https://storage.googleapis.com/b/out.mp4"}]}}""");
    }

    [Benchmark(Description = "a payload's exact bytes")]
    public ReadOnlyMemory<byte> Write() => PayloadWriter.RequestBody(ModelNames.LipSync, payload, Fill);

    [Benchmark(Description = "every rule over a request's bytes")]
    public int? Check() => job is null ? null : new RequestCheck(job.Job.Video, job.Job.Entries, job.Job.Place, KlingLimits.Current, Now).Sync(body, Faces, TimeSpan.FromMinutes(1)).Count;

    [Benchmark(Description = "faces found to a payload, rules checked")]
    public SyncResolution? Resolve() => job is null ? null : SyncResolver.Resolve(job, Faces, KlingLimits.Current);

    [Benchmark(Description = "what an answer to a POST means")]
    public object? ReadAccepted() => submits?.Of(ModelNames.LipSync, accepted, bodyStarted: true);

    [Benchmark(Description = "what a poll's answer means, result address included")]
    public Uri? ReadFinished() =>
        reads?.Trouble(finished) is null && JsonText.Parse(JsonText.Decode(finished.Body, finished.Charset)) is { } json && records?.Read(json, ModelNames.LipSync) is { } record
            ? OutcomeReader.ResultUrl(record)
            : null;

    private static Exchange.Answer Answer(string text) => new(HttpStatusCode.OK, null, null, "utf-8", Encoding.UTF8.GetBytes(text), null);
}
