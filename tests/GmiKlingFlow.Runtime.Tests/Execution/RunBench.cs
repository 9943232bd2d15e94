using System.Collections.Concurrent;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning;
using GmiKlingFlow.Core.Rules;
using GmiKlingFlow.Runtime.Execution;
using GmiKlingFlow.Runtime.State;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Runtime.Tests.Execution;

/// <summary>A state folder, a scripted service and a manual clock, with runs made on them one after the other.</summary>
internal sealed class RunBench : IDisposable, IRunEvents
{
    private readonly TemporaryFolder folder = new();

    public RunBench() => Queue = new ScriptedQueue(Clock);

    public ManualTimeProvider Clock { get; } = new();

    public ScriptedQueue Queue { get; set; }

    public ScriptedDownloader Downloader { get; } = new();

    public ConcurrentQueue<RunEvent> Events { get; } = new();

    public Action<RunEvent>? OnEvent { get; set; }

    public string StateFolder => folder.File("state");

    public string OutputFolder => folder.File("out");

    public string Service { get; set; } = "https://queue.example.com/api";

    public Func<RunOptions, RunOptions> Options { get; set; } = static options => options;

    public string Write(string name, string text) => folder.Write(name, text);

    /// <summary>Plans with what the state knows and runs the plan to its end, moving the clock whenever all wait.</summary>
    public async Task<RunReport> RunAsync(Flow flow, CancellationToken stop = default)
    {
        using var store = OpenStore();
        return await RunAsync(store, PlanFor(store, flow), stop);
    }

    public async Task<RunReport> RunAsync(StateStore store, Plan plan, CancellationToken stop = default)
    {
        var run = new Runner(store, Queue, Downloader, Clock, new Random(1)).RunAsync(plan, NewOptions(), this, stop);
        using var done = new CancellationTokenSource();
        _ = run.ContinueWith(_ => done.Cancel(), TaskScheduler.Default);
        while (!run.IsCompleted)
        {
            try
            {
                await Clock.AdvanceToNextTimerAsync(done.Token);
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }

        return await run;
    }

    public Plan PlanFor(StateStore store, Flow flow) => Planner.Plan(flow, new PlanInputs { Known = Work(store) }, new DiagnosticBag());

    public StoredWork Work(StateStore store) => new(store, Service, OutputFolder, Clock, KlingLimits.Current);

    public StateStore OpenStore() => Assert.IsType<StateOpening.Opened>(StateStore.Open(StateFolder, Clock)).Store;

    /// <summary>The newest sync request of a job, as it stands on record.</summary>
    public StoredRequest Request(string jobId, string model = ModelNames.LipSync)
    {
        using var store = Assert.IsType<StateOpening.Opened>(StateStore.OpenForReading(StateFolder)).Store;
        var job = store.ListJobs().Single(j => j.JobId == jobId && j.Service == Service);
        return store.ListRequests(job).Last(r => r.Model == model);
    }

    public RunOptions NewOptions() => Options(new RunOptions
    {
        OutputFolder = OutputFolder,
        Service = Service,
        Host = "queue.example.com",
        ToolVersion = "0.1.0",
    });

    public void Report(RunEvent runEvent)
    {
        Events.Enqueue(runEvent);
        OnEvent?.Invoke(runEvent);
    }

    public void Dispose() => folder.Dispose();
}
