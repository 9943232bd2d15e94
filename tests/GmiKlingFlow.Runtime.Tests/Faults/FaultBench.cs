using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning;
using GmiKlingFlow.Core.Rules;
using GmiKlingFlow.Runtime.Downloads;
using GmiKlingFlow.Runtime.Execution;
using GmiKlingFlow.Runtime.Queue;
using GmiKlingFlow.Runtime.State;
using GmiKlingFlow.Simulator;
using GmiKlingFlow.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace GmiKlingFlow.Runtime.Tests.Faults;

/// <summary>All real parts in one process: runner, state file, client and downloader over HTTP against the simulator, on one fast clock.</summary>
internal sealed class FaultBench : IAsyncDisposable, IRunEvents
{
    // A run has ended long before this by its own limits, or it hangs.
    private static readonly TimeSpan Hang = TimeSpan.FromHours(3);

    private readonly TemporaryFolder folder = new();

    private FaultBench(SimulatorServer simulator, SwitchedFaults faults, QuickTimeProvider clock) => (Simulator, Faults, Clock) = (simulator, faults, clock);

    public SimulatorServer Simulator { get; }

    public SwitchedFaults Faults { get; }

    public QuickTimeProvider Clock { get; }

    public List<RunReport> Reports { get; } = [];

    public Func<RunOptions, RunOptions> Options { get; set; } = static options => options;

    public string OutputFolder => folder.File("out");

    public string Service => ServiceName.Of(Simulator.BaseUrl);

    public Action<RunEvent>? OnEvent { get; set; }

    public static Task<FaultBench> StartAsync(params string[] faults) => StartAsync(faults, static options => options);

    public static async Task<FaultBench> StartAsync(IEnumerable<string> faults, Func<SimulatorOptions, SimulatorOptions> change, int speed = 100)
    {
        var clock = new QuickTimeProvider(speed);
        var switched = new SwitchedFaults(faults);
        var options = change(new SimulatorOptions
        {
            Faults = switched,
            Seed = 7,
            Render = false,
            ApiKey = "key-of-the-fault-bench",
            ProcessingTime = TimeSpan.FromSeconds(3),
        });
        return new FaultBench(await SimulatorServer.StartAsync(options, clock, TestContext.Current.CancellationToken), switched, clock);
    }

    /// <summary>Plans with what the state knows and runs; fails the test when the run does not end.</summary>
    public async Task<RunReport> RunAsync(Flow flow, CancellationToken stop = default)
    {
        using var store = Assert.IsType<StateOpening.Opened>(StateStore.Open(folder.File("state"), Clock)).Store;
        var plan = Planner.Plan(flow, new PlanInputs { Known = new StoredWork(store, Service, OutputFolder, Clock, KlingLimits.Current) }, new DiagnosticBag());
        using var client = NewClient();
        using var downloader = new ArtifactDownloader(Clock, new Random(2), NullLogger<ArtifactDownloader>.Instance);
        var run = new Runner(store, client, downloader, Clock, new Random(1)).RunAsync(plan, NewOptions(), this, stop);
        Assert.True(await Task.WhenAny(run, Task.Delay(Hang, Clock, TestContext.Current.CancellationToken)) == run, "The run does not end.");
        Reports.Add(await run);
        return Reports[^1];
    }

    public QueueClient NewClient() => new(
        new QueueOptions(Simulator.BaseUrl, "key-of-the-fault-bench", null)
        {
            // In hurried minutes: a machine with much to do must not make faults that nobody asked for.
            QueryTimeout = TimeSpan.FromMinutes(4),
        },
        Clock,
        new Random(3),
        NullLogger<QueueClient>.Instance);

    public StateStore Read() => Assert.IsType<StateOpening.Opened>(StateStore.OpenForReading(folder.File("state"))).Store;

    public void Report(RunEvent runEvent) => OnEvent?.Invoke(runEvent);

    public async ValueTask DisposeAsync()
    {
        await Simulator.DisposeAsync();
        folder.Dispose();
    }

    private RunOptions NewOptions() => Options(new RunOptions
    {
        OutputFolder = OutputFolder,
        Service = Service,
        Host = Simulator.BaseUrl.Host,
        ToolVersion = "0.1.0",
        Deadline = TimeSpan.FromMinutes(8),
    });
}
