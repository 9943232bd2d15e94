using GmiKlingFlow.Runtime.State;

namespace GmiKlingFlow.Runtime.Execution.Polling;

/// <summary>
/// Durations as if they were lognormal, with neither their middle nor their spread known: each pair of the two is weighed by how well it tells what was seen,
/// of requests that ended and of those that did not yet. Where durations are anything like that, it tells far more by few of them than those few do by themselves.
/// </summary>
/// <param name="memory">What ended this many ends ago counts e times less.</param>
/// <param name="score">See <see cref="DurationBelief"/>.</param>
/// <param name="recalls">Whether earlier runs count.</param>
internal sealed class LognormalBelief(double memory, double score, bool recalls) : DurationBelief(score)
{
    // Without earlier runs: when so many more have ended than are under way, for those that end first are not like the others.
    private const int Enough = 4;
    private const double OldWeight = 0.5;

    // What no lognormal tells: one request in so many ends at any time, and so many more while few are known.
    private const double Outlier = 0.002;
    private const double UnseenWeight = 0.5;

    // How far from its middle each pair of a hundred thousandth of the weight is followed.
    private const double LeastWeight = 1e-5;

    private static readonly double[] Spreads = [0.02, 0.04, 0.07, 0.11, 0.16, 0.22, 0.3, 0.4, 0.55, 0.8];
    private static readonly (double Middle, double Spread)[] Pairs = [.. AllPairs()];
    private static readonly double[] LogEdges = Array.ConvertAll(TimeGrid.Edges.ToArray(), Math.Log);

    private readonly double[] likely = new double[Pairs.Length];
    private readonly double[] weights = new double[Pairs.Length];
    private double middles;
    private int samples;
    private int waiting;

    public override bool Knows => recalls || samples >= Enough + waiting;

    public override void Learn(DurationSample sample, bool isOld)
    {
        if (isOld && !recalls)
        {
            return;
        }

        var (low, high) = (Math.Log(sample.Low), Math.Log(sample.High));
        var decay = 1 - (1 / memory);
        for (var i = 0; i < Pairs.Length; i++)
        {
            var (middle, spread) = Pairs[i];
            var share = NormalCurve.Below((high - middle) / spread) - NormalCurve.Below((low - middle) / spread);
            likely[i] = (likely[i] * decay) + ((isOld ? OldWeight : 1) * Math.Log(share + (Outlier * (high - low + 0.01))));
        }

        middles += (low + high) / 2;
        samples++;
    }

    protected override void Tell(ReadOnlySpan<int> underWay)
    {
        waiting = 0;
        foreach (var each in underWay)
        {
            waiting += each;
        }

        Weigh(underWay);
        Mass.AsSpan().Clear();
        for (var i = 0; i < Pairs.Length; i++)
        {
            if (weights[i] > LeastWeight)
            {
                Add(Pairs[i].Middle, Pairs[i].Spread, weights[i]);
            }
        }

        var unseen = UnseenWeight / (samples + 1);
        UnseenDurations.Fill(Unseen, samples == 0 ? TimeGrid.Steps / 2 : TimeGrid.PlaceOf(Math.Exp(middles / samples)), unseen);
        var sum = Mass.Sum();
        for (var k = 0; k < Mass.Length; k++)
        {
            Mass[k] = (Mass[k] * (1 - unseen) / sum) + Unseen[k];
        }
    }

    private void Add(double middle, double spread, double weight)
    {
        var from = (int)TimeGrid.PlaceOf(Math.Exp(middle - (NormalCurve.Reach * spread)));
        var to = (int)TimeGrid.PlaceOf(Math.Exp(middle + (NormalCurve.Reach * spread)));
        var before = NormalCurve.Below((LogEdges[from] - middle) / spread);
        for (var k = from; k < to; k++)
        {
            var after = NormalCurve.Below((LogEdges[k + 1] - middle) / spread);
            Mass[k] += weight * (after - before);
            before = after;
        }
    }

    private void Weigh(ReadOnlySpan<int> underWay)
    {
        likely.CopyTo(weights, 0);
        for (var k = 1; k < underWay.Length; k++)
        {
            for (var i = 0; underWay[k] > 0 && i < Pairs.Length; i++)
            {
                weights[i] += underWay[k] * NormalCurve.LogAbove((LogEdges[k] - Pairs[i].Middle) / Pairs[i].Spread);
            }
        }

        var (most, sum) = (weights.Max(), 0.0);
        for (var i = 0; i < weights.Length; i++)
        {
            // The narrower the spread, the more pairs it has: each spread counts alike.
            weights[i] = Math.Exp(weights[i] - most) * Pairs[i].Spread;
            sum += weights[i];
        }

        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] /= sum;
        }
    }

    // From half a second to nearly three hours.
    private static IEnumerable<(double Middle, double Spread)> AllPairs()
    {
        foreach (var spread in Spreads)
        {
            for (var middle = Math.Log(0.5); middle < Math.Log(10_000); middle += spread / 2)
            {
                yield return (middle, spread);
            }
        }
    }
}
