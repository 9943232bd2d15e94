using FsCheck;
using FsCheck.Fluent;
using GmiKlingFlow.Runtime.Execution;
using GmiKlingFlow.Runtime.Execution.Polling;
using GmiKlingFlow.Runtime.State;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Runtime.Tests.Execution.Polling;

public sealed class PollScheduleTests
{
    [Theory]
    [InlineData("5 s", 0.05, null)]
    [InlineData("300 s", 0.05, null)]
    [InlineData("3-9 s", 0.05, 1.3)]
    [InlineData("40-90 s", 0.05, 1.3)]
    [InlineData("200-400 s", 0.05, 1.3)]
    [InlineData("lognormal 1 min", 0.055, 1.2)]
    [InlineData("5 s or 60 s", 0.05, 1.6)]
    public void Looks_OfAFirstRun_AreFewAndNearTheBestThereIs(string durations, double latest, double? factor)
    {
        var first = WaitingSimulation.Run(new OwnWaiting(1), Of(durations), jobs: 1000, inFlight: 4, seed: 1);

        Assert.InRange(first.Delay, 0, latest);
        Assert.InRange(first.Looks, 1, 8);

        // Of constant durations the best is one look without delay: nothing to compare with.
        Assert.InRange(first.Delay, 0, factor is { } times ? times * new BestLooks(Of(durations)).Delay(first.Looks) : 1);
    }

    [Theory]
    [InlineData("5 s")]
    [InlineData("300 s")]
    [InlineData("3-9 s")]
    [InlineData("40-90 s")]
    [InlineData("200-400 s")]
    public void Looks_OfALaterRun_GoByWhatTheFirstHasSeen(string durations)
    {
        var before = new OwnWaiting(1);
        WaitingSimulation.Run(before, Of(durations), jobs: 64, inFlight: 4, seed: 2);

        var later = WaitingSimulation.Run(new OwnWaiting(3, before.Samples), Of(durations), jobs: 200, inFlight: 4, seed: 3);

        Assert.InRange(later.Delay, 0, 0.05);
        Assert.InRange(later.Looks, 1, 8);
    }

    [Fact]
    public void BestLooks_EvenDurations_AreAsByHand()
    {
        // One look sees all that end between 1 and 2: at 2, late by 2 ln 2 - 1. Two, with the first at x: as late as x ln x - (x - 1) + 2 ln (2 / x) - (2 - x), with 1 + (2 - x) looks.
        var best = new BestLooks(Durations.Uniform(1, 2));

        Assert.Equal((2 * Math.Log(2)) - 1, best.Delay(1), 0.01);
        Assert.Equal((1.5 * Math.Log(1.5)) - 0.5 + (2 * Math.Log(2 / 1.5)) - 0.5, best.Delay(1.5), 0.01);
    }

    [Theory]
    [InlineData(60, 20)]
    [InlineData(20, 60)]
    public void Looks_ServiceNowTakesAnotherTime_AreRightSoon(double before, double now)
    {
        var first = new OwnWaiting(1);
        WaitingSimulation.Run(first, Durations.Constant(before), jobs: 64, inFlight: 4, seed: 5);

        var later = WaitingSimulation.Run(new OwnWaiting(6, first.Samples), Durations.Constant(now), jobs: 200, inFlight: 4, seed: 6);

        Assert.InRange(later.Delay, 0, 0.05);
        Assert.InRange(later.Looks, 1, 8);
    }

    [Fact]
    public void Waits_AnyTime_StayWithinTheirLimits() => Check.One(PropertyRun.Config, Prop.ForAll<int, PositiveInt, PositiveInt>((seed, seen, usual) =>
    {
        var (min, max) = (TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(15));
        var polls = new PollSchedule(min, max, new Jitter(new Random(seed)));
        polls.Recall("m", seed % 2 == 0 ? [] : [new DurationSample(usual.Get, usual.Get + 1), new DurationSample(usual.Get * 2, usual.Get * 2)]);
        using var turn = polls.Follow("m");
        Assert.InRange(turn.Wait(TimeSpan.Zero), min * 0.98, max);
        turn.Saw(TimeSpan.FromSeconds(seen.Get));
        Assert.InRange(turn.Wait(TimeSpan.FromSeconds(seen.Get)), min * 0.98, max);
    }));

    [Fact]
    public void Learned_FirstOneEnds_TellsThoseThatWaitAndTheirLookMoves()
    {
        var polls = new PollSchedule(TimeSpan.FromSeconds(0.25), TimeSpan.FromSeconds(60), new Jitter(new Random(1)));
        using var other = polls.Follow("m");
        using var one = polls.Follow("m");
        one.Saw(TimeSpan.FromSeconds(19));
        other.Saw(TimeSpan.FromSeconds(2));
        var learned = other.Learned;
        var before = other.Wait(TimeSpan.FromSeconds(2));

        one.Finished(TimeSpan.FromSeconds(20));

        Assert.True(learned.IsCancellationRequested);
        Assert.True(other.Wait(TimeSpan.FromSeconds(2)) > before);
    }

    [Theory]
    [InlineData(10, 14, 12.0, 11, 13)]
    [InlineData(10, 11, 30.0, 10, 11)]
    [InlineData(0, 40, null, 20, 40)]
    [InlineData(30, 40, null, 30, 40)]
    public void DurationSample_LooksAndTheServicesTimes_AreBelievedTogether(double unfinished, double finished, double? told, double low, double high) =>
        Assert.Equal(new DurationSample(low, high), DurationSample.Of(unfinished, finished, told, isWhole: true));

    [Fact]
    public void DurationTable_ManySamples_KeepsTheNewestOfEachModel()
    {
        using var folder = new TemporaryFolder();
        using var store = Assert.IsType<StateOpening.Opened>(StateStore.Open(folder.File("state"), TimeProvider.System)).Store;
        for (var i = 1; i <= 100; i++)
        {
            store.Durations.Add("service", "m", new DurationSample(i, i + 1));
        }

        store.Durations.Add("service", "other", new DurationSample(7, 7.5));

        Assert.Equal(Enumerable.Range(37, 64).Select(static i => new DurationSample(i, i + 1)), store.Durations.Newest("service", "m"));
        Assert.Equal([new DurationSample(7, 7.5)], store.Durations.Newest("service", "other"));
        Assert.Empty(store.Durations.Newest("elsewhere", "m"));
    }

    [Fact]
    public void Looks_OfARequest_AllocateNextToNothing()
    {
        var polls = new PollSchedule(TimeSpan.FromSeconds(0.25), TimeSpan.FromSeconds(60), new Jitter(new Random(1)));
        polls.Recall("m", [.. Enumerable.Range(0, 32).Select(static i => new DurationSample(50 + i, 51 + i))]);
        using var turn = polls.Follow("m");
        Look(turn, 100);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Look(turn, 1000);

        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 1000, 0, 200);
    }

    private static void Look(PollTurn turn, int times)
    {
        for (var i = 0; i < times; i++)
        {
            turn.Saw(TimeSpan.FromSeconds(40 + i * 0.01));
            turn.Wait(TimeSpan.FromSeconds(40 + i * 0.01));
        }
    }

    private static Durations Of(string name) => name switch
    {
        "5 s" => Durations.Constant(5),
        "300 s" => Durations.Constant(300),
        "3-9 s" => Durations.Uniform(3, 9),
        "40-90 s" => Durations.Uniform(40, 90),
        "lognormal 1 min" => Durations.Lognormal("lognormal 1 min", 60, 0.35),
        "5 s or 60 s" => Durations.Bimodal(5, 60, 0.5),
        _ => Durations.Uniform(200, 400),
    };
}
