using System.Globalization;

namespace GmiKlingFlow.Simulator.Faults;

/// <summary>Which of the calls that a rule matches are hit. Calls count from 1.</summary>
public abstract record FaultSchedule
{
    private FaultSchedule()
    {
    }

    /// <summary>Whether the n-th matching call is hit; the same for the same seed, in whatever order calls are answered.</summary>
    /// <param name="chance">A number from 0 up to 1 that belongs to this call alone.</param>
    public abstract bool Hits(long call, double chance);

    public sealed record Always : FaultSchedule
    {
        public override bool Hits(long call, double chance) => true;

        public override string ToString() => "";
    }

    /// <summary><c>every N</c>: calls N, 2N, 3N ...</summary>
    public sealed record Every(long Period) : FaultSchedule
    {
        public override bool Hits(long call, double chance) => call % Period == 0;

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $" every {Period}");
    }

    /// <summary><c>first N</c>: calls 1 to N.</summary>
    public sealed record First(long Count) : FaultSchedule
    {
        public override bool Hits(long call, double chance) => call <= Count;

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $" first {Count}");
    }

    /// <summary><c>at N,N</c>: these calls.</summary>
    public sealed record At(IReadOnlyList<long> Calls) : FaultSchedule
    {
        public override bool Hits(long call, double chance) => Calls.Contains(call);

        public override string ToString() => $" at {string.Join(',', Calls.Select(c => c.ToString(CultureInfo.InvariantCulture)))}";
    }

    /// <summary><c>P%</c>: this share of the calls, by the simulator's seed.</summary>
    public sealed record Share(double Percent) : FaultSchedule
    {
        public override bool Hits(long call, double chance) => chance * 100 < Percent;

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $" {Percent}%");
    }
}
