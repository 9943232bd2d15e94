using System.Globalization;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Planning;
using GmiKlingFlow.Core.Tests.Manifests;
using Xunit;

namespace GmiKlingFlow.Core.Tests.Planning;

/// <summary>Bounds on what a job costs, in bytes; times are measured by hand (tests/Benchmarks).</summary>
public sealed class PlanningCostTests
{
    private const int Jobs = 2000;

    [Fact]
    public void LoadAndPlan_EachFurtherJob_AllocatesLittle()
    {
        var few = Allocated(100);
        var many = Allocated(100 + Jobs);

        // About 11 KB at the time of writing.
        Assert.InRange((many - few) / Jobs, 1, 24 * 1024);
    }

    private static long Allocated(int jobs)
    {
        var rows = string.Join(',', Enumerable.Range(1, jobs).Select(static n => n.ToString(CultureInfo.InvariantCulture)));
        var given = FlowCase.Of(
            $"jobs:\n  - id: \"job-{{{{ matrix.n }}}}\"\n    matrix: {{ n: [{rows}] }}\n    video: host\n    faces:\n"
            + "      - face: anna\n        audio: hello\n        sound_volume: \"{{ matrix.n % 3 }}\"\n");
        var before = GC.GetAllocatedBytesForCurrentThread();
        var flow = given.Load();
        var plan = Planner.Plan(flow, new PlanInputs(), new DiagnosticBag());
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(jobs, plan.Jobs.Count);
        return allocated;
    }
}
