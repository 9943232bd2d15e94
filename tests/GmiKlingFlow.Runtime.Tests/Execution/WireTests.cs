using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Media;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning;
using GmiKlingFlow.Core.Planning.Payloads;
using GmiKlingFlow.Core.Rules;
using GmiKlingFlow.Runtime.Downloads;
using GmiKlingFlow.Runtime.Execution;
using GmiKlingFlow.Runtime.Queue;
using GmiKlingFlow.Runtime.Results;
using GmiKlingFlow.Runtime.State;
using GmiKlingFlow.Simulator;
using GmiKlingFlow.Simulator.Faults;
using GmiKlingFlow.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace GmiKlingFlow.Runtime.Tests.Execution;

/// <summary>The runner with the real client, downloader and state, against the simulator over HTTP.</summary>
public sealed class WireTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task RunAsync_AgainstTheSimulator_SendsExactlyThePlan()
    {
        await using var simulator = await StartAsync();
        var flow = Flow(6);
        using var store = OpenStore();
        var plan = PlanFor(store, simulator, flow);

        var report = await RunAsync(store, simulator, plan);
        var again = await RunAsync(store, simulator, PlanFor(store, simulator, flow));

        AssertSucceeded(6, report);
        Assert.Equal(6, again.Results.Summary.Reused);
        Assert.Equal((1, 6), (simulator.Ledger.Accepted(ModelNames.IdentifyFace), simulator.Ledger.Accepted(ModelNames.LipSync)));
        Assert.Empty(simulator.Ledger.StrayAuthorizations);
        var service = ServiceName.Of(simulator.BaseUrl);
        var fill = new PayloadFill(
            new StoredWork(store, service, folder.Path, TimeProvider.System, KlingLimits.Current).Session(plan.Jobs[0].VideoKey)?.SessionId,
            file => store.Uploads.Find(service, file.Sha256)?.Url);
        var planned = plan.Jobs.Select(job => Assert.IsType<SyncResolution.Resolved>(SyncResolver.Resolve(job, Session(store, service, job).Faces, KlingLimits.Current)).Payload)
            .Prepend(plan.Jobs[0].Steps[0].Payload)
            .Select(payload => Body(payload, fill))
            .Order(StringComparer.Ordinal);
        Assert.Equal(planned, simulator.ReceivedPayloads().Select(p => System.Text.Encoding.UTF8.GetString(p.Payload.Span)).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("POST /requests: 504-accepted every 2")]
    [InlineData("POST /requests: reset-accepted every 3")]
    [InlineData("POST /requests: reset every 2")]
    [InlineData("POST /requests: html-200-accepted every 2")]
    [InlineData("POST /requests: 429-retry-after 1 every 4")]
    [InlineData("POST /requests: 503 every 3")]
    [InlineData("GET /requests/*: 502-html every 2")]
    public async Task RunAsync_WithFaults_PaysForEachRequestOnceAndLosesNone(string fault)
    {
        await using var simulator = await StartAsync(fault);
        using var store = OpenStore();

        var report = await RunAsync(store, simulator, PlanFor(store, simulator, Flow(12)));

        AssertSucceeded(12, report);
        Assert.Equal((1, 12), (simulator.Ledger.Accepted(ModelNames.IdentifyFace), simulator.Ledger.Accepted(ModelNames.LipSync)));
        Assert.Equal(12, Directory.GetFiles(folder.File("out"), "*.mp4").Length);
    }

    [Fact]
    public async Task RunAsync_CreditUsedUp_StopsAndKeepsWhatIsPaid()
    {
        await using var simulator = await StartAsync(creditUsd: 0.007m + (3 * 0.07m));
        using var store = OpenStore();

        var report = await RunAsync(store, simulator, PlanFor(store, simulator, Flow(10)));

        Assert.Equal(RunEnd.ServiceRefused, report.End);
        Assert.Equal(3, report.Results.Summary.Succeeded);
        Assert.Equal(simulator.Ledger.SpentUsd, report.Results.Summary.CostUsd);
    }

    private static void AssertSucceeded(int jobs, RunReport report) => Assert.True(
        report.Results.Summary.Succeeded == jobs,
        $"{report.End} {report.Reason} {string.Join('\n', report.Results.Jobs.Select(j => $"{j.Id} {j.Status} {j.Error}"))}");

    private static StoredSession Session(StateStore store, string service, PlannedJob job) =>
        store.Sessions.Find(service, job.VideoKey) ?? throw new InvalidOperationException("There is no session.");

    private static string Body(PayloadValue.Object payload, PayloadFill fill)
    {
        using var document = System.Text.Json.JsonDocument.Parse(PayloadWriter.RequestBody("m", payload, fill));
        return document.RootElement.GetProperty("payload").GetRawText();
    }

    private static Flow Flow(int jobs)
    {
        var (video, audio) = (Media("clips/host.mp4"), Media("audio/hello.wav"));
        return TestFlow.Of([.. Enumerable.Range(0, jobs).Select(i => TestFlow.Job($"job-{i}", video, "host", audio, insertSeconds: i / 100.0))]);
    }

    private static MediaSource.LocalFile Media(string name, [CallerFilePath] string here = "")
    {
        var path = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here) ?? ".", "../../../examples/quickstart", name));
        var facts = Assert.IsType<MediaReading.Read>(MediaReader.ReadFile(path)).Facts;
        return new MediaSource.LocalFile(name, path, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))), facts.Bytes, facts);
    }

    private static Task<SimulatorServer> StartAsync(string? fault = null, decimal? creditUsd = null)
    {
        FaultRule? rule = null;
        Assert.True(fault is null || FaultRule.TryParse(fault, out rule, out _), fault);
        var options = new SimulatorOptions { Render = false, Speed = 1000, Seed = 1, Faults = rule is null ? [] : [rule], CreditUsd = creditUsd };
        return SimulatorServer.StartAsync(options, TimeProvider.System, TestContext.Current.CancellationToken);
    }

    private StateStore OpenStore() => Assert.IsType<StateOpening.Opened>(StateStore.Open(folder.File("state"), TimeProvider.System)).Store;

    private Plan PlanFor(StateStore store, SimulatorServer simulator, Flow flow) => Planner.Plan(
        flow,
        new PlanInputs { Known = new StoredWork(store, ServiceName.Of(simulator.BaseUrl), folder.File("out"), TimeProvider.System, KlingLimits.Current) },
        new DiagnosticBag());

    private async Task<RunReport> RunAsync(StateStore store, SimulatorServer simulator, Plan plan)
    {
        var queueOptions = new QueueOptions(simulator.BaseUrl, "key", null) { FirstRepeatDelay = TimeSpan.FromMilliseconds(10) };
        using var queue = new QueueClient(queueOptions, TimeProvider.System, new Random(1), NullLogger<QueueClient>.Instance);
        using var downloader = new ArtifactDownloader(TimeProvider.System, new Random(1), NullLogger<ArtifactDownloader>.Instance);
        var options = new RunOptions
        {
            OutputFolder = folder.File("out"),
            Service = ServiceName.Of(simulator.BaseUrl),
            Host = simulator.BaseUrl.Authority,
            ToolVersion = "0.1.0",
            PollMin = TimeSpan.FromMilliseconds(20),
            PollMax = TimeSpan.FromMilliseconds(200),
            SettleAfter = TimeSpan.FromMilliseconds(300),
        };
        return await new Runner(store, queue, downloader, TimeProvider.System, new Random(1)).RunAsync(plan, options, new Silence(), TestContext.Current.CancellationToken);
    }

    private sealed class Silence : IRunEvents
    {
        public void Report(RunEvent runEvent)
        {
        }
    }
}
