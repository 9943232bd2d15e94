using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Planning;
using GmiKlingFlow.Core.Planning.Shards;
using Xunit;

namespace GmiKlingFlow.Core.Tests.Planning;

public sealed class JobSelectionTests
{
    [Theory]
    [InlineData("host-*", "a b -")]
    [InlineData("host-en", "a - -")]
    [InlineData("*-?n", "a - c")]
    [InlineData("locale=de*", "- b -")]
    [InlineData("HOST-*", "- - -")]
    [InlineData("locale=", "- - -")]
    [InlineData("video=hos?", "a b c")]
    [InlineData("video=guest", "- - -")]
    [InlineData("h\\*", "- - -")]
    public void Plan_Select_TakesIdsAndLabels(string glob, string chosen)
    {
        var plan = Plan(new JobSelection { Select = [glob] });

        Assert.Equal(chosen, string.Join(' ', plan.Jobs.Select((job, i) => job.Action == JobAction.Skip ? "-" : ((char)('a' + i)).ToString())));
    }

    [Fact]
    public void Plan_SeveralSelects_TakeWhatOneOfThemFits() =>
        Assert.Equal((2, 1), Counts(Plan(new JobSelection { Select = ["host-en", "locale=de-AT"] })));

    [Fact]
    public void Plan_NotSelected_SaysWhy() =>
        Assert.Equal("not selected by --select host-en", Plan(new JobSelection { Select = ["host-en"] }).Jobs[1].Reason);

    [Fact]
    public void Plan_SelectThatFitsNothing_IsAnErrorWithTheNearestId()
    {
        var problem = Assert.Single(Plan(new JobSelection { Select = ["hots-en"] }).Diagnostics);

        Assert.Equal("\"hots-en\" selects no job. Did you mean \"host-en\"?", problem.Message);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void Plan_Shards_ShareTheJobsWithoutOverlap(int count)
    {
        var jobs = Enumerable.Range(0, 50).Select(i => GivenFlow.Job($"job-{i}", null, GivenFlow.Entry(insert: i))).ToList();
        var flow = GivenFlow.Of(jobs);
        var taken = Enumerable.Range(1, count)
            .SelectMany(i => Planner.Plan(flow, new PlanInputs { Selection = new JobSelection { Shard = new Shard(i, count) } }, new DiagnosticBag()).Jobs)
            .Where(job => job.Action != JobAction.Skip)
            .Select(job => job.Job.Id);

        Assert.Equal(jobs.Select(job => job.Id).Order(), taken.Order());
    }

    [Theory]
    [InlineData("1/2", true)]
    [InlineData("2/2", true)]
    [InlineData("0/2", false)]
    [InlineData("3/2", false)]
    [InlineData("1", false)]
    [InlineData("1/2/3", false)]
    [InlineData("-1/2", false)]
    [InlineData("a/b", false)]
    [InlineData(null, false)]
    public void TryParse_Shard_TakesOneToN(string? text, bool isShard) => Assert.Equal(isShard, Shard.TryParse(text) is not null);

    [Fact]
    public void Plan_MaxJobs_CountsOnlyJobsThatDoSomething()
    {
        var flow = Flow();
        var known = new KnownWorkInMemory();
        known.Outputs.Add((Planner.Plan(flow, new PlanInputs(), new DiagnosticBag()).Jobs[0].Key.Value, "host-en.mp4"));
        var plan = Planner.Plan(flow, new PlanInputs { Known = known, Selection = new JobSelection { MaxJobs = 1 } }, new DiagnosticBag());

        Assert.Equal([JobAction.Reuse, JobAction.Create, JobAction.Skip], plan.Jobs.Select(job => job.Action));
        Assert.Equal("after the first 1 (--max-jobs)", plan.Jobs[2].Reason);
    }

    [Fact]
    public void Plan_OnlyJobs_LeavesTheOthersOut()
    {
        var plan = Plan(new JobSelection { OnlyJobs = new HashSet<string> { "host-de" } });

        Assert.Equal([JobAction.Skip, JobAction.Create, JobAction.Skip], plan.Jobs.Select(job => job.Action));
        Assert.Equal("did not fail in the last run (--only-failed)", plan.Jobs[0].Reason);
    }

    [Theory]
    [InlineData(0.231, false)]
    [InlineData(0.217, false)]
    [InlineData(0.2169, true)]
    public void Refuse_Budget_TakesAnEstimateUpToIt(double budget, bool refuses) =>
        Assert.Equal(refuses, BudgetCheck.Refuse(Plan(JobSelection.All), (decimal)budget) is not null);

    private static (int Create, int Skip) Counts(Plan plan) => (plan.Summary.Create, plan.Summary.Skip);

    private static Plan Plan(JobSelection selection) => Planner.Plan(Flow(), new PlanInputs { Selection = selection }, new DiagnosticBag());

    private static Core.Model.Flow Flow() => GivenFlow.Of(
        GivenFlow.Job("host-en") with { Labels = [new("locale", "en")] },
        GivenFlow.Job("host-de", null, GivenFlow.Entry(insert: 100)) with { Labels = [new("locale", "de-AT")] },
        GivenFlow.Job("guest-en", null, GivenFlow.Entry(insert: 200)) with { Labels = [new("team", "x")] });
}
