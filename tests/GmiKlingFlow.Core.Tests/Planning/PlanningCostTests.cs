using System.Globalization;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Linting;
using GmiKlingFlow.Core.Planning;
using GmiKlingFlow.Core.Planning.Checking;
using GmiKlingFlow.Core.Planning.Saving;
using GmiKlingFlow.Core.Rules;
using GmiKlingFlow.Core.Tests.Manifests;
using Xunit;

namespace GmiKlingFlow.Core.Tests.Planning;

/// <summary>Bounds on what a job costs, in bytes: at least twice what was measured. Times are measured by hand (tests/Benchmarks).</summary>
public sealed class PlanningCostTests
{
    private const int Few = 100;
    private const int Further = 2000;

    [Fact]
    public void LoadAndPlan_EachFurtherJob_AllocatesLittle() =>
        Assert.InRange(PerJob(static jobs => LoadAndPlan(jobs)), 1, 32 * 1024);

    [Fact]
    public void LoadAndCheck_EachFurtherJob_AllocatesLittle() => Assert.InRange(
        PerJob(static jobs =>
        {
            var given = Given(jobs);
            return Allocated(() =>
            {
                var flow = given.Load();
                FlowChecks.Check(flow, KlingLimits.Current, given.Diagnostics);
                FlowLint.Check(flow, KlingLimits.Current, given.Diagnostics);
                Assert.Equal(jobs, flow.Jobs.Count);
            });
        }),
        1,
        22 * 1024);

    // Ten thousand rows beside an axis of ten thousand values: pairs must not be looked at.
    [Fact]
    public void LoadAndPlan_EachFurtherJobOfATable_AllocatesLittle() => Assert.InRange(
        PerJob(static jobs =>
        {
            var rows = string.Join(", ", Enumerable.Range(1, jobs).Select(static n => string.Create(CultureInfo.InvariantCulture, $"{{ n: {n}, text: t{n} }}")));
            var given = Given(jobs, $", include: [{rows}]");
            return Allocated(() => Assert.Equal(jobs, Planner.Plan(given.Load(), new PlanInputs(), new DiagnosticBag()).Jobs.Count));
        }),
        1,
        48 * 1024);

    [Fact]
    public void Write_EachFurtherJobOfAPlan_AllocatesNextToNothing() => Assert.InRange(
        PerJob(static jobs =>
        {
            var plan = Planner.Plan(Given(jobs).Load(), new PlanInputs(), new DiagnosticBag());
            return Allocated(() => PlanJson.Write(Stream.Null, plan));
        }),
        0,
        1024);

    private static long LoadAndPlan(int jobs)
    {
        var given = Given(jobs);
        return Allocated(() => Assert.Equal(jobs, Planner.Plan(given.Load(), new PlanInputs(), new DiagnosticBag()).Jobs.Count));
    }

    // The first call pays for what is made once.
    private static long PerJob(Func<int, long> allocated)
    {
        _ = allocated(Few);
        return (allocated(Few + Further) - allocated(Few)) / Further;
    }

    private static long Allocated(Action work)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        work();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static FlowCase Given(int jobs, string include = "")
    {
        var rows = string.Join(',', Enumerable.Range(1, jobs).Select(static n => n.ToString(CultureInfo.InvariantCulture)));
        return FlowCase.Of(
            $"jobs:\n  - id: \"job-{{{{ matrix.n }}}}\"\n    matrix: {{ n: [{rows}]{include} }}\n    video: host\n    faces:\n"
            + "      - face: anna\n        audio: hello\n        sound_volume: \"{{ matrix.n % 3 }}\"\n        original_audio_volume: 0\n");
    }
}
