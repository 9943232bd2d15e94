using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning.Prices;
using GmiKlingFlow.Runtime.Queue;
using GmiKlingFlow.Runtime.State;

namespace GmiKlingFlow.Runtime.Execution;

/// <summary>Asks the service what its two models cost, before anything is spent. It never stops a run: what can't be had or used leaves the prices as they were.</summary>
public sealed class PriceUpdate(TimeProvider time)
{
    /// <summary>For both models together.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private IReadOnlyList<PriceQuote>? named;

    /// <summary>Puts the prices that the service names now into a state. The service is asked once, whatever number of states.</summary>
    /// <returns>What should be looked at.</returns>
    /// <exception cref="OperationCanceledException">The caller stopped it.</exception>
    /// <exception cref="StateLostException">The state can't be written.</exception>
    public async Task<IReadOnlyList<Diagnostic>> ApplyAsync(StateStore store, string service, IRequestQueue queue, CancellationToken cancellationToken)
    {
        named ??= await AskAsync(queue, cancellationToken).ConfigureAwait(false);
        var now = time.GetUtcNow();
        foreach (var quote in named.Where(PriceList.IsUsable))
        {
            store.Prices.Put(service, quote, now);
        }

        var counted = store.PricesOf(service);
        return [.. named.Select(quote => PriceList.Doubt(quote, counted)).OfType<Diagnostic>()];
    }

    private async Task<IReadOnlyList<PriceQuote>> AskAsync(IRequestQueue queue, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(Longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        var prices = await Task.WhenAll(new[] { ModelNames.IdentifyFace, ModelNames.LipSync }.Select(model => AskAsync(queue, model, either.Token))).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        return
        [
            .. prices.OfType<ModelPrice>()
                .Where(static price => price.UsdPerUnit is not null)
                .Select(price => new PriceQuote(price.Model, StoredValues.MicroUsd(price.UsdPerUnit ?? 0), price.Unit ?? "", today)),
        ];
    }

    private static async Task<ModelPrice?> AskAsync(IRequestQueue queue, string model, CancellationToken cancellationToken)
    {
        try
        {
            return await queue.PriceAsync(model, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }
}
