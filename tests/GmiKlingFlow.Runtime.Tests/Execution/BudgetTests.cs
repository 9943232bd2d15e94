using FsCheck;
using FsCheck.Fluent;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning.Prices;
using GmiKlingFlow.Runtime.Execution;
using GmiKlingFlow.Runtime.Queue;
using GmiKlingFlow.Runtime.Results;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Runtime.Tests.Execution;

/// <summary>A budget holds whatever the service answers: what is taken, or may be, never costs more by estimate.</summary>
public sealed class BudgetTests
{
    [Fact]
    public void RunAsync_AnyBudgetAndAnyAnswers_NeverTakesMoreThanItAllows() => Check.One(PropertyRun.Config.WithMaxTest(40), Prop.ForAll<PositiveInt, PositiveInt, NonEmptyArray<byte>>((seed, cents, answers) =>
    {
        using var bench = new RunBench();
        var budget = cents.Get % 60 / 100m;
        bench.Options = options => options with { BudgetUsd = budget, Concurrency = 1 + (seed.Get % 5) };
        bench.Queue.OnSubmit = (number, _, _) => Task.FromResult<SubmitOutcome?>((answers.Get[number % answers.Get.Length] % 5) switch
        {
            0 => new SubmitOutcome.NotNow(ScriptedQueue.Trouble, TimeSpan.FromSeconds(1), IsThrottled: true),
            1 => new SubmitOutcome.Rejected(ScriptedQueue.Trouble, StopsRun: false),
            2 => TakenAndLost(bench, number),
            3 => number % 2 == 0 ? new SubmitOutcome.Unclear(ScriptedQueue.Trouble) : null,
            _ => null,
        });

        var report = bench.RunAsync(TestFlow.OfMany(8, videos: 2)).GetAwaiter().GetResult();

        var taken = bench.Queue.Taken;
        var cost = taken.Sum(static model => model == ModelNames.IdentifyFace ? PriceList.BuiltIn.IdentifyUsd : PriceList.BuiltIn.SyncUsdPerBlock);
        Assert.True(cost <= budget, $"{cost} of {budget} was taken");
        Assert.True(report.Results.Summary.CostUsd <= budget);
        Assert.DoesNotContain(report.Results.Jobs, job => job.Status == JobStatus.Skipped);
    }));

    [Fact]
    public async Task RunAsync_AdoptedWork_CostsNothingOfTheNextBudget()
    {
        using var bench = new RunBench();
        bench.Queue.OnList = _ => new ListOutcome.Unavailable(ScriptedQueue.Trouble);
        bench.Queue.OnSubmit = (number, _, _) => Task.FromResult<SubmitOutcome?>(number == 2 ? TakenAndLost(bench, number) : null);
        var lost = await bench.RunAsync(TestFlow.Of(TestFlow.Job("a")));
        (bench.Queue.OnList, bench.Queue.OnSubmit) = (null, null);
        bench.Options = options => options with { BudgetUsd = 0 };

        var report = await bench.RunAsync(TestFlow.Of(TestFlow.Job("a")));

        Assert.Equal((JobStatus.Unknown, 0.077m), (lost.Results.Jobs[0].Status, lost.Results.Summary.CostUsd));
        Assert.Equal((JobStatus.Succeeded, 0m, RunEnd.Completed), (report.Results.Jobs[0].Status, report.Results.Summary.CostUsd, report.End));
    }

    [Fact]
    public async Task RunAsync_LostRequestThatWasNotTaken_IsNotSentAgainAboveTheBudget()
    {
        using var bench = new RunBench();
        bench.Queue.OnList = _ => new ListOutcome.Unavailable(ScriptedQueue.Trouble);
        bench.Queue.OnSubmit = (number, _, _) => Task.FromResult<SubmitOutcome?>(number == 2 ? new SubmitOutcome.Unclear(ScriptedQueue.Trouble) : null);
        await bench.RunAsync(TestFlow.Of(TestFlow.Job("a")));
        bench.Queue.OnList = null;
        bench.Options = options => options with { BudgetUsd = 0.069m };

        var report = await bench.RunAsync(TestFlow.Of(TestFlow.Job("a")));

        Assert.Equal((RunEnd.BudgetReached, "GKF8020"), (report.End, report.Reason?.Code));
        Assert.Equal(2, bench.Queue.Posts.Count);
    }

    private static SubmitOutcome.Unclear TakenAndLost(RunBench bench, int number)
    {
        bench.Queue.Take(number);
        return new SubmitOutcome.Unclear(ScriptedQueue.Trouble);
    }
}
