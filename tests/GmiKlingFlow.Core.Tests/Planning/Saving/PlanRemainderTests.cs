using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning;
using GmiKlingFlow.Core.Planning.Saving;
using Xunit;

namespace GmiKlingFlow.Core.Tests.Planning.Saving;

public sealed class PlanRemainderTests
{
    private static readonly HashSet<string> NothingSpent = [];

    private readonly KnownWorkInMemory known = new();

    [Theory]
    [InlineData("create", JobAction.Create, "new")]
    [InlineData("change", JobAction.Create, "new")]
    [InlineData("settle", JobAction.Create, "new")]
    [InlineData("reuse", JobAction.Skip, "the plan did not mean to send it")]
    [InlineData("resume", JobAction.Skip, "the plan did not mean to send it")]
    [InlineData("blocked", JobAction.Skip, "not part of the plan")]
    [InlineData("skip", JobAction.Skip, "not part of the plan")]
    public void Of_JobThatWouldBeSentNow_OnlyWhereThePlanMeantTo(string planned, JobAction action, string reason)
    {
        var left = PlanRemainder.Of(Plan(), new Dictionary<string, string> { ["a"] = planned }, NothingSpent).Jobs[0];

        Assert.Equal((action, reason), (left.Action, left.Reason));
        Assert.Equal(action == JobAction.Skip, left.Steps.Count == 0);
    }

    [Fact]
    public void Of_JobThePlanDoesNotKnow_IsNotPartOfIt() =>
        Assert.Equal(JobAction.Skip, PlanRemainder.Of(Plan(), new Dictionary<string, string>(), NothingSpent).Jobs[0].Action);

    [Fact]
    public void Of_RequestSpentAlready_IsNotSentAgainAndCostsNothing()
    {
        var plan = Plan();
        var left = PlanRemainder.Of(plan, new Dictionary<string, string> { ["a"] = "create" }, new HashSet<string> { plan.Jobs[0].Steps[1].ContentKey });

        Assert.Equal((JobAction.Skip, "the plan has sent it already"), (left.Jobs[0].Action, left.Jobs[0].Reason));
        Assert.Equal((0m, 0, 1), (left.Summary.EstimatedUsd, left.Summary.Requests[ModelNames.LipSync], left.Summary.Skip));
        Assert.Equal(plan.Summary.PriceSource, left.Summary.PriceSource);
    }

    [Theory]
    [InlineData(KnownRequestState.Running, JobAction.Resume)]
    [InlineData(KnownRequestState.Unknown, JobAction.Settle)]
    public void Of_WorkUnderWay_IsFinishedWhateverWasSpent(KnownRequestState state, JobAction action)
    {
        var key = Plan().Jobs[0].Steps[1].ContentKey;
        known.Requests[key] = new(state, "r-1");

        Assert.Equal(action, PlanRemainder.Of(Plan(), new Dictionary<string, string> { ["a"] = "create" }, new HashSet<string> { key }).Jobs[0].Action);
    }

    private Plan Plan() => Planner.Plan(GivenFlow.Of(GivenFlow.Job("a")), new PlanInputs { Known = known }, new DiagnosticBag());
}
