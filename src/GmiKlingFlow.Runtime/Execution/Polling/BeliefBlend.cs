using GmiKlingFlow.Runtime.State;

namespace GmiKlingFlow.Runtime.Execution.Polling;

/// <summary>Several beliefs as one: each counts by how well it told what was found at the looks so far, so that the shape of durations and how soon they change need not be known.</summary>
internal sealed class BeliefBlend
{
    // None is ever out of it: what tells badly now may tell best after a change.
    private const double LeastWeight = 0.01;

    // Before it knows enough it has this.
    private const double BeginnersWeight = 0.004;

    // What a belief that joins later has against it.
    private const double Late = 3;

    // Of fewer, how well they are told says nothing.
    private const int FewRecalled = 8;

    private readonly DurationBelief[] beliefs =
    [
        new SeenBelief(score: 1),
        new LognormalBelief(memory: 100, score: 0, recalls: true),
        new LognormalBelief(memory: 10, score: 0, recalls: false),
    ];

    /// <summary>How likely a request is to end in each step of the <see cref="TimeGrid"/>; sums to 1.</summary>
    public double[] Mass { get; } = new double[TimeGrid.Steps];

    /// <summary>That part of it which stands for what nobody has seen.</summary>
    public double[] Unseen { get; } = new double[TimeGrid.Steps];

    /// <summary>What earlier runs saw: it tells, too, which belief tells best.</summary>
    public void Recall(IReadOnlyList<DurationSample> samples)
    {
        // Those that were sent together ended in order: each half must have some of all.
        for (var i = 0; i < samples.Count; i += 2)
        {
            Learn(samples[i], isOld: true);
        }

        if (samples.Count >= FewRecalled)
        {
            Fill([]);
        }

        for (var i = 1; i < samples.Count; i += 2)
        {
            SawUnfinished(0, samples[i].Low);
            SawDone(samples[i].Low, samples[i].High);
            Learn(samples[i], isOld: true);
        }
    }

    /// <summary>See <see cref="DurationBelief.Learn"/>.</summary>
    public void Learn(DurationSample sample, bool isOld)
    {
        foreach (var belief in beliefs)
        {
            belief.Learn(sample, isOld);
        }
    }

    /// <summary>See <see cref="DurationBelief.SawUnfinished"/>.</summary>
    public void SawUnfinished(double before, double elapsed)
    {
        foreach (var belief in beliefs)
        {
            belief.SawUnfinished(before, elapsed);
        }
    }

    /// <summary>See <see cref="DurationBelief.SawDone"/>.</summary>
    public void SawDone(double before, double elapsed)
    {
        foreach (var belief in beliefs)
        {
            belief.SawDone(before, elapsed);
        }
    }

    /// <summary>At least one must have been learned. See <see cref="DurationBelief.Fill"/>.</summary>
    public void Fill(ReadOnlySpan<int> underWay)
    {
        Mass.AsSpan().Clear();
        Unseen.AsSpan().Clear();
        var (best, sum) = (beliefs.Max(static b => b.Knows ? b.Score : double.MinValue), 0.0);
        foreach (var belief in beliefs)
        {
            belief.Fill(underWay);
            if (!belief.Knows)
            {
                belief.Begin(best - Late);
            }

            sum += Weight(belief, best);
        }

        foreach (var belief in beliefs)
        {
            var weight = Weight(belief, best) / sum;
            for (var k = 0; k < Mass.Length; k++)
            {
                Mass[k] += weight * belief.Mass[k];
                Unseen[k] += weight * belief.Unseen[k];
            }
        }
    }

    private static double Weight(DurationBelief belief, double best) => !belief.Knows ? BeginnersWeight : Math.Max(LeastWeight, Math.Exp(belief.Score - best));
}
