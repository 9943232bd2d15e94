using System.Text;
using GmiKlingFlow.Runtime.State;
using GmiKlingFlow.Runtime.Tests.Execution;
using GmiKlingFlow.Testing;
using Microsoft.Data.Sqlite;
using Xunit;

namespace GmiKlingFlow.Runtime.Tests.State;

/// <summary>A value that rots in a row is found before money depends on it.</summary>
public sealed class RowSealTests : IDisposable
{
    private static readonly string[] Tables = ["requests", "sessions", "uploads", "outputs"];
    private readonly RunBench bench = new();
    private readonly TemporaryFolder folder = new();
    private readonly ManualTimeProvider clock = new();

    public void Dispose()
    {
        bench.Dispose();
        folder.Dispose();
    }

    [Theory]
    [InlineData("SELECT result_url FROM requests WHERE result_url IS NOT NULL")]
    [InlineData("SELECT faces FROM sessions")]
    [InlineData("SELECT sha256 FROM outputs")]
    [InlineData("SELECT payload FROM requests WHERE payload IS NOT NULL")]
    public async Task Open_ValueOfARowHasRotted_IsRefused(string sql)
    {
        var state = await RecordAsync();
        var value = Encoding.UTF8.GetBytes(Dump(sql)[0]);
        var at = state.AsSpan().IndexOf(value);
        Assert.True(at > 0);

        Assert.Equal("GKF8001", Assert.IsType<StateOpening.Unusable>(Open(Turned(state, at + (value.Length / 2)))).Failure.Code);
    }

    [Fact]
    public async Task Open_AnyByteHasRotted_IsRefusedOrSaysTheSame()
    {
        const int Step = 89;
        var state = await RecordAsync();
        var before = Rows(state);
        Assert.All(before, Assert.NotEmpty);
        var refused = 0;
        for (var at = 0; at < state.Length; at += Step)
        {
            var turned = Turned(state, at);
            if (Open(turned) is StateOpening.Opened opened)
            {
                opened.Store.Dispose();
                Assert.Equal(before, Rows(File.ReadAllBytes(StateFile)));
            }
            else
            {
                refused++;
            }
        }

        Assert.True(refused > 0);
    }

    [Fact]
    public async Task Open_UnharmedRecord_IsTaken()
    {
        Assert.IsType<StateOpening.Opened>(Open(await RecordAsync())).Store.Dispose();
    }

    private string StateFile => folder.File("state.db");

    private static byte[] Turned(byte[] state, int at)
    {
        byte[] turned = [.. state];
        turned[at] ^= 4;
        return turned;
    }

    private async Task<byte[]> RecordAsync()
    {
        await bench.RunAsync(TestFlow.Of(TestFlow.Job("one", audio: "one"), TestFlow.Job("two", audio: "two")));
        using (var store = bench.OpenStore())
        {
            store.Uploads.Put(bench.Service, "sha", "https://files.example.com/a.wav", bytes: 5, store.ListRequests(store.ListJobs()[0])[0].RunId, clock.GetUtcNow());
            store.Database.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        }

        var state = File.ReadAllBytes(Path.Combine(bench.StateFolder, "state.db"));
        File.WriteAllBytes(StateFile, state);
        return state;
    }

    private StateOpening Open(byte[] state)
    {
        foreach (var file in Directory.GetFiles(folder.Path))
        {
            File.Delete(file);
        }

        File.WriteAllBytes(StateFile, state);
        return StateStore.Open(folder.Path, clock);
    }

    private List<List<string>> Rows(byte[] state)
    {
        File.WriteAllBytes(StateFile, state);
        return [.. Tables.Select(table => Dump($"SELECT * FROM {table}"))];
    }

    private List<string> Dump(string sql)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = StateFile, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(reader.GetValue)));
        }

        return rows;
    }
}
