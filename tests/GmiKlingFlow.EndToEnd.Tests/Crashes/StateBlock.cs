using Microsoft.Data.Sqlite;

namespace GmiKlingFlow.EndToEnd.Tests.Crashes;

/// <summary>Keeps the state file locked from outside: the program knows something and can't put it on record. Leaves the file as it was.</summary>
internal sealed class StateBlock : IDisposable
{
    private const int NoCheckpointOnClose = 1006; // SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE
    private readonly SqliteConnection connection;

    static StateBlock() => SQLitePCL.Batteries_V2.Init();

    public StateBlock(string file)
    {
        connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        connection.Open();
        SQLitePCL.raw.sqlite3_db_config(connection.Handle, NoCheckpointOnClose, 1, out _);
        Execute("PRAGMA busy_timeout = 4000");
        Execute("BEGIN IMMEDIATE");
    }

    /// <summary>Brings SQLite's write-ahead log into the database file.</summary>
    public static void WriteLog(string file)
    {
        using var writer = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        writer.Open();
        using var command = writer.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        command.ExecuteNonQuery();
    }

    public void Dispose()
    {
        Execute("ROLLBACK");
        connection.Dispose();
    }

    private void Execute(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
