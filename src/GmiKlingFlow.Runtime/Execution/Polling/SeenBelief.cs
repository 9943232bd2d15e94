using System.Runtime.InteropServices;
using GmiKlingFlow.Runtime.State;

namespace GmiKlingFlow.Runtime.Execution.Polling;

/// <summary>Durations as they were seen: each spreads over the time in which it may have ended and over as much as its neighbours are away, and some is left
/// for what nobody has seen.</summary>
/// <param name="score">See <see cref="DurationBelief"/>.</param>
internal sealed class SeenBelief(double score) : DurationBelief(score)
{
    /// <summary>So many are kept.</summary>
    public const int MostSamples = 256;

    private const double Decay = 0.99;
    private const double UnseenWeight = 0.25;
    private const double FewSpread = 0.35;
    private const double LeastSpread = 0.01;
    private const double MostSpread = 0.3;

    // So often the samples that tell least are read again in the light of all.
    private const int Rereadings = 2;

    // Newest last; the first ones are from earlier runs, which count half.
    private readonly List<DurationSample> all = [];
    private int old;
    private int ended;

    public override void Learn(DurationSample sample, bool isOld)
    {
        if (all.Count == MostSamples)
        {
            all.RemoveAt(0);
            old = Math.Max(0, old - 1);
        }

        all.Add(sample);
        (old, ended) = isOld ? (all.Count, ended) : (old, ended + 1);
    }

    protected override void Tell(ReadOnlySpan<int> underWay)
    {
        var samples = CollectionsMarshal.AsSpan(all);
        var (mass, unseen) = (Mass, Unseen);
        Span<double> middles = stackalloc double[samples.Length];
        for (var i = 0; i < samples.Length; i++)
        {
            middles[i] = (Math.Log(samples[i].Low) + Math.Log(samples[i].High)) / 2;
        }

        Span<double> sorted = stackalloc double[samples.Length];
        middles.CopyTo(sorted);
        sorted.Sort();
        var neighbours = (int)Math.Ceiling(Math.Sqrt(samples.Length));
        Span<double> spreads = stackalloc double[samples.Length];
        for (var i = 0; i < samples.Length; i++)
        {
            var near = samples.Length == 1 ? 0 : NeighbourAt(sorted, middles[i], neighbours);
            spreads[i] = Math.Clamp(near + (FewSpread / (samples.Length + 1)), LeastSpread, MostSpread);
        }

        var sum = 0.0;
        Span<double> before = stackalloc double[TimeGrid.Steps];
        for (var reading = 0; reading <= Rereadings; reading++)
        {
            mass.CopyTo(before);
            mass.AsSpan().Clear();
            sum = 0;
            var weight = 1.0;
            for (var i = samples.Length - 1; i >= 0; i--, weight *= Decay)
            {
                var own = i < old ? weight / 2 : weight;
                var known = (Math.Log(samples[i].High) - Math.Log(samples[i].Low)) / 2;
                var spread = Math.Max(spreads[i], known);
                var (from, to) = (TimeGrid.PlaceOf(Math.Exp(middles[i] - spread)), TimeGrid.PlaceOf(Math.Exp(middles[i] + spread)));
                AddBox(mass, from, to, own, reading > 0 && known > spreads[i] ? before : default);
                sum += own;
            }
        }

        UnseenDurations.Fill(unseen, TimeGrid.PlaceOf(Math.Exp(sorted[samples.Length / 2])), UnseenWeight);
        for (var k = 0; k < mass.Length; k++)
        {
            mass[k] += unseen[k];
        }

        // What is kept of this run stands for all that ended in it.
        Shift(mass, unseen, underWay, ended == 0 ? 0 : Math.Min(1, sum / ended));
    }

    // Each unfinished request is shared out among all later steps, by what is there already (Efron's way to the estimate of Kaplan and Meier).
    private static void Shift(Span<double> mass, Span<double> unseen, ReadOnlySpan<int> underWay, double weight)
    {
        var right = 0.0;
        foreach (var each in mass)
        {
            right += each;
        }

        var (factor, sum) = (1.0, 0.0);
        for (var k = 0; k < mass.Length; k++)
        {
            right -= mass[k];
            (mass[k], unseen[k]) = (mass[k] * factor, unseen[k] * factor);
            sum += mass[k];
            factor += k < underWay.Length && underWay[k] > 0 && right > 1e-9 ? underWay[k] * weight / right : 0;
        }

        for (var k = 0; k < mass.Length; k++)
        {
            (mass[k], unseen[k]) = (mass[k] / sum, unseen[k] / sum);
        }
    }

    private static double NeighbourAt(ReadOnlySpan<double> sorted, double middle, int number)
    {
        var place = sorted.BinarySearch(middle);
        var (low, high) = (place, place);
        var away = 0.0;
        for (var found = 0; found < number && (low > 0 || high < sorted.Length - 1); found++)
        {
            var below = low > 0 ? middle - sorted[low - 1] : double.MaxValue;
            var above = high < sorted.Length - 1 ? sorted[high + 1] - middle : double.MaxValue;
            if (below <= above)
            {
                (low, away) = (low - 1, below);
            }
            else
            {
                (high, away) = (high + 1, above);
            }
        }

        return away;
    }

    /// <param name="likely">Shares the weight out within the box; evenly where it is empty.</param>
    private static void AddBox(Span<double> mass, double from, double to, double weight, ReadOnlySpan<double> likely)
    {
        // Never thinner than a step.
        to = Math.Min(mass.Length, Math.Max(to, from + 1));
        from = Math.Max(0, Math.Min(from, to - 1));
        var all = 0.0;
        for (var k = (int)from; k < to && k < mass.Length; k++)
        {
            all += (Math.Min(to, k + 1) - Math.Max(from, k)) * (likely.IsEmpty ? 1 : likely[k]);
        }

        for (var k = (int)from; k < to && k < mass.Length; k++)
        {
            mass[k] += weight / all * (Math.Min(to, k + 1) - Math.Max(from, k)) * (likely.IsEmpty ? 1 : likely[k]);
        }
    }
}
