using System.Globalization;
using GmiKlingFlow.Cli.Output.Plans;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Planning;
using GmiKlingFlow.Core.Tests.Planning;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Cli.Tests.Output.Plans;

public sealed class PlanMarkdownRendererTests
{
    [Fact]
    public void Render_EveryMark_IsATableWithFoldedRequests() => Baseline.Match(Render(GivenPlans.WithEveryMark()), "md");

    [Fact]
    public void Render_HostileNames_FormNoMarkUp()
    {
        var job = GivenFlow.Job("a|b`c</summary><script>@octocat #1 [x](https://evil.example) www.evil.example\n# h") with { SkippedBecause = "<img src=x> | @octocat **b**" };
        var text = Render(Planner.Plan(GivenFlow.Of(job), new PlanInputs(), new DiagnosticBag()));

        Assert.Contains("| ``a\\|b`c</summary><script>@octocat #1 [x](https://evil.example) www.evil.example # h`` |", text, StringComparison.Ordinal);
        Assert.Contains("| &#60;img src=x&#62; &#124; @<!-- -->octocat &#42;&#42;b&#42;&#42; |", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_HostileName_CannotCloseTheBlockItStandsIn()
    {
        var text = Render(Planner.Plan(GivenFlow.Of(GivenFlow.Job("a\n```\n</details><b>")), new PlanInputs(), new DiagnosticBag()));

        Assert.Contains("<details><summary>a &#96;&#96;&#96; &#60;/details&#62;&#60;b&#62;</summary>", text, StringComparison.Ordinal);
        Assert.Contains("\n````text\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_MoreJobsThanACommentTakes_SaysHowManyAreLeftOut()
    {
        var jobs = Enumerable.Range(0, 3000).Select(i => GivenFlow.Job($"job-{i}", null, GivenFlow.Entry(insert: i))).ToList();
        var text = Render(Planner.Plan(GivenFlow.Of(jobs), new PlanInputs(), new DiagnosticBag()));

        Assert.InRange(text.Length, 20_000, 65_000);
        Assert.Contains(" more jobs are not listed", text, StringComparison.Ordinal);
        Assert.Contains("The requests of the other jobs are not shown", text, StringComparison.Ordinal);
    }

    private static string Render(Plan plan)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        PlanMarkdownRenderer.Render(plan, new PlanView(), output);
        return output.ToString();
    }
}
