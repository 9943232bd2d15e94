using System.Globalization;
using GmiKlingFlow.Cli.Output;
using GmiKlingFlow.Cli.Output.Plans;
using GmiKlingFlow.Core.Planning;
using GmiKlingFlow.Core.Planning.Comparing;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Cli.Tests.Output.Plans;

public sealed class PlanComparisonTextTests
{
    [Theory]
    [InlineData(40)]
    [InlineData(80)]
    [InlineData(160)]
    public void Write_EveryChange_FitsTheTerminal(int width)
    {
        var text = Render(new PlanView { Width = width, Breaks = true, ShowAll = true });

        Baseline.Match(text, caseName: width.ToString(CultureInfo.InvariantCulture));
        Assert.All(text.Split('\n'), line => Assert.True(Printable.Width(line) <= width, line));
    }

    [Fact]
    public void Write_Colour_ChangesNothingButTheColour()
    {
        var coloured = Render(new PlanView { Colour = true });

        Assert.Contains('\e', coloured);
        Assert.Equal(Render(new PlanView()), System.Text.RegularExpressions.Regex.Replace(coloured, "\e\\[[0-9;]*m", ""));
    }

    [Fact]
    public void Write_AThousandJobs_IsATable()
    {
        var plan = Core.Tests.Planning.GivenFlow.Of([.. Enumerable.Range(0, 1000).Select(static i => Core.Tests.Planning.GivenFlow.Job($"job-{i:0000}", null, Core.Tests.Planning.GivenFlow.Entry(insert: i)))]);
        var now = Planner.Plan(plan, new PlanInputs(), new Core.Diagnostics.DiagnosticBag());
        var comparison = PlanComparison.Of(now, new PlanBase(PlanBaseKind.Plan, "plan.json", null, []), static _ => null, JobSelection.All);
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        new PlanComparisonText(comparison, isCheck: false, new PlanView(), output).Write(now);
        var lines = output.ToString().Split('\n');

        Assert.Equal("Change: +1000 jobs, $70.007 · against plan.json", lines[2]);
        Assert.Equal(1000, lines.Count(static line => line.StartsWith("+ job-", StringComparison.Ordinal) && line.EndsWith("  new", StringComparison.Ordinal)));
    }

    private static string Render(PlanView view)
    {
        var now = GivenPlans.WithEveryMark();
        var jobs = PlanBase.Of(now, "").Jobs.Where(static job => job.Id is not "host-en").ToList();
        jobs[0] = jobs[0] with { Key = "other", Parts = [.. jobs[0].Parts?.Select(static part => part.Key == "video" ? new("video", "sha256:0f") : part) ?? []] };
        jobs[1] = jobs[1] with { Id = "guest-\e[2Jenglish-in-a-long-name" };
        jobs[2] = jobs[2] with { Key = "another", Parts = null };
        jobs[^1] = jobs[^1] with { Output = "before.mp4", Labels = [new("locale", "en")] };
        jobs.Add(jobs[^1] with { Id = "no-more", Key = "k" });
        jobs.Add(jobs[^1] with { Id = "host-xx" });
        var before = new PlanBase(PlanBaseKind.Flow, "origin/main:flows/launch/flow.yaml", null, jobs) { Notes = ["clips/host.mp4 is not in the revision: it was taken as it is here, so a change to it does not show."] };
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        new PlanComparisonText(PlanComparison.Of(now, before, static _ => null, JobSelection.All), isCheck: false, view, output).Write(now);
        return output.ToString();
    }
}
