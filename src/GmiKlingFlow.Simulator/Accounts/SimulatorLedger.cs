namespace GmiKlingFlow.Simulator.Accounts;

/// <summary>The account of the one simulated organisation: what was accepted and charged, and what calls came in. Safe to read at any time.</summary>
public sealed class SimulatorLedger
{
    private readonly Lock gate = new();
    private readonly List<Charge> charges = [];
    private readonly List<StrayAuthorization> strays = [];
    private readonly Dictionary<string, long> calls = new(StringComparer.Ordinal);
    private decimal? credit;
    private decimal spent;

    internal SimulatorLedger(decimal? credit) => this.credit = credit;

    /// <summary>What is left, in US dollars; null: no limit.</summary>
    public decimal? CreditUsd
    {
        get
        {
            lock (gate)
            {
                return credit;
            }
        }
    }

    public decimal SpentUsd
    {
        get
        {
            lock (gate)
            {
                return spent;
            }
        }
    }

    /// <summary>In the order accepted. A request that fails later stays charged: whether GMI gives money back is not public (api-contract 6).</summary>
    public IReadOnlyList<Charge> Charges
    {
        get
        {
            lock (gate)
            {
                return [.. charges];
            }
        }
    }

    public IReadOnlyList<StrayAuthorization> StrayAuthorizations
    {
        get
        {
            lock (gate)
            {
                return [.. strays];
            }
        }
    }

    /// <summary>Calls by what they asked for, such as <c>POST /requests</c> or <c>GET /requests/{id}</c>; faults count too.</summary>
    public IReadOnlyDictionary<string, long> Calls
    {
        get
        {
            lock (gate)
            {
                return new Dictionary<string, long>(calls, StringComparer.Ordinal);
            }
        }
    }

    /// <summary>How many requests of this model were accepted.</summary>
    public int Accepted(string model)
    {
        lock (gate)
        {
            return charges.Count(charge => string.Equals(charge.Model, model, StringComparison.Ordinal));
        }
    }

    /// <summary>Changes the credit, as buying more or using it up elsewhere would; null: no limit.</summary>
    public void SetCredit(decimal? usd)
    {
        lock (gate)
        {
            credit = usd;
        }
    }

    /// <returns>False when the credit does not suffice; then nothing is written.</returns>
    internal bool TryCharge(Charge charge)
    {
        lock (gate)
        {
            if (credit is { } left)
            {
                if (left < charge.Usd)
                {
                    return false;
                }

                credit = left - charge.Usd;
            }

            spent += charge.Usd;
            charges.Add(charge);
            return true;
        }
    }

    internal void Count(string call)
    {
        lock (gate)
        {
            calls[call] = calls.GetValueOrDefault(call) + 1;
        }
    }

    internal void ReportStray(StrayAuthorization stray)
    {
        lock (gate)
        {
            strays.Add(stray);
        }
    }
}
