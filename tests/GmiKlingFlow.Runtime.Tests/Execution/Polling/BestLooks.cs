namespace GmiKlingFlow.Runtime.Tests.Execution.Polling;

/// <summary>
/// The best anyone can do who knows exactly how durations are distributed, but not how long the next request takes: the looks that cost least together,
/// found backwards over a fine grid, for the price of a look that gives as many as are asked for. What is between two of them is had by using one for some requests and the other for the rest.
/// </summary>
internal sealed class BestLooks
{
    private const int Draws = 20_000;
    private const int Steps = 600;
    private const int Halvings = 14;

    private readonly double[] edges = new double[Steps + 1];
    private readonly double[] left = new double[Steps + 1];
    private readonly double[] inverse = new double[Steps + 1];
    /// <param name="durations">Where one request's does not depend on others'.</param>
    public BestLooks(Durations durations)
    {
        var chance = new Random(4711);
        var drawn = Enumerable.Range(0, Draws).Select(i => durations.Take(i, i * 1e6, chance)).Order().ToArray();
        var (first, ratio) = (drawn[0] * 0.999999, Math.Pow(drawn[^1] / drawn[0] * 1.000002, 1.0 / Steps));
        for (int k = 0, seen = 0; k <= Steps; k++)
        {
            edges[k] = k == Steps ? drawn[^1] : first * Math.Pow(ratio, k);
            inverse[k] = k == 0 ? 0 : inverse[k - 1];
            for (; seen < Draws && drawn[seen] <= edges[k]; seen++)
            {
                inverse[k] += 1 / drawn[seen] / Draws;
            }

            left[k] = 1 - ((double)seen / Draws);
        }
    }

    /// <summary>The least mean delay, as a share of a request's duration, with so many looks on average.</summary>
    public double Delay(double looks)
    {
        // The dearer a look, the fewer.
        var (dear, cheap) = (100.0, 1e-6);
        var (few, many) = (Solve(dear), Solve(cheap));
        if (looks >= many.Looks)
        {
            return many.Delay;
        }

        for (var i = 0; i < Halvings; i++)
        {
            var price = Math.Sqrt(dear * cheap);
            var found = Solve(price);
            (dear, few, cheap, many) = found.Looks <= looks ? (price, found, cheap, many) : (dear, few, price, found);
        }

        return few.Delay + ((many.Delay - few.Delay) * (looks - few.Looks) / (many.Looks - few.Looks));
    }

    private (double Looks, double Delay) Solve(double price)
    {
        var cost = new double[Steps + 1];
        var next = new int[Steps + 1];
        for (var from = Steps - 1; from >= 0; from--)
        {
            cost[from] = double.MaxValue;
            for (var to = from + 1; to <= Steps; to++)
            {
                var total = Delay(from, to) + (price * left[from]) + cost[to];
                if (total < cost[from])
                {
                    (cost[from], next[from]) = (total, to);
                }
            }
        }

        var (looks, delay) = (0.0, 0.0);
        for (var at = 0; at < Steps; at = next[at])
        {
            (looks, delay) = (looks + left[at], delay + Delay(at, next[at]));
        }

        return (looks, delay);
    }

    // Of those that end between the two.
    private double Delay(int from, int to) => (edges[to] * (inverse[to] - inverse[from])) - (left[from] - left[to]);
}
