using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace GmiKlingFlow.Runtime.State;

/// <summary>
/// One connection to the state file: one thread at a time, statements prepared once. Writes that come while another is being synced wait for each
/// other and are committed together, in one transaction with one sync.
/// </summary>
internal sealed class StateDatabase : IDisposable
{
    private readonly Lock gate = new();
    private readonly Lock lineGate = new();
    private readonly PreparedStatements statements;
    private readonly SqliteConnection connection;
    private readonly Action assertStillOurs;
    private readonly string file;
    private List<PendingWrite> line = [];
    private bool isInTransaction;
    private bool isTransactionSynced;

    // As the file is opened.
    private bool syncs = true;

    /// <param name="assertStillOurs">Called inside each synced transaction, before it is committed; throws when the file is no longer the one that was opened.</param>
    public StateDatabase(SqliteConnection connection, string file, Action assertStillOurs)
    {
        this.connection = connection;
        this.file = file;
        this.assertStillOurs = assertStillOurs;
        statements = new PreparedStatements(connection);
    }

    /// <summary>The SQL of every statement prepared so far: what the index test explains.</summary>
    public IReadOnlyList<string> Prepared
    {
        get
        {
            lock (gate)
            {
                return [.. statements.Sql];
            }
        }
    }

    /// <summary>How many writes wait to be committed together.</summary>
    public int Waiting
    {
        get
        {
            lock (lineGate)
            {
                return line.Count;
            }
        }
    }

    /// <summary>Runs <paramref name="work"/> in a transaction, possibly on another thread; inside another one it joins that. On the disk itself when it returns.</summary>
    /// <exception cref="StateLostException">Nothing of <paramref name="work"/> is on disk.</exception>
    public T Write<T>(Func<T> work) => Commit(work, isSynced: true);

    public void Write(Action work) => Commit(Returning(work), isSynced: true);

    /// <summary>
    /// As <see cref="Write{T}"/>, for what tells the story only: it outlives this process when it returns, and a loss of power together with the next
    /// write. Nothing that is paid for may depend on it alone.
    /// </summary>
    /// <exception cref="StateLostException">Nothing of <paramref name="work"/> is on record.</exception>
    public T Note<T>(Func<T> work) => Commit(work, isSynced: false);

    public void Note(Action work) => Commit(Returning(work), isSynced: false);

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

    public void Dispose()
    {
        lock (gate)
        {
            statements.Dispose();
            connection.Dispose();
        }
    }

    private static Func<bool> Returning(Action work) => () =>
    {
        work();
        return true;
    };

    private T Commit<T>(Func<T> work, bool isSynced)
    {
        if (gate.IsHeldByCurrentThread && isInTransaction)
        {
            return !isSynced || isTransactionSynced ? work() : throw new InvalidOperationException("A note can't hold a write.");
        }

        var mine = new PendingWrite<T>(work, isSynced);
        lock (lineGate)
        {
            line.Add(mine);
        }

        lock (gate)
        {
            // Whoever held the gate before may have committed it already.
            if (!mine.IsOver)
            {
                CommitLine();
            }
        }

        return mine.Result();
    }

    private void CommitLine()
    {
        List<PendingWrite> batch;
        lock (lineGate)
        {
            (batch, line) = (line, []);
        }

        try
        {
            Begin(batch.Exists(static write => write.IsSynced));
            foreach (var write in batch)
            {
                ExecuteOne(write, isAlone: batch.Count == 1);
            }

            if (batch.TrueForAll(static write => write.HasFailed))
            {
                return;
            }

            if (isTransactionSynced)
            {
                assertStillOurs();
            }

            Execute("COMMIT");
            batch.FindAll(static write => !write.HasFailed).ForEach(static write => write.Committed());
        }
        catch (SqliteException e)
        {
            Fail(batch, new StateLostException(SqliteFailures.Of(e, file), e));
        }
        catch (StateLostException e)
        {
            Fail(batch, e);
        }
        finally
        {
            Leave();
        }
    }

    private void Begin(bool isSynced)
    {
        if (syncs != isSynced)
        {
            Execute(isSynced ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
            syncs = isSynced;
        }

        Execute("BEGIN IMMEDIATE");
        (isInTransaction, isTransactionSynced) = (true, isSynced);
    }

    /// <summary>One write that fails takes none of the others along; trouble with the file itself is everyone's.</summary>
    private void ExecuteOne(PendingWrite write, bool isAlone)
    {
        if (!isAlone)
        {
            Execute("SAVEPOINT one");
        }

        try
        {
            write.Execute();
        }
        catch (Exception e) when (e is not SqliteException)
        {
            write.Failed(e);
            if (!isAlone)
            {
                Execute("ROLLBACK TO one");
            }
        }

        if (!isAlone)
        {
            Execute("RELEASE one");
        }
    }

    private static void Fail(List<PendingWrite> batch, StateLostException why)
    {
        foreach (var write in batch.Where(static write => !write.HasFailed))
        {
            write.Failed(new StateLostException(why.Failure, why));
        }
    }

    private TResult Run<TResult>(string sql, ReadOnlySpan<(string Name, object? Value)> arguments, Func<SqliteCommand, TResult> execute)
    {
        lock (gate)
        {
            try
            {
                return execute(statements.Bind(sql, arguments));
            }
            catch (SqliteException e) when (!isInTransaction)
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

    private void Leave()
    {
        isInTransaction = false;
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
