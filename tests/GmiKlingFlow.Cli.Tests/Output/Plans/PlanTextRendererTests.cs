using System.Globalization;
using GmiKlingFlow.Cli.Output;
using GmiKlingFlow.Cli.Output.Plans;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning;
using GmiKlingFlow.Core.Planning.Keys;
using GmiKlingFlow.Core.Tests.Planning;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Cli.Tests.Output.Plans;

public sealed class PlanTextRendererTests
{
    [Theory]
    [InlineData(40)]
    [InlineData(80)]
    [InlineData(160)]
    public void Render_GroupedOnATerminal_FitsTheWidth(int width)
    {
        var text = Render(GivenPlans.WithEveryMark(), new PlanView { Width = width, GroupBy = "locale", ShowAll = true, Breaks = true });

        Baseline.Match(text, caseName: width.ToString(CultureInfo.InvariantCulture));
        Assert.All(text.Split('\n'), line => Assert.True(Printable.Width(line) <= width, line));
    }

    [Fact]
    public void Render_GroupedByVideo_CountsAndPricesEachGroup()
    {
        var lines = Render(GivenPlans.WithEveryMark(), new PlanView { Width = 160, GroupBy = JobGroup.ByVideo }).Split('\n');

        Assert.Contains("video host · 9 jobs: 3 to send, 1 changed, 1 to resume, 1 to settle, 1 reused, 1 blocked, 1 skipped · $0.217", lines);
        Assert.Contains("video guest · 1 job: 1 to send · $0.21", lines);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(33)]
    [InlineData(61)]
    [InlineData(250)]
    public void Render_OnATerminalOfAnyWidth_NothingGoesBeyond(int width) =>
        Assert.All(
            Render(GivenPlans.WithEveryMark(), new PlanView { Width = width, ShowAll = true, Breaks = true }).Split('\n'),
            line => Assert.True(Printable.Width(line) <= Math.Max(width, 30), line));

    [Theory]
    [InlineData(40)]
    [InlineData(80)]
    [InlineData(160)]
    public void Render_EveryMark_FitsTheWidth(int width)
    {
        var text = Render(GivenPlans.WithEveryMark(), new PlanView { Width = width });

        Baseline.Match(text, caseName: width.ToString(CultureInfo.InvariantCulture));
        Assert.All(
            text.Split('\n').Where(line => !line.StartsWith("Plan: ", StringComparison.Ordinal) && !line.StartsWith("      prices: ", StringComparison.Ordinal) && !line.EndsWith("--all lists them.", StringComparison.Ordinal)),
            line => Assert.True(Printable.Width(line) <= width || !line.Trim().Contains(' ', StringComparison.Ordinal), line));
    }

    [Fact]
    public void Render_All_ListsReusedJobsToo() =>
        Baseline.Match(Render(GivenPlans.WithEveryMark(), new PlanView { ShowAll = true, Now = new DateTimeOffset(2026, 1, 1, 12, 10, 0, TimeSpan.Zero) }));

    [Fact]
    public void Render_Any_BeginsAndEndsWithTheVerdict()
    {
        var lines = Render(GivenPlans.WithEveryMark(), new PlanView()).TrimEnd('\n').Split('\n');

        Assert.Equal("Plan: 4 to send, 1 changed, 1 reused, 1 to resume, 1 to settle, 1 blocked, 1 skipped · est. $0.427 (cap $5.00) · about 9 min at 4 in flight", lines[0]);
        Assert.Equal("      prices: built-in list of 2026-09-20 (Kling)", lines[1]);
        Assert.Equal(lines[0], lines[^1]);
    }

    [Fact]
    public void Render_Colour_ChangesNothingButTheColour()
    {
        var plan = GivenPlans.WithEveryMark();
        var coloured = Render(plan, new PlanView { Colour = true });

        Assert.Contains('\e', coloured);
        Assert.Equal(Render(plan, new PlanView()), System.Text.RegularExpressions.Regex.Replace(coloured, "\e\\[[0-9;]*m", ""));
    }

    [Fact]
    public void Render_TextThatWouldSteerTheTerminal_IsShownHarmlessly()
    {
        var job = GivenFlow.Job("evil\e[2J\u202E", null, GivenFlow.Entry(GivenFlow.Face("x\ny", new FaceSelector.ById("\u0007")))) with { Labels = [new("l", "a\e]0;b")] };
        var text = Render(Planner.Plan(GivenFlow.Of(job), new PlanInputs(), new DiagnosticBag()), new PlanView());

        Assert.DoesNotContain(text, c => char.IsControl(c) && c != '\n');
        Assert.Contains("evil\\u001b[2J\\u202e", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_FaceThatCanNotBeTold_ShowsTheTableOfFaces()
    {
        var known = new KnownWorkInMemory();
        known.Sessions[ContentIdentity.Of(GivenFlow.Video().Source)] = new("s", [GivenFlow.Found("0", 0, 5000), GivenFlow.Found("1", 3000, 6960)], default);

        Baseline.Match(Render(Planner.Plan(GivenFlow.Of(GivenFlow.Job("a")), new PlanInputs { Known = known }, new DiagnosticBag()), new PlanView()));
    }

    [Fact]
    public void Render_NothingToDo_SaysSo()
    {
        var plan = Planner.Plan(GivenFlow.Of(GivenFlow.Job("a") with { SkippedBecause = "when is false" }), new PlanInputs(), new DiagnosticBag());

        Assert.Equal("Plan: nothing to send, 1 skipped · est. $0.00\n\nx a  when is false\n\nPlan: nothing to send, 1 skipped · est. $0.00\n", Render(plan, new PlanView()));
    }

    [Fact]
    public void Render_EstimateAboveTheCap_SaysSo()
    {
        var flow = GivenFlow.Of(GivenFlow.Job("a")) with { Run = new RunSettings { BudgetUsd = 0.05m } };

        Assert.Contains("est. $0.077 (above the cap $0.05)", Render(Planner.Plan(flow, new PlanInputs(), new DiagnosticBag()), new PlanView()), StringComparison.Ordinal);
    }

    private static string Render(Plan plan, PlanView view)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        PlanTextRenderer.Render(plan, view, output);
        return output.ToString();
    }
}
