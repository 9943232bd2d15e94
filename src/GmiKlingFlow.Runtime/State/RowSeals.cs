using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;

namespace GmiKlingFlow.Runtime.State;

/// <summary>A checksum in every row that decides about money or delivery. SQLite checks the file's structure and its indexes; a value that rots
/// in a row, such as the address of a paid result, it gives out as it is.</summary>
internal static class RowSeals
{
    private const string Function = "row_seal";

    // Never edited once released, like the migrations themselves: a table that gains a column is sealed anew by a migration of its own.
    private static readonly (string Table, string Columns)[] Sealed =
    [
        ("requests", """
            id, service, content_key, model, run_id, state, payload_sha256, payload, request_id, queue_status, attempts, polls,
            first_intent_at, intent_at, unclear_at, submitted_at, working_at, finished_at, estimated_micro_usd, reported_units, result_url,
            failure_code, failure_message, failure_retryable, failure_hint
            """),
        ("sessions", "service, video_key, session_id, faces, identified_at, request, run_id"),
        ("uploads", "service, sha256, url, bytes, uploaded_at, run_id"),
        ("outputs", "service, job_key, path, sha256, bytes, duration_ms, url, written_at, request"),
        ("prices", "service, model, micro_usd, unit, fetched_at"),
    ];

    /// <summary>Seals what is there, and by triggers whatever is written from then on, by whom ever.</summary>
    public static string Migration => string.Join(";\n", Sealed.Select(Seal));

    /// <summary>Makes the connection able to seal and to check. To be called before the first write.</summary>
    public static void Teach(SqliteConnection connection) =>
        connection.CreateFunction(Function, static (object?[] values) => Of(values), isDeterministic: true);

    /// <returns>Whether every row says what was once written into it.</returns>
    public static bool AreWhole(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT {string.Join(" OR ", Sealed.Select(s => $"EXISTS (SELECT 1 FROM {s.Table} WHERE seal IS NOT {Function}({s.Columns}))"))}";
        return command.ExecuteScalar() is 0L;
    }

    private static string Seal((string Table, string Columns) table)
    {
        var (name, columns) = table;
        var key = string.Join(" AND ", Key(name).Select(column => $"{column} = new.{column}"));
        var update = $"UPDATE {name} SET seal = {Function}({columns})";
        return $"""
            ALTER TABLE {name} ADD COLUMN seal INTEGER;
            {update};
            CREATE TRIGGER {name}_sealed_new AFTER INSERT ON {name} BEGIN {update} WHERE {key}; END;
            CREATE TRIGGER {name}_sealed_changed AFTER UPDATE OF {columns} ON {name} BEGIN {update} WHERE {key}; END
            """;
    }

    private static string[] Key(string table) => table switch
    {
        "requests" => ["id"],
        "sessions" => ["service", "video_key"],
        "uploads" => ["service", "sha256"],
        "prices" => ["service", "model"],
        _ => ["service", "job_key", "path"],
    };

    private static long Of(object?[] values)
    {
        var text = new StringBuilder();
        foreach (var value in values)
        {
            var word = Convert.ToString(value, CultureInfo.InvariantCulture);

            // With its length, so that no value can pass into the next; NULL is not the empty text.
            text.Append(value is null or DBNull ? "-" : string.Create(CultureInfo.InvariantCulture, $"{word?.Length}:{word}"));
        }

        return BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
