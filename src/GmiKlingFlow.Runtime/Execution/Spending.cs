using System.Collections.Concurrent;

namespace GmiKlingFlow.Runtime.Execution;

/// <summary>What this run commits to pay, by estimate: held against the budget before each submission, and told in the results after it.</summary>
internal sealed class Spending(decimal? budgetUsd)
{
    private readonly Lock gate = new();
    private readonly ConcurrentDictionary<long, decimal> unclaimed = new();
    private decimal committed;

    /// <returns>Zero when the amount is within the budget and now reserved; else what the total would have been.</returns>
    public decimal Reserve(decimal usd)
    {
        lock (gate)
        {
            if (committed + usd > budgetUsd && usd > 0)
            {
                return committed + usd;
            }

            committed += usd;
            return 0;
        }
    }

    /// <summary>The service did not take the request after all.</summary>
    public void Release(decimal usd)
    {
        lock (gate)
        {
            committed -= usd;
        }
    }

    /// <summary>The service took a request, or may have taken it.</summary>
    public void Charge(long request, decimal usd) => unclaimed[request] = usd;

    public void Uncharge(long request) => unclaimed.TryRemove(request, out _);

    /// <summary>The cost of a request, told once: to the first job that asks.</summary>
    public decimal Claim(long request) => unclaimed.TryRemove(request, out var usd) ? usd : 0;
}
