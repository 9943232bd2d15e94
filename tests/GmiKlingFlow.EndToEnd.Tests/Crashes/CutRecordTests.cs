using System.Globalization;
using Xunit;

namespace GmiKlingFlow.EndToEnd.Tests.Crashes;

/// <summary>The durable record of a killed run, cut or changed at any byte: it resumes without paying again, or the run ends with 5.</summary>
public sealed class CutRecordTests(CrashMedia media, ITestOutputHelper output)
{
    private const string CutsVariable = "GKFLOW_CUTS";
    private const int UsualCuts = 60;

    [Fact]
    public async Task Run_RecordCutAnywhere_ResumesOrEndsWith5ButNeverPaysAgain()
    {
        var cuts = int.Parse(Environment.GetEnvironmentVariable(CutsVariable) ?? $"{UsualCuts}", CultureInfo.InvariantCulture);
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var chance = new Random(seed);
        await using var site = await CrashSite.OpenAsync(media);

        // All is paid for, nothing is downloaded yet: whatever a cut takes away, nothing new may be sent.
        Assert.True(await site.KillAtAsync(CrashPoint.All.Single(p => p.Name == "success recorded, not downloaded"), 3));
        site.AssertPaidOnce();
        var record = Directory.GetFiles(site.StateFolder).ToDictionary(f => Path.GetFileName(f), File.ReadAllBytes);
        Assert.True(record["state.db-wal"].Length > 0);
        var (resumed, refused) = (0, 0);
        for (var i = 0; i < cuts; i++)
        {
            var name = chance.Next(4) switch { 0 => "state.db", 1 => "intents.log", _ => "state.db-wal" };
            var what = Spoil(record[name], chance, out var spoiled);
            site.PutBack(record, name, spoiled);
            using var run = site.Start();
            var exitCode = await run.EndAsync();

            Assert.True(exitCode is 0 or 5, $"{name} {what}: it ended with {exitCode}.\n{run.Story}");
            site.AssertPaidOnce($"{name} {what}\n{run.Story}");
            (resumed, refused) = exitCode == 0 ? (resumed + 1, refused) : (resumed, refused + 1);
        }

        output.WriteLine($"{resumed} resumed, {refused} ended with 5");
        Assert.True(resumed > 0);
    }

    private static string Spoil(byte[] content, Random chance, out byte[] spoiled)
    {
        var at = chance.Next(content.Length);
        switch (chance.Next(4))
        {
            case 0:
                spoiled = [.. content];
                spoiled[at] ^= (byte)(1 << chance.Next(8));
                return $"with a bit turned at {at}";
            case 1:
                spoiled = [.. content];
                spoiled.AsSpan(at, Math.Min(512, content.Length - at)).Clear();
                return $"with a sector lost at {at}";
            default:
                spoiled = content[..at];
                return $"cut at {at} of {content.Length}";
        }
    }
}
