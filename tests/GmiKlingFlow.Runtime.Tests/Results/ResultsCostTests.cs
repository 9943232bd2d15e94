using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Runtime.Results;
using GmiKlingFlow.Runtime.Verification;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Runtime.Tests.Results;

/// <summary>Bounds on what a job's result costs to write and to read, in bytes: at least twice what was measured. Times are measured by hand (tests/Benchmarks).</summary>
public sealed class ResultsCostTests : IDisposable
{
    private const int Few = 50;
    private const int Further = 500;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(false, 1024)]
    [InlineData(true, 48 * 1024)]
    public void Write_EachFurtherJob_AllocatesLittle(bool asYaml, long most)
    {
        // The first call pays for what is made once.
        _ = Allocated(Few, asYaml);

        Assert.InRange((Allocated(Few + Further, asYaml) - Allocated(Few, asYaml)) / Further, 0, most);
    }

    [Fact]
    public void Read_EachFurtherJob_AllocatesLittle()
    {
        _ = AllocatedByReading(Few);

        // Measured: 3.4 KB to read a job, and the place of each.
        Assert.InRange((AllocatedByReading(Few + Further) - AllocatedByReading(Few)) / Further, 0, 8 * 1024);
    }

    [Fact]
    public void Verify_ManyJobs_HoldsNoneOfThem()
    {
        var jobs = new GivenJobs.Watched(Further);
        _ = new ManifestCheck(VerifyScope.All, listsAll: false).Check(GivenJobs.Results(jobs), folder.File("results.json"), TestContext.Current.CancellationToken);

        AssertNotHeld(jobs, passes: 2);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Merge_ManyJobs_HoldsNoneOfThem(bool asYaml)
    {
        var jobs = new GivenJobs.Watched(Further);
        var part = new MergedPart("results.json", folder.Path, GivenJobs.Results(jobs), JobMarks.Of(jobs));
        ResultsWriter.Write(Stream.Null, new ResultsMerge(folder.Path, allowMissing: false, new DiagnosticBag()).Of([part]) ?? throw new InvalidOperationException("Not merged."), asYaml);

        AssertNotHeld(jobs, passes: 3);
    }

    // One for the summary, one for what is asked, one to write.
    private static void AssertNotHeld(GivenJobs.Watched jobs, int passes)
    {
        Assert.Equal(passes * Further, jobs.Given);
        Assert.InRange(jobs.MostHeld, 0, Few);
    }

    private long AllocatedByReading(int jobs)
    {
        var path = folder.File("results.json");
        using (var file = File.Create(path))
        {
            ResultsWriter.Write(file, GivenJobs.Results(GivenJobs.Some(jobs)), asYaml: false);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        using var read = ResultsReader.Of(path) is ResultsReading.Read { File: var results } ? results : throw new InvalidOperationException("It could not be read.");
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static long Allocated(int jobs, bool asYaml)
    {
        var results = GivenJobs.Results(GivenJobs.Some(jobs));
        var before = GC.GetAllocatedBytesForCurrentThread();
        ResultsWriter.Write(Stream.Null, results, asYaml);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
