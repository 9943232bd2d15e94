using System.Globalization;
using Xunit;

namespace GmiKlingFlow.Runtime.Tests.Execution.Polling;

/// <summary>Tables and a plot of ways to wait, for tests/Benchmarks; by <c>tests/Benchmarks/polling.sh</c> alone.</summary>
public sealed class WaitingBench(ITestOutputHelper output)
{
    private static readonly Durations[] All =
    [
        Durations.Constant(5), Durations.Uniform(3, 9), Durations.Uniform(40, 90), Durations.Lognormal("lognormal 1 min", 60, 0.35), Durations.Lognormal("lognormal 5 min", 300, 0.35),
        Durations.Bimodal(5, 60, 0.5), Durations.Queue(8, 5, 8),
    ];

    // With 4 in flight nobody waits in that queue.
    private static readonly BestLooks[] Best = [.. All.SkipLast(1).Append(Durations.Uniform(5, 8)).Select(static d => new BestLooks(d))];
    private static readonly double[] BestAt = [2, 3, 5, 8, 12, 20, 40];

    /// <summary>Own waits: first run, first run with a service that tells no times, later run.</summary>
    [Fact(Explicit = true)]
    public void FirstAndLaterRuns()
    {
        output.WriteLine("The program's own schedule by number of jobs, in a first run, in one with a service whose records have no times, and in a later run (64 jobs seen before):");
        output.WriteLine("| durations | jobs | in flight | first run | first run, no times told | later run |");
        output.WriteLine("|---|---|---|---|---|---|");
        foreach (var durations in All)
        {
            foreach (var (jobs, inFlight) in new[] { (1, 4), (20, 4), (200, 4), (1000, 4), (20, 64), (200, 64), (1000, 64) })
            {
                var cold = Mean(seed => WaitingSimulation.Run(new OwnWaiting(seed), durations, jobs, inFlight, seed), jobs);
                var untold = Mean(seed => WaitingSimulation.Run(new OwnWaiting(seed, tellsTimes: false), durations, jobs, inFlight, seed), jobs);
                output.WriteLine($"| {durations.Name} | {jobs} | {inFlight} | {Text(cold)} | {Text(untold)} | {Text(Later(durations, durations, jobs, inFlight))} |");
            }
        }

        output.WriteLine($"| 60 s before, now 20 s | 200 | 4 | | | {Text(Later(Durations.Constant(60), Durations.Constant(20), 200, 4))} |");
        output.WriteLine($"| 20 s before, now 60 s | 200 | 4 | | | {Text(Later(Durations.Constant(20), Durations.Constant(60), 200, 4))} |");
    }

    /// <summary>Ways to wait side by side, 200 jobs, 4 in flight, a first run; and the plot of delay against looks.</summary>
    [Fact(Explicit = true)]
    public void Ways()
    {
        Func<int, Waiting>[] ways =
        [
            _ => Waiting.Fixed(1), _ => Waiting.Fixed(2), _ => Waiting.Fixed(5), _ => Waiting.Fixed(15), _ => Waiting.Exponential(1, 1.5, 15), _ => Waiting.Exponential(1, 2, 60),
            _ => new EarlierWaiting(), seed => new OwnWaiting(seed, looks: 3), seed => new OwnWaiting(seed, looks: 5), seed => new OwnWaiting(seed), seed => new OwnWaiting(seed, looks: 12),
        ];
        output.WriteLine("200 jobs, 4 in flight, first run (nothing known):");
        output.WriteLine($"| way | {string.Join(" | ", All.Select(static d => d.Name))} |");
        output.WriteLine($"|---|{string.Concat(All.Select(static _ => "---|"))}");
        var points = new List<(string Way, int Durations, WaitingFigures Figures)>();
        foreach (var way in ways)
        {
            var own = way(1) as OwnWaiting;
            var figures = All.Select(durations => Mean(seed => WaitingSimulation.Run(way(seed), durations, 200, 4, seed), 200)).ToList();
            points.AddRange(figures.Select((f, i) => (way(1).Name, i, f)));
            output.WriteLine($"| {own?.Aim ?? way(1).Name} | {string.Join(" | ", figures.Select(Text))} |");
        }

        foreach (var looks in (ReadOnlySpan<double>)[3, 5, 8, 12])
        {
            output.WriteLine($"| best possible, distribution known, {looks} looks | {string.Join(" | ", Best.Select(best => string.Create(CultureInfo.InvariantCulture, $"{best.Delay(looks):0.0%}")))} |");
        }

        var curves = Best.Select(static best => BestAt.Select(looks => (looks, best.Delay(looks))).ToList()).ToList();
        if (Environment.GetEnvironmentVariable("GKFLOW_PLOT") is { Length: > 0 } file)
        {
            File.WriteAllText(file, WaitingPlot.Draw(All.Select(static d => d.Name).ToList(), points, curves));
        }
    }

    /// <summary>One request of a model of which nothing at all is known.</summary>
    [Fact(Explicit = true)]
    public void OneAlone()
    {
        output.WriteLine("One request alone, nothing known; the best possible for whoever knows but the range, and for whoever would know more:");
        output.WriteLine("| durations | gkflow | best possible at as many looks | best possible at 8 looks |");
        output.WriteLine("|---|---|---|---|");
        foreach (var durations in (Durations[])[Durations.Anything(1, 300), Durations.Anything(2, 120), Durations.Anything(20, 300), .. All.Take(4)])
        {
            var (own, best) = (Mean(seed => WaitingSimulation.Run(new OwnWaiting(seed), durations, 1, 4, seed), 1, 2000), new BestLooks(durations));
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {durations.Name} | {Text(own)} | {best.Delay(own.Looks):0.0%} | {best.Delay(8):0.0%} |"));
        }
    }

    private static WaitingFigures Later(Durations before, Durations now, int jobs, int inFlight) => Mean(
        seed =>
        {
            var first = new OwnWaiting(seed);
            WaitingSimulation.Run(first, before, 64, inFlight, seed + 1000);
            return WaitingSimulation.Run(new OwnWaiting(seed, first.Samples), now, jobs, inFlight, seed);
        },
        jobs);

    private static WaitingFigures Mean(Func<int, WaitingFigures> run, int jobs, int most = 100)
    {
        var all = Enumerable.Range(1, Math.Clamp(4 * most / jobs, 3, most)).Select(run).ToList();
        return new WaitingFigures(all.Average(static f => f.Delay), all.Average(static f => f.Looks), all.Average(static f => f.Late));
    }

    private static string Text(WaitingFigures figures) => string.Create(CultureInfo.InvariantCulture, $"{figures.Delay:0.0%} / {figures.Looks:0.0} / {figures.Late:0%}");
}
