namespace GmiKlingFlow.Runtime.Execution;

/// <summary>Chance, injected and safe for many threads: what waits together must not come back together.</summary>
internal sealed class Jitter(Random random)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);
    private readonly Lock gate = new();

    /// <returns>Between <paramref name="share"/> less and <paramref name="share"/> more than <paramref name="wait"/>.</returns>
    public TimeSpan Around(TimeSpan wait, double share) => wait * (1 + (share * ((2 * Next()) - 1)));

    /// <summary>The wait before try <paramref name="number"/> (from 1): 1 s doubled each time up to 60 s, half of it by chance; never less than the server asked for.</summary>
    public TimeSpan Backoff(int number, TimeSpan? retryAfter)
    {
        var full = TimeSpan.FromTicks(Math.Min(Longest.Ticks, First.Ticks << Math.Min(number - 1, 10)));
        var wait = full / 2 + (full / 2 * Next());
        return retryAfter is { } asked && asked > TimeSpan.Zero ? asked + (wait < asked ? wait / 4 : wait) : wait;
    }

    /// <returns>From 0 up to 1.</returns>
    public double Share() => Next();

    private double Next()
    {
        lock (gate)
        {
            return random.NextDouble();
        }
    }
}
