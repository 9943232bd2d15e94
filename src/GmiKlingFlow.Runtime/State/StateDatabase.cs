using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace GmiKlingFlow.Runtime.State;

/// <summary>One connection to the state file: one thread at a time, statements prepared once, each write a synced transaction.</summary>
internal sealed class StateDatabase : IDisposable
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, SqliteCommand> statements = new(StringComparer.Ordinal);
    private readonly SqliteConnection connection;
    private readonly Action assertStillOurs;
    private readonly string file;
    private int depth;

    /// <param name="assertStillOurs">Called inside each write, before it is committed; throws when the file is no longer the one that was opened.</param>
    public StateDatabase(SqliteConnection connection, string file, Action assertStillOurs)
    {
        this.connection = connection;
        this.file = file;
        this.assertStillOurs = assertStillOurs;
    }

    /// <summary>Runs <paramref name="work"/> in a transaction; inside another one it joins that.</summary>
    /// <exception cref="StateLostException">Nothing of <paramref name="work"/> is on disk.</exception>
    public T Write<T>(Func<T> work)
    {
        lock (gate)
        {
            if (depth > 0)
            {
                return work();
            }

            try
            {
                Execute("BEGIN IMMEDIATE");
                depth++;
                var result = work();
                assertStillOurs();
                Execute("COMMIT");
                return result;
            }
            catch (SqliteException e)
            {
                throw new StateLostException(SqliteFailures.Of(e, file), e);
            }
            finally
            {
                Leave();
            }
        }
    }

    public void Write(Action work) => Write(() =>
    {
        work();
        return true;
    });

    public int Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> arguments) =>
        Run(sql, arguments, static command => command.ExecuteNonQuery());

    public T? Single<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> arguments)
        where T : class =>
        Run(sql, arguments, command =>
        {
            using var reader = command.ExecuteReader();
            return reader.Read() ? read(reader) : null;
        });

    public IReadOnlyList<T> List<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> arguments) =>
        Run(sql, arguments, command =>
        {
            using var reader = command.ExecuteReader();
            var rows = new List<T>();
            while (reader.Read())
            {
                rows.Add(read(reader));
            }

            return rows;
        });

    public long LastInsertId() => Run("SELECT last_insert_rowid()", [], static command => (long)(command.ExecuteScalar() ?? 0L));

    /// <summary>The SQL of every statement prepared so far: what the index test explains.</summary>
    public IReadOnlyList<string> Prepared
    {
        get
        {
            lock (gate)
            {
                return [.. statements.Keys];
            }
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            foreach (var statement in statements.Values)
            {
                statement.Dispose();
            }

            statements.Clear();
            connection.Dispose();
        }
    }

    private TResult Run<TResult>(string sql, ReadOnlySpan<(string Name, object? Value)> arguments, Func<SqliteCommand, TResult> execute)
    {
        lock (gate)
        {
            try
            {
                var command = Statement(sql);
                command.Parameters.Clear();
                foreach (var (name, value) in arguments)
                {
                    command.Parameters.AddWithValue(name, value ?? DBNull.Value);
                }

                return execute(command);
            }
            catch (SqliteException e) when (depth == 0)
            {
                throw new StateLostException(SqliteFailures.Of(e, file), e);
            }
            catch (Exception e) when (e is JsonException or InvalidDataException or InvalidCastException or FormatException or OverflowException)
            {
                // SQLite takes every value for good; what it says is nonsense.
                throw new StateLostException(StateFailures.NotAState(file), e);
            }
        }
    }

    private SqliteCommand Statement(string sql)
    {
        if (!statements.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
            command.CommandText = sql;
            statements.Add(sql, command);
        }

        return command;
    }

    private void Leave()
    {
        if (depth == 0)
        {
            return;
        }

        depth--;
        if (SQLitePCL.raw.sqlite3_get_autocommit(connection.Handle) != 0)
        {
            return;
        }

        try
        {
            Execute("ROLLBACK");
        }
        catch (StateLostException)
        {
            // SQLite rolls back by itself when the file is closed or opened next.
        }
    }
}
