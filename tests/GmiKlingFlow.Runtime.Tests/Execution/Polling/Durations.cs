namespace GmiKlingFlow.Runtime.Tests.Execution.Polling;

/// <summary>How long simulated requests take.</summary>
/// <param name="Take">The job's number, when it is submitted (seconds), and chance; gives seconds.</param>
internal sealed record Durations(string Name, Func<int, double, Random, double> Take)
{
    public static Durations Constant(double seconds) => new($"{seconds:0} s", (_, _, _) => seconds);

    public static Durations Uniform(double from, double to) => new($"{from:0}-{to:0} s", (_, _, chance) => from + ((to - from) * chance.NextDouble()));

    /// <summary>All that is known is that it takes between so many seconds and so many: as likely between 1 and 2 as between 100 and 200.</summary>
    public static Durations Anything(double from, double to) => new($"anything from {from:0} s to {to / 60:0} min", (_, _, chance) => from * Math.Exp(chance.NextDouble() * Math.Log(to / from)));

    /// <param name="spread">Standard deviation of the logarithm.</param>
    public static Durations Lognormal(string name, double median, double spread) => new(name, (_, _, chance) => median * Math.Exp(spread * Normal(chance)));

    public static Durations Bimodal(double one, double other, double share) => new(
        $"{one:0} s or {other:0} s",
        (_, _, chance) => (chance.NextDouble() < share ? one : other) * Math.Exp(0.08 * Normal(chance)));

    /// <summary>A service that works on so many at once, first come, first served: the more are sent, the longer each waits.</summary>
    public static Durations Queue(int places, double from, double to)
    {
        var free = new double[places];
        return new($"queue of {places} places, {from:0}-{to:0} s", (number, now, chance) =>
        {
            if (number == 0)
            {
                Array.Clear(free);
            }

            var first = Array.IndexOf(free, free.Min());
            free[first] = Math.Max(free[first], now) + from + ((to - from) * chance.NextDouble());
            return free[first] - now;
        });
    }

    private static double Normal(Random chance) => Math.Sqrt(-2 * Math.Log(1 - chance.NextDouble())) * Math.Cos(2 * Math.PI * chance.NextDouble());
}
