using GmiKlingFlow.Runtime.Queue;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Runtime.Tests.Queue;

public sealed class RequestRateTests
{
    private readonly ManualTimeProvider clock = new();

    [Fact]
    public void Wait_WithinTheBurst_IsNone()
    {
        var rate = new RequestRate(clock, RequestRate.UsualPerSecond);

        Assert.Equal(RequestRate.Burst, Passed(Ask(rate, 100)));
    }

    [Fact]
    public async Task Wait_AfterTheBurst_LetsThroughSoManyASecondInOrder()
    {
        var rate = new RequestRate(clock, 10);
        var calls = Ask(rate, RequestRate.Burst + 30);

        for (var second = 1; second <= 3; second++)
        {
            for (var i = 0; i < 10; i++)
            {
                clock.Advance(TimeSpan.FromMilliseconds(100));
                await calls[RequestRate.Burst + ((second - 1) * 10) + i];
            }

            Assert.Equal(RequestRate.Burst + (second * 10), Passed(calls));
        }
    }

    [Fact]
    public void Wait_AfterAPause_GivesTheBurstAgainAndNoMore()
    {
        var rate = new RequestRate(clock, 20);
        Ask(rate, RequestRate.Burst);
        clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(RequestRate.Burst, Passed(Ask(rate, 60)));
    }

    [Fact]
    public async Task Wait_GivenUp_LeavesItsPlaceToTheNext()
    {
        var rate = new RequestRate(clock, 1);
        Ask(rate, RequestRate.Burst);
        using var stop = new CancellationTokenSource();
        var givenUp = rate.WaitAsync(stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => givenUp);
        var next = rate.WaitAsync(default);

        clock.Advance(TimeSpan.FromSeconds(1));
        await next;
    }

    [Fact]
    public void Wait_WithoutALimit_IsNone() => Assert.Equal(1000, Passed(Ask(new RequestRate(clock, null), 1000)));

    [Fact]
    public async Task Client_CallsOfEveryKind_ShareOneLimit()
    {
        await using var server = new ScriptedServer(_ => ScriptedReply.Json(200, TestQueue.Record("queued")));
        using var client = new QueueClient(
            new QueueOptions(new Uri(server.Url, "base/apikey"), TestQueue.Key, null) { CallsPerSecond = 1 }, clock, new Random(1), new RecordingLogger<QueueClient>());
        for (var i = 0; i < RequestRate.Burst; i++)
        {
            await client.GetAsync(TestQueue.Id, default);
        }

        var turn = client.WaitForTurnAsync(default);
        var get = client.GetAsync(TestQueue.Id, default);
        Assert.False(turn.IsCompleted);
        Assert.Equal(RequestRate.Burst, server.Requests.Count);

        clock.Advance(TimeSpan.FromSeconds(1));
        await turn;
        Assert.False(get.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.IsType<QueryOutcome.Found>(await get);
    }

    [Fact]
    public async Task Client_SubmissionThatHasItsTurn_WaitsForNothingElse()
    {
        await using var server = new ScriptedServer(_ => ScriptedReply.Json(200, TestQueue.Record("queued")));
        using var client = new QueueClient(
            new QueueOptions(new Uri(server.Url, "base/apikey"), TestQueue.Key, null) { CallsPerSecond = 1 }, clock, new Random(1), new RecordingLogger<QueueClient>());
        for (var i = 0; i < RequestRate.Burst; i++)
        {
            await client.WaitForTurnAsync(default);
        }

        Assert.IsType<SubmitOutcome.Accepted>(await client.SubmitAsync("kling-lip-sync", TestQueue.Body, default));
    }

    private static int Passed(IEnumerable<Task> calls) => calls.Count(call => call.IsCompletedSuccessfully);

    private static List<Task> Ask(RequestRate rate, int calls) => [.. Enumerable.Range(0, calls).Select(_ => rate.WaitAsync(default))];
}
