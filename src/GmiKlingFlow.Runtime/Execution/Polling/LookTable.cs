namespace GmiKlingFlow.Runtime.Execution.Polling;

/// <summary>
/// When to look next, for every time at which a request was last seen unfinished: the plan of looks that costs least, where a look costs a fixed share of a
/// request's duration and not knowing that it is done costs the share of its duration that passes meanwhile. Found backwards, from the end of the grid.
/// </summary>
internal sealed class LookTable
{
    // Further than this factor ahead no look is ever planned from one that found the request unfinished (60 steps of 2 %).
    private const int FurthestStep = 60;

    private readonly int[] next = new int[TimeGrid.Steps + 1];

    private LookTable(double lookCost) => LookCost = lookCost;

    public double LookCost { get; }

    /// <summary>Looks that a request is expected to need.</summary>
    public double ExpectedLooks { get; private set; }

    /// <summary>The first look, in seconds since the submission.</summary>
    public double First { get; private set; }

    /// <param name="unseen">See <see cref="DurationBelief"/>.</param>
    /// <param name="mass">See <see cref="DurationBelief"/>.</param>
    /// <param name="shortest">Seconds between two looks, at least; so long after the submission the first one, too.</param>
    /// <param name="longest">Seconds between two looks, at most; so long after the submission the first one, too.</param>
    /// <param name="doubt">Where little but guesses is left, a look costs so many times as much more: else a request that takes longer than all before would be looked at without end.</param>
    public static LookTable Make(ReadOnlySpan<double> mass, ReadOnlySpan<double> unseen, double shortest, double longest, double lookCost, double doubt)
    {
        var table = new LookTable(lookCost);
        var edges = TimeGrid.Edges;
        Span<double> left = stackalloc double[TimeGrid.Steps + 1];
        Span<double> inverse = stackalloc double[TimeGrid.Steps + 1];
        Span<double> cost = stackalloc double[TimeGrid.Steps + 1];
        Span<double> looks = stackalloc double[TimeGrid.Steps + 1];
        Span<double> look = stackalloc double[TimeGrid.Steps + 1];
        (left[TimeGrid.Steps], inverse[TimeGrid.Steps], look[TimeGrid.Steps]) = (0, 0, 0);
        var guesses = 0.0;
        for (var k = TimeGrid.Steps - 1; k >= 0; k--)
        {
            left[k] = left[k + 1] + mass[k];
            guesses += unseen[k];
            look[k] = lookCost * (left[k] + (doubt * guesses));
            inverse[k] = inverse[k + 1] + (mass[k] * 2 / (edges[k] + edges[k + 1]));
        }

        (cost[TimeGrid.Steps], looks[TimeGrid.Steps]) = (0, 0);
        table.next[TimeGrid.Steps] = TimeGrid.Steps;
        for (var k = TimeGrid.Steps - 1; k >= 0; k--)
        {
            var best = Best(edges, left, inverse, look, cost, k, edges[k], shortest, longest, Math.Min(TimeGrid.Steps, k + FurthestStep));
            table.next[k] = best;
            cost[k] = Cost(edges, left, inverse, look, cost, k, best);
            looks[k] = left[k] + looks[best];
        }

        var first = Best(edges, left, inverse, look, cost, 0, 0, shortest, longest, TimeGrid.Steps);
        table.First = edges[first];
        table.ExpectedLooks = 1 + looks[first];
        return table;
    }

    /// <param name="unfinished">Seconds since the submission at the last look.</param>
    /// <returns>Seconds since the submission at the next one.</returns>
    public double After(double unfinished) => TimeGrid.Edges[next[(int)TimeGrid.PlaceOf(unfinished)]];

    private static int Best(
        ReadOnlySpan<double> edges, ReadOnlySpan<double> left, ReadOnlySpan<double> inverse, ReadOnlySpan<double> look, ReadOnlySpan<double> cost,
        int from, double at, double shortest, double longest, int furthest)
    {
        var best = -1;
        var least = double.MaxValue;
        for (var to = from + 1; to <= TimeGrid.Steps; to++)
        {
            if (edges[to] - at < shortest)
            {
                continue;
            }

            if (best >= 0 && (to > furthest || edges[to] - at > longest))
            {
                break;
            }

            var total = Cost(edges, left, inverse, look, cost, from, to);
            if (total < least)
            {
                (best, least) = (to, total);
            }
        }

        return best < 0 ? TimeGrid.Steps : best;
    }

    // What a look at "to" costs all that are unfinished at "from", and what follows it.
    private static double Cost(
        ReadOnlySpan<double> edges, ReadOnlySpan<double> left, ReadOnlySpan<double> inverse, ReadOnlySpan<double> look, ReadOnlySpan<double> cost, int from, int to) =>
        (edges[to] * (inverse[from] - inverse[to])) - (left[from] - left[to]) + look[from] + cost[to];
}
