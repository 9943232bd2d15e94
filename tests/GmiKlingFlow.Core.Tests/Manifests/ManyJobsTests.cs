using System.Text;
using GmiKlingFlow.Core.Diagnostics;
using Xunit;

namespace GmiKlingFlow.Core.Tests.Manifests;

/// <summary>Jobs written out by the thousand are read by several threads: what comes out must not show it.</summary>
public class ManyJobsTests
{
    private const int Count = 4001;

    [Fact]
    public void Load_ManyJobsWrittenOut_KeepsTheirOrder()
    {
        var flow = FlowCase.Of(Jobs(static _ => "")).Load();

        Assert.Equal(Enumerable.Range(0, Count).Select(static i => $"job-{i}"), flow.Jobs.Select(static job => job.Id));
        Assert.Equal(Enumerable.Range(0, Count).Select(static i => $"jobs[{i}]"), flow.Jobs.Select(static job => job.Place.Path));
        Assert.Equal(Enumerable.Range(0, Count).Select(static i => i.ToString("D", null)), flow.Jobs.Select(static job => job.Labels.Single().Value));
    }

    [Fact]
    public void Load_MistakesInSomeOfManyJobs_TellsEachOnceAtItsPlace()
    {
        var wrong = new[] { 0, 1, 999, 1000, 2000, 2001, 3999, 4000 };
        var text = FlowCase.Head + FlowCase.Sources + Jobs(i => wrong.Contains(i) ? "    fase: anna\n" : "");
        var lines = text.Split('\n').Index().Where(static line => line.Item.Contains("fase:", StringComparison.Ordinal)).Select(static line => line.Index + 1);
        var flows = new FlowCase(text);

        flows.LoadAll();

        Assert.All(flows.Diagnostics, static problem => Assert.Equal("GKF2001", problem.Code));
        Assert.Equal(lines, flows.Diagnostics.Select(static problem => problem.Place?.Span.Line ?? 0));
        Assert.Equal(wrong.Select(static i => $"jobs[{i}].fase"), flows.Diagnostics.Select(static problem => problem.Place?.Path));
    }

    [Fact]
    public void Load_OneAliasedMistakeInManyJobs_IsToldOnce()
    {
        var text = new StringBuilder(FlowCase.Head + FlowCase.Sources + "x-faces: &faces [{ face: anna, audio: hello, sond_volume: 1 }]\njobs:\n");
        for (var i = 0; i < Count; i++)
        {
            text.Append($"  - {{ id: job-{i}, video: host, faces: *faces }}\n");
        }

        var flows = new FlowCase(text.ToString());

        flows.LoadAll();

        Assert.Equal("GKF2001", Assert.Single(flows.Diagnostics).Code);
    }

    private static string Jobs(Func<int, string> more)
    {
        var text = new StringBuilder("jobs:\n");
        for (var i = 0; i < Count; i++)
        {
            text.Append($"  - id: job-{i}\n    video: host\n    labels: {{ number: {i} }}\n{more(i)}    faces: [{{ face: anna, audio: hello }}]\n");
        }

        return text.ToString();
    }
}
