using System.Globalization;
using GmiKlingFlow.Cli.Output.Reports;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Cli.Tests.Output.Reports;

/// <summary>A report of very many jobs is written while they are read.</summary>
public sealed class ReportCostTests : IDisposable
{
    private const int Jobs = 2000;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Write_ManyJobs_HoldsNoneOfThem()
    {
        var jobs = string.Join(',', Enumerable.Range(0, Jobs).Select(static i => string.Create(CultureInfo.InvariantCulture, $$"""{"id":"job-{{i}}","status":"succeeded","video":"host"}""")));
        var (input, problem) = ReportInput.Read(folder.Write("results.json", $$"""{"apiVersion":"gmiklingflow/v1","kind":"Results","jobs":[{{jobs}}]}"""), "results.json");
        using var opened = input ?? throw new InvalidOperationException(problem?.Message);
        var builder = new ReportBuilder(folder.Path, folder.Path);
        builder.Add(opened);
        var model = builder.Build("test");
        var watched = new Watched(model.Jobs);
        ReportPage.Write(Stream.Null, model with { Jobs = watched.All() });

        Assert.Equal(Jobs, watched.Given);
        // Those of one buffer's length were just written.
        Assert.InRange(watched.MostHeld, 0, Jobs / 4);
    }

    private sealed class Watched(IEnumerable<ReportJob> jobs)
    {
        private const int BetweenLooks = 200;
        private readonly List<WeakReference> given = [];

        public int Given { get; private set; }

        public int MostHeld { get; private set; }

        public IEnumerable<ReportJob> All()
        {
            foreach (var job in jobs)
            {
                given.Add(new WeakReference(job));
                if (++Given % BetweenLooks == 0)
                {
                    GC.Collect();
                    given.RemoveAll(static each => !each.IsAlive);
                    MostHeld = Math.Max(MostHeld, given.Count);
                }

                yield return job;
            }
        }
    }
}
