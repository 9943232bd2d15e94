using System.Globalization;
using BenchmarkDotNet.Attributes;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Runtime.State;

namespace GmiKlingFlow.Benchmarks;

/// <summary>Durable moves on a real state, each synced to disk before it returns.</summary>
public class StateBenchmarks
{
    private static readonly StepState[] Way = [StepState.Intent, StepState.Submitted, StepState.Succeeded];

    private readonly string folder = Directory.CreateTempSubdirectory("gkflow-bench-").FullName;
    private StateStore? store;
    private int number;

    [GlobalSetup]
    public void Open()
    {
        store = ((StateOpening.Opened)StateStore.Open(folder, TimeProvider.System)).Store;
        store.Runs.Start(new RunStart("run", "service", "flow", "flow.yaml", "sha", TimeProvider.System.GetUtcNow(), "0.1.0", IsSimulated: false));
    }

    [GlobalCleanup]
    public void Close()
    {
        store?.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Benchmark(Description = "a durable transition (a new request's three, and its row)", OperationsPerInvoke = 3)]
    public void Move()
    {
        if (store is null)
        {
            return;
        }

        var content = (++number).ToString(CultureInfo.InvariantCulture);
        var row = store.Requests.Create("service", content, ModelNames.LipSync, "run", 0, TimeProvider.System.GetUtcNow()).Row;
        foreach (var state in Way)
        {
            store.Requests.Move(row, state, new(), "run", TimeProvider.System.GetUtcNow());
        }
    }
}
