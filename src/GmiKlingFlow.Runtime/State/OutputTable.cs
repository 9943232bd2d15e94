using Microsoft.Data.Sqlite;

namespace GmiKlingFlow.Runtime.State;

/// <param name="Path">Absolute, as it was when the file was written.</param>
/// <param name="Url">Where it was downloaded from, query string and all.</param>
/// <param name="Request">The row of the request that made it.</param>
internal sealed record StoredOutput(string Path, string Sha256, long Bytes, TimeSpan Duration, string? Url, long Request);

/// <summary>The finished videos.</summary>
internal sealed class OutputTable(StateDatabase database)
{
    private const string Columns = "path, sha256, bytes, duration_ms, url, request";

    /// <summary>Every place where the result of a job's key was put, newest first.</summary>
    public IReadOnlyList<StoredOutput> Of(string service, string jobKey) => database.List(
        $"SELECT {Columns} FROM outputs WHERE service = $service AND job_key = $key ORDER BY written_at DESC",
        Read,
        ("$service", service),
        ("$key", jobKey));

    /// <summary>Whether another service than the simulator filled this place, or made a file of exactly this size.</summary>
    public IReadOnlyList<StoredOutput> PaidAt(string path, long bytes) => database.List(
        $"""
        SELECT {Columns} FROM outputs WHERE path = $path AND service <> $simulator
        UNION ALL
        SELECT {Columns} FROM outputs WHERE bytes = $bytes AND service <> $simulator
        """,
        Read,
        ("$path", path),
        ("$bytes", bytes),
        ("$simulator", ServiceName.Simulator));

    public void Put(string service, string jobKey, StoredOutput output, DateTimeOffset now) => database.Write(() => database.Execute(
        """
        INSERT INTO outputs (service, job_key, path, sha256, bytes, duration_ms, url, written_at, request)
        VALUES ($service, $key, $path, $sha, $bytes, $duration, $url, $now, $request)
        ON CONFLICT (service, job_key, path) DO UPDATE SET
            sha256 = $sha, bytes = $bytes, duration_ms = $duration, url = $url, written_at = $now, request = $request
        """,
        ("$service", service),
        ("$key", jobKey),
        ("$path", output.Path),
        ("$sha", output.Sha256),
        ("$bytes", output.Bytes),
        ("$duration", (long)output.Duration.TotalMilliseconds),
        ("$url", output.Url),
        ("$now", now.ToUnixTimeMilliseconds()),
        ("$request", output.Request)));

    private static StoredOutput Read(SqliteDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetInt64(2), TimeSpan.FromMilliseconds(row.GetInt64(3)), row.Text(4), row.GetInt64(5));
}
