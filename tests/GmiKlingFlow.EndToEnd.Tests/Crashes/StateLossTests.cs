using GmiKlingFlow.Core.Model;
using Microsoft.Data.Sqlite;
using Xunit;

namespace GmiKlingFlow.EndToEnd.Tests.Crashes;

/// <summary>A state that is gone, damaged or from the future ends the run with 5, and is never followed by a new start that pays again.</summary>
public sealed class StateLossTests(CrashMedia media)
{
    public static TheoryData<string> Losses => [.. Damage.Keys];

    private static IReadOnlyDictionary<string, (string Code, Action<string> Do)> Damage { get; } = new Dictionary<string, (string, Action<string>)>(StringComparer.Ordinal)
    {
        ["deleted"] = ("GKF8005", static file =>
        {
            foreach (var part in new[] { file, file + "-wal", file + "-shm" })
            {
                File.Delete(part);
            }
        }
        ),
        ["deleted but for its log"] = ("GKF8005", File.Delete),
        ["emptied"] = ("GKF8001", static file => File.WriteAllBytes(file, [])),
        ["another file"] = ("GKF8001", static file => File.WriteAllText(file, new string('x', 8192))),
        ["another database"] = ("GKF8001", static file =>
        {
            File.Delete(file);
            File.Delete(file + "-wal");
            Sql(file, "CREATE TABLE t (x)");
        }
        ),
        ["from a newer version"] = ("GKF8002", static file => Sql(file, "PRAGMA user_version = 99")),
        ["without a table"] = ("GKF8001", static file => Sql(file, "DROP TABLE uploads")),
        ["with a state of no meaning"] = ("GKF8001", static file => Sql(file, "DROP TRIGGER requests_sealed_changed; UPDATE requests SET state = 'submittee' WHERE state = 'submitted'")),
    };

    [Theory]
    [MemberData(nameof(Losses))]
    public async Task Run_StateLostBetweenRuns_EndsWith5AndSendsNothing(string loss)
    {
        await using var site = await CrashSite.OpenAsync(media);
        Assert.True(await site.KillAtAsync(CrashPoint.All.Single(p => p.Name == "sync: recorded as submitted"), 4));
        var charges = site.Simulator.Ledger.Charges.Count;
        var (code, damage) = Damage[loss];
        damage(site.StateFile);

        using var run = site.Start();
        var exitCode = await run.EndAsync();

        Assert.True(exitCode == 5, $"It ended with {exitCode}.\n{run.Story}");
        Assert.Contains(code, run.Story, StringComparison.Ordinal);
        Assert.Equal(charges, site.Simulator.Ledger.Charges.Count);
    }

    public static bool IgnoresPermissions => OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess;

    [Fact(Skip = "The administrator may write everywhere.", SkipWhen = nameof(IgnoresPermissions))]
    public async Task Run_StateReadOnly_EndsWith5AndSendsNothing()
    {
        await using var site = await CrashSite.OpenAsync(media);
        Assert.True(await site.KillAtAsync(CrashPoint.All.Single(p => p.Name == "sync: recorded as submitted"), 4));
        var charges = site.Simulator.Ledger.Charges.Count;
        Protect(site.StateFolder, isWritable: false);
        try
        {
            using var run = site.Start();
            var exitCode = await run.EndAsync();

            Assert.True(exitCode == 5, $"It ended with {exitCode}.\n{run.Story}");
            Assert.Contains("GKF8003", run.Story, StringComparison.Ordinal);
            Assert.Equal(charges, site.Simulator.Ledger.Charges.Count);
        }
        finally
        {
            Protect(site.StateFolder, isWritable: true);
        }

        await site.FinishAsync();
    }

    [Fact]
    public async Task Run_StateDeletedMeanwhile_EndsWith5AndTheNextRunToo()
    {
        await using var site = await CrashSite.OpenAsync(media);
        var trap = site.Set(new Crossing("POST /requests " + ModelNames.LipSync, Passage.Before));
        using var run = site.Start();
        await trap.Reached;
        Damage["deleted"].Do(site.StateFile);
        trap.Release();

        var exitCode = await run.EndAsync();
        var charges = site.Simulator.Ledger.Charges.Count;
        using var next = site.Start();
        var nextCode = await next.EndAsync();

        Assert.True(exitCode == 5, $"It ended with {exitCode}.\n{run.Story}");
        Assert.True(nextCode == 5, $"The next run ended with {nextCode}.\n{next.Story}");
        Assert.Equal(charges, site.Simulator.Ledger.Charges.Count);
    }

    [Fact]
    public async Task Run_OlderStatePutBack_PaysNothingAgain()
    {
        await using var site = await CrashSite.OpenAsync(media);
        Assert.True(await site.KillAtAsync(CrashPoint.All.Single(p => p.Name == "identify: intent recorded, POST not taken")));
        var copies = Directory.GetFiles(site.StateFolder, "state.db*").ToDictionary(f => f, File.ReadAllBytes);
        using (var run = site.Start())
        {
            Assert.Equal(0, await run.EndAsync());
        }

        foreach (var file in Directory.GetFiles(site.StateFolder, "state.db*"))
        {
            File.Delete(file);
        }

        foreach (var (file, content) in copies)
        {
            await File.WriteAllBytesAsync(file, content);
        }

        await site.FinishAsync();
    }

    private static void Protect(string folder, bool isWritable)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var write = isWritable ? UnixFileMode.UserWrite : UnixFileMode.None;
        foreach (var file in Directory.GetFiles(folder))
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | write);
        }

        File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserExecute | write);
    }

    private static void Sql(string file, string sql)
    {
        SQLitePCL.Batteries_V2.Init();
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
