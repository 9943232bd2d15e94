using FsCheck;
using FsCheck.Fluent;
using GmiKlingFlow.Runtime.Execution;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Runtime.Tests.Execution;

public sealed class LimitsTests
{
    private readonly ManualTimeProvider clock = new();

    [Fact]
    public async Task Gate_Full_LetsTheNextInWhenOneLeaves()
    {
        using var gate = new SubmissionGate(2, clock);
        await gate.EnterAsync(default);
        await gate.EnterAsync(default);
        var third = gate.EnterAsync(default);

        Assert.False(third.IsCompleted);
        gate.Leave();
        await third;
        Assert.Equal(2, gate.InFlight);
    }

    [Fact]
    public async Task Gate_WaiterGivesUp_HoldsNoPlace()
    {
        using var gate = new SubmissionGate(1, clock);
        await gate.EnterAsync(default);
        using var giveUp = new CancellationTokenSource();
        var second = gate.EnterAsync(giveUp.Token);
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);

        gate.Leave();
        await gate.EnterAsync(default);
        Assert.Equal(1, gate.InFlight);
    }

    [Fact]
    public async Task Gate_Throttled_HalvesOnceForABurstAndGrowsAgain()
    {
        using var gate = new SubmissionGate(8, clock);
        for (var i = 0; i < 8; i++)
        {
            await gate.EnterAsync(default);
        }

        gate.Throttled(null);
        gate.Throttled(null);
        Assert.Equal(4, gate.Limit);
        clock.Advance(TimeSpan.FromSeconds(2));
        gate.Throttled(null);
        Assert.Equal(2, gate.Limit);
        for (var i = 0; i < 50; i++)
        {
            gate.Accepted();
        }

        Assert.Equal(8, gate.Limit);
    }

    [Fact]
    public async Task Gate_RetryAfter_KeepsEveryoneOutUntilThen()
    {
        using var gate = new SubmissionGate(4, clock);
        gate.Throttled(TimeSpan.FromSeconds(30));
        var entry = gate.EnterAsync(default);

        clock.Advance(TimeSpan.FromSeconds(29));
        Assert.False(entry.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1));
        await entry;
    }

    [Fact]
    public async Task Gate_Paused_KeepsEveryoneOutUntilThenAndStaysAsWide()
    {
        using var gate = new SubmissionGate(4, clock);
        gate.Pause(TimeSpan.FromSeconds(30));
        gate.Pause(TimeSpan.FromSeconds(5));
        gate.Pause(null);
        var entry = gate.EnterAsync(default);

        clock.Advance(TimeSpan.FromSeconds(29));
        Assert.False(entry.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1));
        await entry;
        Assert.Equal(4, gate.Limit);
    }

    [Fact]
    public async Task Line_WaitsForItsTurn_HoldsNoPlaceMeanwhile()
    {
        using var gate = new SubmissionGate(1, clock);
        var turn = new TaskCompletionSource();
        var line = new SubmissionLine(new ScriptedQueue(clock) { OnTurn = _ => turn.Task }, gate);
        var entry = line.EnterAsync(0, default);

        Assert.Equal(0, gate.InFlight);
        Assert.False(entry.IsCompleted);
        turn.SetResult();
        await entry;
        Assert.Equal(1, gate.InFlight);
    }

    [Fact]
    public async Task Line_NoPlaceInFlight_KeepsOneTurnWaitingHoweverManyWait()
    {
        using var gate = new SubmissionGate(1, clock);
        var turns = 0;
        var line = new SubmissionLine(new ScriptedQueue(clock) { OnTurn = _ => Task.FromResult(turns++) }, gate);
        await line.EnterAsync(0, default);
        Task[] entries = [.. Enumerable.Range(0, 10).Select(_ => line.EnterAsync(0, default))];

        Assert.Equal(2, turns);
        foreach (var entry in entries)
        {
            gate.Leave();
            await entry;
        }

        Assert.Equal(11, turns);
    }

    [Fact]
    public async Task Line_GivenUpAnywhere_LetsTheNextIn()
    {
        using var gate = new SubmissionGate(1, clock);
        var line = new SubmissionLine(new ScriptedQueue(clock), gate);
        await line.EnterAsync(0, default);
        using var stop = new CancellationTokenSource();
        Task[] stopped = [line.EnterAsync(0, stop.Token), line.EnterAsync(0, stop.Token)];
        var next = line.EnterAsync(0, default);

        await stop.CancelAsync();
        foreach (var entry in stopped)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => entry);
        }

        gate.Leave();
        await next;
        Assert.Equal(1, gate.InFlight);
    }

    [Fact]
    public async Task Gate_ResumedRequests_CountAgainstTheLimit()
    {
        using var gate = new SubmissionGate(2, clock);
        gate.EnterAnyway();
        gate.EnterAnyway();
        gate.EnterAnyway();

        var entry = gate.EnterAsync(default);
        gate.Leave();
        Assert.False(entry.IsCompleted);
        gate.Leave();
        await entry;
    }

    [Fact]
    public void Backoff_AnyTry_StaysWithinItsBounds() => Check.One(PropertyRun.Config, Prop.ForAll<int, PositiveInt, NonNegativeInt>((seed, number, seconds) =>
    {
        var jitter = new Jitter(new Random(seed));
        var full = TimeSpan.FromSeconds(Math.Min(60, Math.Pow(2, Math.Min(number.Get - 1, 20))));
        var asked = TimeSpan.FromSeconds(seconds.Get % 4000);

        var wait = jitter.Backoff(number.Get, null);
        Assert.InRange(wait, full / 2, full);
        Assert.InRange(jitter.Backoff(number.Get, asked), asked, asked + full);
    }));

    [Fact]
    public async Task SharedWork_AskedForTwiceAtOnce_IsDoneOnceAndForgotten()
    {
        var shared = new SharedWork<int>();
        var done = new TaskCompletionSource<int>();
        var times = 0;
        Task<int> Work()
        {
            times++;
            return done.Task;
        }

        var (one, two) = (shared.DoAsync("key", Work), shared.DoAsync("key", Work));
        done.SetResult(7);

        Assert.Equal((7, 7, 1), (await one, await two, times));
        Assert.Equal(8, await shared.DoAsync("key", () => Task.FromResult(8)));
    }
}
