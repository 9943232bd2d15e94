using GmiKlingFlow.Core.Diagnostics;
using Microsoft.Data.Sqlite;

namespace GmiKlingFlow.Runtime.State;

/// <summary>How values look in the state file's columns, and back.</summary>
internal static class StoredValues
{
    public static long? Of(DateTimeOffset? time) => time?.ToUnixTimeMilliseconds();

    public static long MicroUsd(decimal usd) => (long)decimal.Round(usd * 1_000_000m);

    public static decimal Usd(long microUsd) => microUsd / 1_000_000m;

    public static string? Text(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static DateTimeOffset? Time(this SqliteDataReader row, int column) =>
        row.IsDBNull(column) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));

    /// <summary>A failure from the four columns code, message, retryable, hint.</summary>
    public static Failure? Failure(this SqliteDataReader row, int column) => row.IsDBNull(column)
        ? null
        : new Failure(row.GetString(column), row.Text(column + 1) ?? "", !row.IsDBNull(column + 2) && row.GetInt64(column + 2) != 0, row.Text(column + 3));
}
