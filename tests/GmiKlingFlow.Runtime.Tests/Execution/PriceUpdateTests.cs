using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning;
using GmiKlingFlow.Core.Planning.Prices;
using GmiKlingFlow.Runtime.Execution;
using GmiKlingFlow.Runtime.Queue;
using GmiKlingFlow.Runtime.State;
using Xunit;

namespace GmiKlingFlow.Runtime.Tests.Execution;

public sealed class PriceUpdateTests : IDisposable
{
    private readonly RunBench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task ApplyAsync_ServiceNamesPrices_AreKeptWithTheDayTheyWereFirstSeen()
    {
        Names(0.009m, "request", 0.08m, "5 seconds");
        using var store = bench.OpenStore();
        var (day, first) = (bench.Clock.GetUtcNow(), await ApplyAsync(store));
        bench.Clock.Advance(TimeSpan.FromDays(3));
        await ApplyAsync(store);

        Assert.Empty(first);
        Assert.Equal(new PriceList(0.009m, 0.08m, TimeSpan.FromSeconds(5), $"GET /models of {day:yyyy-MM-dd}"), store.PricesOf(bench.Service));
        Assert.Equal(PriceList.BuiltIn, store.PricesOf("https://elsewhere.example.com"));
    }

    [Fact]
    public async Task ApplyAsync_OnePriceChanges_OnlyItHasTheNewDay()
    {
        using var store = bench.OpenStore();
        var day = bench.Clock.GetUtcNow();
        Names(0.007m, "request", 0.07m, "5 seconds");
        await ApplyAsync(store);
        bench.Clock.Advance(TimeSpan.FromDays(3));
        Names(0.007m, "request", 0.09m, "5 seconds");
        await ApplyAsync(store);

        Assert.Equal(0.09m, store.PricesOf(bench.Service).SyncUsdPerBlock);
        Assert.Equal($"GET /models of {day:yyyy-MM-dd} (identify) and {day.AddDays(3):yyyy-MM-dd} (lip-sync)", store.PricesOf(bench.Service).Source);
    }

    [Fact]
    public async Task ApplyAsync_PriceThatCannotBeUsed_LeavesTheOneKnownAndSaysWhy()
    {
        using var store = bench.OpenStore();
        Names(0.007m, "request", 0.09m, "5 seconds");
        await ApplyAsync(store);
        var known = store.PricesOf(bench.Service);
        Names(0m, "request", 0.09m, "image");
        var doubts = await ApplyAsync(store);

        Assert.Equal(known, store.PricesOf(bench.Service));
        Assert.Equal(["GKF7081", "GKF7080"], doubts.Select(d => d.Code));
        Assert.Contains("Estimates go by $0.09 per started 5 s", doubts[1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ApplyAsync_NoPriceAtAll_FallsBackInSilence()
    {
        using var store = bench.OpenStore();
        bench.Queue.OnPrice = (model, _) => Task.FromResult<ModelPrice?>(model == ModelNames.LipSync ? null : new ModelPrice(model, null, "request", "ask us", 0));

        Assert.Empty(await ApplyAsync(store));
        Assert.Equal(PriceList.BuiltIn, store.PricesOf(bench.Service));
    }

    [Fact]
    public async Task ApplyAsync_ServiceNeverAnswers_GivesUpAfterFiveSeconds()
    {
        using var store = bench.OpenStore();
        bench.Queue.OnPrice = async (_, cancellationToken) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            return null;
        };
        var started = bench.Clock.GetUtcNow();
        var asked = ApplyAsync(store);
        await bench.Clock.AdvanceToNextTimerAsync(CancellationToken.None);

        Assert.Empty(await asked);
        Assert.Equal(PriceUpdate.Longest, bench.Clock.GetUtcNow() - started);
    }

    [Fact]
    public async Task ApplyAsync_Stopped_Throws()
    {
        using var store = bench.OpenStore();
        using var stop = new CancellationTokenSource();
        bench.Queue.OnPrice = (_, cancellationToken) =>
        {
            stop.Cancel();
            return Task.FromCanceled<ModelPrice?>(cancellationToken);
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new PriceUpdate(bench.Clock).ApplyAsync(store, bench.Service, bench.Queue, stop.Token));
    }

    [Fact]
    public async Task ApplyAsync_SeveralStates_AsksOnce()
    {
        Names(0.009m, "request", 0.08m, "5 seconds");
        var update = new PriceUpdate(bench.Clock);
        using var store = bench.OpenStore();
        await update.ApplyAsync(store, bench.Service, bench.Queue, default);
        await update.ApplyAsync(store, bench.Service, bench.Queue, default);

        Assert.Equal([ModelNames.IdentifyFace, ModelNames.LipSync], bench.Queue.Priced);
    }

    private Task<IReadOnlyList<Core.Diagnostics.Diagnostic>> ApplyAsync(StateStore store) =>
        new PriceUpdate(bench.Clock).ApplyAsync(store, bench.Service, bench.Queue, default);

    private void Names(decimal identify, string identifyUnit, decimal sync, string syncUnit) => bench.Queue.OnPrice = (model, _) =>
        Task.FromResult<ModelPrice?>(model == ModelNames.IdentifyFace ? new(model, identify, identifyUnit, null, 0) : new(model, sync, syncUnit, null, 0));
}
