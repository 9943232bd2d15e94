using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Runtime.State;
using GmiKlingFlow.Testing;
using Microsoft.Data.Sqlite;
using Xunit;

namespace GmiKlingFlow.Runtime.Tests.State;

public sealed class StateStoreTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly ManualTimeProvider clock = new();

    private string StateFolder => folder.File(".gkflow");

    private string Database => Path.Combine(StateFolder, "state.db");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Open_NoFolder_MakesAStateWithFullSyncAndLog()
    {
        using var store = Opened();

        Assert.True(File.Exists(Database));
        Assert.Equal("wal", Ask(store, "PRAGMA journal_mode"));
        Assert.Equal("2", Ask(store, "PRAGMA synchronous"));
        Assert.Equal("1", Ask(store, "PRAGMA foreign_keys"));
        Assert.Equal("7", Ask(store, "PRAGMA user_version"));
        Assert.Equal(Convert.ToInt64("474B464C", 16).ToString(System.Globalization.CultureInfo.InvariantCulture), Ask(store, "PRAGMA application_id"));
    }

    [Fact]
    public void Open_HeldByAnotherRun_NamesProcessHostAndStart()
    {
        using var first = Opened();

        var failure = Unusable(StateStore.Open(StateFolder, clock));

        Assert.Equal("GKF8006", failure.Code);
        Assert.Contains($"process {Environment.ProcessId} ", failure.Message, StringComparison.Ordinal);
        Assert.Contains($"\"{Environment.MachineName}\"", failure.Message, StringComparison.Ordinal);
        Assert.Contains("2026-01-01T00:00:00Z", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_AfterTheHolderIsGone_Succeeds()
    {
        Opened().Dispose();
        // What a killed process leaves behind: its files, but not its lock.
        File.WriteAllText(Path.Combine(StateFolder, "run.holder.json"), """{"pid":1,"host":"gone","started_at":"2025-01-01T00:00:00Z","token":"x"}""");

        using var store = Opened();

        Assert.NotNull(store);
    }

    [Fact]
    public void Open_HolderFileIsNonsense_StillNamesTheLock()
    {
        using var first = Opened();
        File.WriteAllText(Path.Combine(StateFolder, "run.holder.json"), "[1,2");

        Assert.Equal("GKF8006", Unusable(StateStore.Open(StateFolder, clock)).Code);
    }

    [Fact]
    public void OpenForReading_NoState_IsAbsentAndMakesNothing()
    {
        Assert.IsType<StateOpening.Absent>(StateStore.OpenForReading(StateFolder));
        Assert.False(Directory.Exists(StateFolder));
    }

    [Fact]
    public void OpenForReading_WhileARunHoldsTheState_SeesWhatIsCommitted()
    {
        using var writer = Opened();
        Start(writer);
        writer.Requests.Create("service", "content", "model", "run", 0.07m, clock.GetUtcNow());

        using var reader = Assert.IsType<StateOpening.Opened>(StateStore.OpenForReading(StateFolder)).Store;

        Assert.Equal(StepState.Pending, reader.Requests.Newest("service", "content")?.State);
    }

    [Fact]
    public void OpenForReading_Write_IsRefused()
    {
        Opened().Dispose();
        using var reader = Assert.IsType<StateOpening.Opened>(StateStore.OpenForReading(StateFolder)).Store;

        Assert.Throws<StateLostException>(() => Start(reader));
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("SQLite format 3\0 and then nothing of the kind, only some text that is longer than a header is .......................................")]
    public void Open_FileIsNoState_IsUnusableAndLeftAlone(string content)
    {
        Directory.CreateDirectory(StateFolder);
        File.WriteAllText(Database, content);

        Assert.Equal("GKF8001", Unusable(StateStore.Open(StateFolder, clock)).Code);
        Assert.Equal("GKF8001", Unusable(StateStore.OpenForReading(StateFolder)).Code);
        Assert.Equal(content, File.ReadAllText(Database));
    }

    [Fact]
    public void Open_DatabaseOfAnotherProgram_IsUnusable()
    {
        Directory.CreateDirectory(StateFolder);
        Execute("CREATE TABLE notes (text TEXT)");

        Assert.Equal("GKF8001", Unusable(StateStore.Open(StateFolder, clock)).Code);
    }

    [Fact]
    public void Open_NewerVersion_SaysSo()
    {
        Opened().Dispose();
        Execute("PRAGMA user_version = 99");

        var failure = Unusable(StateStore.Open(StateFolder, clock));

        Assert.Equal("GKF8002", failure.Code);
        Assert.Contains("version 99", failure.Message, StringComparison.Ordinal);
        Assert.Equal("GKF8002", Unusable(StateStore.OpenForReading(StateFolder)).Code);
    }

    [Fact]
    public void Open_CutInTheMiddle_IsUnusable()
    {
        using (var store = Opened())
        {
            Start(store);
            for (var i = 0; i < 200; i++)
            {
                store.Requests.Create("service", $"content-{i}", "model", "run", 0, clock.GetUtcNow());
            }
        }

        using (var file = File.OpenWrite(Database))
        {
            file.SetLength(file.Length / 2);
        }

        Assert.Equal("GKF8001", Unusable(StateStore.Open(StateFolder, clock)).Code);
    }

    [Fact]
    public void Open_LogWithoutItsDatabase_IsNotANewStart()
    {
        Directory.CreateDirectory(StateFolder);
        File.WriteAllText(Database + "-wal", "what is left");

        Assert.Equal("GKF8005", Unusable(StateStore.Open(StateFolder, clock)).Code);
    }

    [Fact]
    public void Open_FolderIsAFile_IsUnusable()
    {
        folder.Write(".gkflow", "a file");

        Assert.Equal("GKF8007", Unusable(StateStore.Open(StateFolder, clock)).Code);
    }

    [Fact]
    public void Open_DatabaseIsAFolder_IsUnusable()
    {
        Directory.CreateDirectory(Database);

        Assert.StartsWith("GKF80", Unusable(StateStore.Open(StateFolder, clock)).Code, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_DiskFull_IsLostWithAFailureAndNothingOfItIsKept()
    {
        using var store = Opened();
        Start(store);
        var pages = Ask(store, "PRAGMA page_count");
        Ask(store, $"PRAGMA max_page_count = {pages}");

        var lost = Assert.Throws<StateLostException>(() => store.Database.Write(() =>
        {
            for (var i = 0; i < 1000; i++)
            {
                store.Requests.Create("service", $"content-{i}", "model", "run", 0, clock.GetUtcNow());
            }
        }));

        Assert.Equal("GKF8004", lost.Failure.Code);
        Assert.Null(store.Requests.Newest("service", "content-0"));
    }

    [Fact]
    public void Write_StateDeleted_IsLostAndNothingOfItIsKept()
    {
        using var store = Opened();
        Start(store);
        File.Delete(Database);

        Assert.Equal("GKF8005", Assert.Throws<StateLostException>(() => Start(store, "second")).Failure.Code);
    }

    [Fact]
    public void Write_ExceptionInside_RollsBack()
    {
        using var store = Opened();
        Start(store);

        Assert.Throws<InvalidTimeZoneException>(() => store.Database.Write(() =>
        {
            store.Requests.Create("service", "content", "model", "run", 0, clock.GetUtcNow());
            throw new InvalidTimeZoneException();
        }));

        Assert.Null(store.Requests.Newest("service", "content"));
        Assert.NotNull(store.Requests.Create("service", "content", "model", "run", 0, clock.GetUtcNow()));
    }

    private StateStore Opened() => Assert.IsType<StateOpening.Opened>(StateStore.Open(StateFolder, clock)).Store;

    private void Start(StateStore store, string run = "run") =>
        store.Runs.Start(new RunStart(run, "service", "flow", "flow.yaml", "sha", clock.GetUtcNow(), "0.1.0", IsSimulated: false));

    private static Failure Unusable(StateOpening opening) => Assert.IsType<StateOpening.Unusable>(opening).Failure;

    private static string? Ask(StateStore store, string sql) =>
        store.Database.Single(sql, row => row.GetValue(0).ToString() ?? "");

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Database, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
