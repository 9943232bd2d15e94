using FsCheck;
using FsCheck.Fluent;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Core.Tests.Planning;

public sealed class PlanDeterminismTests
{
    [Fact]
    public void Plan_SameFlowMadeTwice_GivesTheSameBytes() =>
        Prop.ForAll(
            ArbMap.Default.ArbFor<(NonNegativeInt Start, int Insert, bool ById, bool Remote, double Volume)[]>(),
            rows => GivenPlan.Text(Plan(rows)) == GivenPlan.Text(Plan(rows))).Check(PropertyRun.Config);

    [Fact]
    public void Plan_Any_CountsEveryJobOnceAndSumsItsSteps() =>
        Prop.ForAll(
            ArbMap.Default.ArbFor<(NonNegativeInt Start, int Insert, bool ById, bool Remote, double Volume)[]>(),
            rows =>
            {
                var plan = Plan(rows);
                var s = plan.Summary;
                return s.Jobs == rows.Length
                    && s.Create + s.Change + s.Resume + s.Settle + s.Reuse + s.Blocked + s.Skip == rows.Length
                    && s.EstimatedUsd == plan.Jobs.Sum(job => job.Steps.Sum(step => step.EstimatedUsd))
                    && plan.Jobs.All(job => job.Action == JobAction.Blocked == job.Problems.Any(problem => problem.Severity == Severity.Error));
            }).Check(PropertyRun.Config);

    private static Plan Plan((NonNegativeInt Start, int Insert, bool ById, bool Remote, double Volume)[] rows)
    {
        var jobs = rows.Select((row, i) => GivenFlow.Job(
            $"job-{i}",
            row.Remote ? GivenFlow.RemoteVideo("https://h.example/v.mp4", "far") : null,
            GivenFlow.Entry(
                GivenFlow.Face(row.ById ? new FaceSelector.ById("0") : new FaceSelector.Longest()),
                start: row.Start.Get,
                insert: row.Insert * 20,
                volume: row.Volume)));
        return Planner.Plan(GivenFlow.Of([.. jobs]), new PlanInputs(), new DiagnosticBag());
    }
}
