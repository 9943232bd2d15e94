using System.Globalization;
using Xunit;

namespace GmiKlingFlow.EndToEnd.Tests.Crashes;

/// <summary>The durable record of a killed run, cut or changed at any byte: it resumes without paying again, or the run ends with 5.</summary>
public sealed class CutRecordTests(CrashMedia media, ITestOutputHelper output)
{
    private const string CutsVariable = "GKFLOW_CUTS";
    private const string SeedVariable = "GKFLOW_CRASH_SEED";
    private const int UsualCuts = 60;

    /// <param name="isWritten">True: SQLite has brought its log into the database; false: nearly everything is in the log.</param>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_RecordCutAnywhere_ResumesOrEndsWith5ButNeverPaysAgain(bool isWritten)
    {
        var cuts = int.Parse(Environment.GetEnvironmentVariable(CutsVariable) ?? $"{UsualCuts}", CultureInfo.InvariantCulture) / 2;
        var seed = int.Parse(Environment.GetEnvironmentVariable(SeedVariable) ?? "1", CultureInfo.InvariantCulture);
        output.WriteLine($"seed {seed}");
        var chance = new Random(seed);
        await using var site = await CrashSite.OpenAsync(media);

        // All is paid for: whatever a cut takes away, nothing new may be sent.
        Assert.True(await site.KillAtAsync(new CrashPoint("all is paid for", static async (site, run, _) =>
        {
            await site.Set(new Crossing("GET /storage", Passage.Before)).Reached;
            await site.UntilAsync(run, () => site.Simulator.Ledger.Charges.Count == CrashMedia.Identifies + CrashMedia.Syncs);
        })));
        site.AssertPaidOnce();
        if (isWritten)
        {
            StateBlock.WriteLog(site.StateFile);
        }

        var record = Directory.GetFiles(site.StateFolder).ToDictionary(f => Path.GetFileName(f), File.ReadAllBytes);
        Assert.Equal(isWritten, !record.TryGetValue("state.db-wal", out var log) || log.Length == 0);
        var (resumed, refused) = (0, 0);
        for (var i = 0; i < cuts; i++)
        {
            var name = chance.Next(6) == 0 ? "intents.log" : isWritten || chance.Next(4) == 0 ? "state.db" : "state.db-wal";
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
