using System.Globalization;
using GmiKlingFlow.Core.Diagnostics;
using Microsoft.Data.Sqlite;

namespace GmiKlingFlow.Runtime.State;

/// <summary>Opens, checks, makes and migrates the SQLite file.</summary>
internal static class StateFile
{
    public const string Name = "state.db";

    static StateFile() => SQLitePCL.Batteries_V2.Init();

    /// <summary>Makes the file when there is none, under another name first: a state file that exists is never an empty one.</summary>
    public static (SqliteConnection? Connection, Failure? Failure) OpenForWriting(string path)
    {
        if (!File.Exists(path))
        {
            // A log without its database: someone took the file away, and with it what was paid for.
            if (File.Exists(path + "-wal") && new FileInfo(path + "-wal").Length > 0)
            {
                return (null, StateFailures.Lost(path));
            }

            if (Make(path) is { } failure)
            {
                return (null, failure);
            }
        }

        return Open(path, connection =>
        {
            Run(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; PRAGMA foreign_keys = ON");
            // With the indexes: a request that can't be found by its content would be sent again.
            if (Text(connection, "PRAGMA integrity_check(1)") != "ok")
            {
                return StateFailures.NotAState(path);
            }

            return Migrate(connection) ?? (RowSeals.AreWhole(connection) ? null : StateFailures.NotAState(path));
        });
    }

    public static (SqliteConnection? Connection, Failure? Failure) OpenForReading(string path) =>
        Open(path, connection =>
        {
            var version = Number(connection, "PRAGMA user_version");
            Run(connection, "PRAGMA query_only = ON");
            return version < StateSchema.Version ? StateFailures.Unusable(Path.GetDirectoryName(path) ?? path, "an older version wrote it and no run has brought it up to date") : null;
        });

    private static (SqliteConnection? Connection, Failure? Failure) Open(string path, Func<SqliteConnection, Failure?> prepare)
    {
        if (new FileInfo(path).Length == 0)
        {
            return (null, StateFailures.NotAState(path));
        }

        var connection = Connect(path, SqliteOpenMode.ReadWrite);
        try
        {
            connection.Open();
            RowSeals.Teach(connection);
            Run(connection, "PRAGMA busy_timeout = 5000");
            var failure = NotOurs(connection, path);
            failure ??= prepare(connection);
            if (failure is null)
            {
                return (connection, null);
            }

            connection.Dispose();
            return (null, failure);
        }
        catch (SqliteException e)
        {
            connection.Dispose();
            return (null, SqliteFailures.Of(e, path));
        }
    }

    private static Failure? NotOurs(SqliteConnection connection, string path)
    {
        if (Number(connection, "PRAGMA application_id") != StateSchema.ApplicationId)
        {
            return StateFailures.NotAState(path);
        }

        var version = Number(connection, "PRAGMA user_version");
        return version > StateSchema.Version ? StateFailures.NewerVersion(path, version, StateSchema.Version)
            : version < 1 ? StateFailures.NotAState(path)
            : null;
    }

    private static Failure? Make(string path)
    {
        var unfinished = path + ".new";
        try
        {
            File.Delete(unfinished);
            using (var connection = Connect(unfinished, SqliteOpenMode.ReadWriteCreate))
            {
                connection.Open();
                RowSeals.Teach(connection);
                Run(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA synchronous = FULL; PRAGMA application_id = {StateSchema.ApplicationId}"));
                Migrate(connection);
            }

            File.Move(unfinished, path);
            return null;
        }
        catch (SqliteException e)
        {
            return SqliteFailures.Of(e, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return SqliteFailures.Of(e, Path.GetDirectoryName(path) ?? path);
        }
    }

    private static Failure? Migrate(SqliteConnection connection)
    {
        for (var version = (int)Number(connection, "PRAGMA user_version"); version < StateSchema.Version; version++)
        {
            Run(connection, string.Create(
                CultureInfo.InvariantCulture,
                $"BEGIN IMMEDIATE; {StateSchema.Migrations[version]}; PRAGMA user_version = {version + 1}; COMMIT"));
        }

        return null;
    }

    private static SqliteConnection Connect(string path, SqliteOpenMode mode) =>
        new(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false }.ToString());

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static long Number(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)(command.ExecuteScalar() ?? 0L);
    }

    private static string? Text(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar() as string;
    }
}
