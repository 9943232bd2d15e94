using System.Diagnostics;
using GmiKlingFlow.Core.Model;
using Xunit;

namespace GmiKlingFlow.EndToEnd.Tests.Crashes;

/// <summary>SIGINT and SIGTERM: once drains, twice stops at once; both leave a state that resumes (product 6, "Stopping").</summary>
public sealed class StopTests(CrashMedia media)
{
    private const string Sync = "POST /requests " + ModelNames.LipSync;
    private const string NoSignals = "Windows has no signals to send to another process.";

    // The promise is 5 s; a busy test machine needs some of its own.
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(5) + TimeSpan.FromSeconds(3);

    public static bool IsUnix => !OperatingSystem.IsWindows();

    public static TheoryData<string, string> Stops => new()
    {
        { "TERM", "queued" },
        { "INT", "queued" },
        { "TERM", "sync: taken, not answered" },
        { "INT", "identify: taken, at work" },
        { "TERM", "half downloaded" },
        { "TERM", "upload: granted, nothing sent" },
        { "TERM", "success not seen yet" },
    };

    [Theory(Skip = NoSignals, SkipUnless = nameof(IsUnix))]
    [MemberData(nameof(Stops))]
    public async Task Run_SignalledOnce_EndsInTimeAndResumes(string signal, string where)
    {
        await using var site = await CrashSite.OpenAsync(media);
        using var run = site.Start();
        var hit = CrashPoint.All.Single(p => p.Name == where).HitAsync(site, run, 1);
        await Task.WhenAny(hit, run.Exited);
        Assert.True(hit.IsCompletedSuccessfully, $"It never stood there.\n{run.Story}");

        var clock = Stopwatch.StartNew();
        await SignalAsync(run, signal);
        var exitCode = await run.EndAsync();

        Assert.True(exitCode == 130, $"It ended with {exitCode}.\n{run.Story}");
        Assert.True(clock.Elapsed < Promised, $"It took {clock.Elapsed} to stop.\n{run.Story}");
        Assert.Contains("\"end\":\"interrupted\"", run.Output[^1], StringComparison.Ordinal);
        site.Clear();
        await site.FinishAsync();
    }

    [Fact(Skip = NoSignals, SkipUnless = nameof(IsUnix))]
    public async Task Run_SignalledWhileAnAnswerIsUnderWay_RecordsTheAnswer()
    {
        await using var site = await CrashSite.OpenAsync(media);
        var trap = site.Set(new Crossing(Sync, Passage.After));
        using var run = site.Start();
        await trap.Reached;

        await SignalAsync(run, "TERM");
        await run.EventAsync("stopping", 1);
        trap.Release();
        await run.EndAsync();

        Assert.Contains(run.Output, line => line.StartsWith("""{"event":"submitted",""", StringComparison.Ordinal));
        Assert.DoesNotContain(run.Output, line => line.StartsWith("""{"event":"unclear",""", StringComparison.Ordinal));
        site.Clear();
        await site.FinishAsync();
    }

    [Fact(Skip = NoSignals, SkipUnless = nameof(IsUnix))]
    public async Task Run_SignalledTwice_StopsAtOnceAndResumes()
    {
        await using var site = await CrashSite.OpenAsync(media);
        var trap = site.Set(new Crossing(Sync, Passage.After));
        using var run = site.Start();
        await trap.Reached;

        await SignalAsync(run, "TERM");
        await run.EventAsync("stopping", 1);
        await SignalAsync(run, "TERM");
        var exitCode = await run.EndAsync();

        Assert.Equal(130, exitCode);
        // The answer was still held: a drain would have waited for it, and then told the end of the run.
        Assert.DoesNotContain(run.Output, line => line.StartsWith("""{"event":"run_finished",""", StringComparison.Ordinal));
        site.Clear();
        await site.FinishAsync();
    }

    private static async Task SignalAsync(ProgramRun run, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{run.Id}"]);
        await kill.WaitForExitAsync();
        Assert.Equal(0, kill.ExitCode);
    }
}
