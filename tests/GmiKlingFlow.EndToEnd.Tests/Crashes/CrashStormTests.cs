using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace GmiKlingFlow.EndToEnd.Tests.Crashes;

/// <summary>The program is killed anywhere, again and again, and started again until it is done: nothing is paid for twice, nothing is lost.
/// GKFLOW_KILLS sets how often, GKFLOW_CRASH_SEED repeats a storm.</summary>
public sealed class CrashStormTests(CrashMedia media, ITestOutputHelper output)
{
    private const string KillsVariable = "GKFLOW_KILLS";
    private const string SeedVariable = "GKFLOW_CRASH_SEED";
    private const int UsualKills = 200;
    private const int MostKillsOfOneFlow = 10;
    private const int FlowsAtOnce = 3;
    private static readonly TimeSpan LongestRun = TimeSpan.FromMilliseconds(1100);

    // Nothing here is refused for good: in the end all must be there.
    private static readonly IReadOnlyList<string> Faults =
    [
        "POST /requests: 504-accepted 15%",
        "POST /requests: reset-accepted 10%",
        "POST /requests: 503 10%",
        "POST /requests: 429 5%",
        "POST /requests: 502-html 5%",
        "GET /requests: 503 20%",
        "GET /requests/*: 502-html 10%",
        "GET /requests/*: reset 5%",
        "GET /storage/*: cut 20%",
        "PUT /storage/*: 503 15%",
    ];

    [Fact]
    public Task Run_KilledAnywhereManyTimes_PaysOnceAndDeliversAll() => StormAsync(Number(KillsVariable) ?? UsualKills, []);

    [Fact]
    public Task Run_KilledAnywhereWhileTheServiceFails_PaysOnceAndDeliversAll() => StormAsync((Number(KillsVariable) ?? UsualKills) / 5, Faults);

    private async Task StormAsync(int wanted, IReadOnlyList<string> faults)
    {
        var seed = Number(SeedVariable) ?? 1;
        output.WriteLine($"{SeedVariable}={seed}");
        var (kills, flows) = (0, 0);
        var places = new ConcurrentDictionary<string, int>();
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, FlowsAtOnce).Select(_ => Task.Run(async () =>
        {
            while (Volatile.Read(ref kills) < wanted)
            {
                Interlocked.Add(ref kills, await KillManyTimesAsync(seed + Interlocked.Increment(ref flows), faults, places));
            }
        })));
        output.WriteLine($"{kills} kills of {flows} flows in {clock.Elapsed.TotalSeconds:0} s, each paid for once:");
        foreach (var (place, count) in places.OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            output.WriteLine($"{count,6} {place}");
        }

        TestContext.Current.SendDiagnosticMessage("{0} kills of {1} flows in {2:0} s, seed {3}", kills, flows, clock.Elapsed.TotalSeconds, seed);
        Assert.True(kills >= wanted, $"Only {kills} of {wanted} kills.");
        Assert.Equal(kills, places.Values.Sum());
    }

    private async Task<int> KillManyTimesAsync(int seed, IReadOnlyList<string> faults, ConcurrentDictionary<string, int> places)
    {
        var chance = new Random(seed);
        await using var site = await CrashSite.OpenAsync(media, asynchronousIdentify: chance.Next(3) == 0, faults);
        try
        {
            // A start that finds everything done comes to its end: soon nothing is left to kill.
            for (var tries = 0; tries < MostKillsOfOneFlow; tries++)
            {
                var isNamed = chance.Next(2) == 0;
                var point = CrashPoint.All[chance.Next(CrashPoint.All.Count)];
                var number = chance.Next(1, 4);
                var time = LongestRun * chance.NextDouble();
                if (isNamed ? await site.KillAtAsync(point, number) : await site.KillAfterAsync(time))
                {
                    places.AddOrUpdate(isNamed ? point.Name : "any time", 1, (_, count) => count + 1);
                }
            }

            await site.FinishAsync();
            return site.Kills;
        }
        catch (Exception e) when (e is not Xunit.Sdk.XunitException)
        {
            throw new InvalidOperationException($"Flow with seed {seed}: {e.Message}\n{site.Story}", e);
        }
    }

    private static int? Number(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}
