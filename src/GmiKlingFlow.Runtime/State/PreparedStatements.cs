using Microsoft.Data.Sqlite;

namespace GmiKlingFlow.Runtime.State;

/// <summary>The statements of a connection, each prepared once. One thread at a time.</summary>
internal sealed class PreparedStatements(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> statements = new(StringComparer.Ordinal);

    public IReadOnlyCollection<string> Sql => statements.Keys;

    /// <summary>A statement with its values. It is always given the same names in the same order.</summary>
    public SqliteCommand Bind(string sql, ReadOnlySpan<(string Name, object? Value)> arguments)
    {
        var command = Statement(sql);
        if (command.Parameters.Count != arguments.Length)
        {
            command.Parameters.Clear();
            foreach (var (name, value) in arguments)
            {
                command.Parameters.AddWithValue(name, value ?? DBNull.Value);
            }

            return command;
        }

        for (var i = 0; i < arguments.Length; i++)
        {
            var parameter = command.Parameters[i];
            if (parameter.ParameterName != arguments[i].Name)
            {
                throw new InvalidOperationException($"A statement was given {arguments[i].Name} in the place of {parameter.ParameterName}.");
            }

            parameter.Value = arguments[i].Value ?? DBNull.Value;
        }

        return command;
    }

    public void Dispose()
    {
        foreach (var statement in statements.Values)
        {
            statement.Dispose();
        }

        statements.Clear();
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
}
