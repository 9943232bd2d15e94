using System.Text.Json;
using GmiKlingFlow.Core.Model;
using Xunit;

namespace GmiKlingFlow.EndToEnd.Tests.Crashes;

/// <summary>Two runs on one state: one works, the other is told who does.</summary>
public sealed class LockTests(CrashMedia media)
{
    private const string Sync = "POST /requests " + ModelNames.LipSync;

    [Fact]
    public async Task Run_BesideAnother_EndsWith5AndNamesTheHolder()
    {
        await using var site = await CrashSite.OpenAsync(media);
        var trap = site.Set(new Crossing(Sync, Passage.Before));
        using var first = site.Start();
        await trap.Reached;

        using var second = site.Start();
        var exitCode = await second.EndAsync();

        Assert.True(exitCode == 5, $"It ended with {exitCode}.\n{second.Story}");
        Assert.Contains("GKF8006", second.Story, StringComparison.Ordinal);
        Assert.Contains($"process {first.Id} on host \"{Environment.MachineName}\" since ", second.Story, StringComparison.Ordinal);
        trap.Release();
        Assert.Equal(0, await first.EndAsync());
        await site.FinishAsync();
    }

    [Fact]
    public async Task Run_StartedManyTimesAtOnce_OneWorksAndTheOthersEndWith5()
    {
        await using var site = await CrashSite.OpenAsync(media);
        var trap = site.Set(new Crossing(Sync, Passage.Before));
        var runs = Enumerable.Range(0, 6).Select(_ => site.Start()).ToList();
        try
        {
            await trap.Reached;
            await site.UntilAsync(runs[0], () => runs.Count(r => !r.Exited.IsCompleted) == 1);
            trap.Release();
            var codes = await Task.WhenAll(runs.Select(r => r.EndAsync()));

            Assert.Equal([0, 5, 5, 5, 5, 5], codes.Order());
            await site.FinishAsync();
        }
        finally
        {
            runs.ForEach(r => r.Dispose());
        }
    }

    [Fact]
    public async Task Run_AfterTheHolderWasKilled_TakesTheLockOver()
    {
        await using var site = await CrashSite.OpenAsync(media);
        Assert.True(await site.KillAtAsync(CrashPoint.All.Single(p => p.Name == "queued")));

        // What the dead process left says that it still works here.
        using var holder = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(site.StateFolder, "run.holder.json")));
        Assert.True(holder.RootElement.GetProperty("pid").GetInt32() > 0);
        await site.FinishAsync();
    }
}
