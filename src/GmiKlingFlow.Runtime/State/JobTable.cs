using System.Text.Json;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning;
using Microsoft.Data.Sqlite;

namespace GmiKlingFlow.Runtime.State;

/// <summary>The jobs on record: one row for each id of each flow, the newest.</summary>
internal sealed class JobTable(StateDatabase database)
{
    private const string Running = "running";

    private const string Columns = """
        id, service, flow_name, job_id, run_id, key, key_parts, output, status, started_at, updated_at,
        failure_code, failure_message, failure_retryable, failure_hint
        """;

    public StoredJob? Find(string service, string flowName, string jobId) => database.Single(
        $"SELECT {Columns} FROM jobs WHERE service = $service AND flow_name = $flow AND job_id = $job",
        Read,
        ("$service", service),
        ("$flow", flowName),
        ("$job", jobId));

    public IReadOnlyList<StoredJob> List(string? flowName) => database.List(
        $"SELECT {Columns} FROM jobs WHERE $flow IS NULL OR flow_name = $flow ORDER BY service, flow_name, id",
        Read,
        ("$flow", flowName));

    /// <summary>How long a lip-sync of each job of a flow took, on average, by the job's id; nothing of jobs that came to none.</summary>
    public IReadOnlyDictionary<string, TimeSpan> SyncTimes(string service, string flowName) => database
        .List(
            """
            SELECT j.job_id, avg(r.finished_at - r.submitted_at) FROM jobs j JOIN job_requests u ON u.job = j.id JOIN requests r ON r.id = u.request
            WHERE j.service = $service AND j.flow_name = $flow AND r.model = $model AND r.state = 'succeeded' AND r.finished_at > r.submitted_at
            GROUP BY j.job_id
            """,
            static row => KeyValuePair.Create(row.GetString(0), TimeSpan.FromMilliseconds(row.GetDouble(1))),
            ("$service", service),
            ("$flow", flowName),
            ("$model", ModelNames.LipSync))
        .ToDictionary(StringComparer.Ordinal);

    /// <summary>Puts jobs that are not on record yet there as pending, in the order given; leaves the others as they are.</summary>
    public void Enlist(string service, string flowName, string runId, IEnumerable<PlannedJob> jobs, DateTimeOffset now) => database.Write(() =>
    {
        foreach (var job in jobs)
        {
            database.Execute(
                """
                INSERT INTO jobs (service, flow_name, job_id, run_id, key, key_parts, video_key, output, status, updated_at)
                VALUES ($service, $flow, $job, $run, $key, $parts, $video, $output, 'pending', $now)
                ON CONFLICT (service, flow_name, job_id) DO NOTHING
                """,
                Identity(service, flowName, runId, job, now));
        }
    });

    /// <summary>A run starts to work on a job: from now on its key is the one that later plans are compared with.</summary>
    /// <returns>The job's row.</returns>
    public long Start(string service, string flowName, string runId, PlannedJob job, DateTimeOffset now) => database.Note(() =>
    {
        var before = Find(service, flowName, job.Job.Id);
        database.Execute(
            """
            INSERT INTO jobs (service, flow_name, job_id, run_id, key, key_parts, video_key, output, status, started_at, updated_at)
            VALUES ($service, $flow, $job, $run, $key, $parts, $video, $output, 'running', $now, $now)
            ON CONFLICT (service, flow_name, job_id) DO UPDATE SET
                run_id = $run, key = $key, key_parts = $parts, video_key = $video, output = $output, status = 'running', started_at = $now, updated_at = $now,
                failure_code = NULL, failure_message = NULL, failure_retryable = NULL, failure_hint = NULL
            """,
            Identity(service, flowName, runId, job, now));
        var row = before?.Row ?? database.LastInsertId();
        Log(row, runId, before?.Status, Running, before is null || before.Key == job.Key.Value ? null : $"key {before.Key} -> {job.Key.Value}", now);
        return row;
    });

    public void Finish(long row, string runId, string status, Failure? failure, DateTimeOffset now) =>
        Finish(row, runId, Running, status, failure, failure?.Message, now);

    private void Finish(long row, string runId, string from, string status, Failure? failure, string? detail, DateTimeOffset now) => database.Note(() =>
    {
        database.Execute(
            """
            UPDATE jobs SET status = $status, updated_at = $now, failure_code = $code, failure_message = $message, failure_retryable = $retryable, failure_hint = $hint
            WHERE id = $id
            """,
            ("$status", status),
            ("$now", now.ToUnixTimeMilliseconds()),
            ("$code", failure?.Code),
            ("$message", failure?.Message),
            ("$retryable", failure is null ? null : failure.Retryable ? 1 : 0),
            ("$hint", failure?.Hint),
            ("$id", row));
        Log(row, runId, from, status, detail, now);
    });

    /// <summary>Remembers which request a job uses.</summary>
    public void Use(long row, string jobKey, long request) => database.Note(() => database.Execute(
        "INSERT INTO job_requests (job, request, job_key) VALUES ($job, $request, $key) ON CONFLICT (job, request) DO UPDATE SET job_key = $key WHERE job_key <> $key",
        ("$job", row),
        ("$request", request),
        ("$key", jobKey)));

    /// <summary>The id of the first job that uses a request; null when none does.</summary>
    public string? NameOf(long request) => database.Single(
        "SELECT j.job_id FROM job_requests u JOIN jobs j ON j.id = u.job WHERE u.request = $request ORDER BY j.id LIMIT 1",
        static row => row.GetString(0),
        ("$request", request));

    /// <summary>Every job that uses one request uses another instead.</summary>
    public void UseInPlace(long given, long next) => database.Write(() => database.Execute(
        "INSERT INTO job_requests (job, request, job_key) SELECT job, $next, job_key FROM job_requests WHERE request = $given",
        ("$given", given),
        ("$next", next)));

    /// <summary>Whatever jobs waited for this request's fate are pending again: the next run takes them up.</summary>
    public void Settle(long request, string detail, DateTimeOffset now) => database.Write(() =>
    {
        var waiting = database.List(
            $"SELECT {Columns} FROM jobs WHERE id IN (SELECT job FROM job_requests WHERE request = $request) AND status IN ('unknown', 'stalled', 'running')",
            Read,
            ("$request", request));
        foreach (var job in waiting)
        {
            Finish(job.Row, job.RunId, job.Status, "pending", null, detail, now);
        }
    });

    public IReadOnlyList<StoredTransition> Story(long row) => database.List(
        """
        SELECT t.at, t.run_id, r.model, t.from_state, t.to_state, t.detail, t.seq FROM job_requests j JOIN transitions t ON t.request = j.request JOIN requests r ON r.id = j.request WHERE j.job = $job
        UNION ALL
        SELECT at, run_id, NULL, from_state, to_state, detail, seq FROM transitions WHERE job = $job
        ORDER BY 7
        """,
        static line => new StoredTransition(
            DateTimeOffset.FromUnixTimeMilliseconds(line.GetInt64(0)), line.GetString(1), line.Text(2), line.Text(3), line.GetString(4), line.Text(5)),
        ("$job", row));

    /// <summary>The newest line of the story; 0 when there is none.</summary>
    public long LastMove() => database.Single("SELECT MAX(seq) FROM transitions", static line => new Box(line.IsDBNull(0) ? 0 : line.GetInt64(0)))?.Value ?? 0;

    /// <summary>What happened after a line of the story, oldest first. A request that several jobs use makes a line for each of them.</summary>
    /// <param name="flowName">Null for all flows.</param>
    public IReadOnlyList<StoredMove> Moves(long after, string? flowName) => LastMove() <= after ? [] : database.List(
        """
        SELECT t.seq, j.service, j.flow_name, j.job_id, t.at, t.run_id, r.model, t.from_state, t.to_state, t.detail
        FROM transitions t LEFT JOIN requests r ON r.id = t.request LEFT JOIN job_requests u ON u.request = t.request JOIN jobs j ON j.id = COALESCE(t.job, u.job)
        WHERE t.seq > $after AND j.flow_name = COALESCE($flow, j.flow_name)
        ORDER BY t.seq, j.id
        """,
        static line => new StoredMove(
            line.GetInt64(0),
            line.GetString(1),
            line.GetString(2),
            line.GetString(3),
            new StoredTransition(DateTimeOffset.FromUnixTimeMilliseconds(line.GetInt64(4)), line.GetString(5), line.Text(6), line.Text(7), line.GetString(8), line.Text(9))),
        ("$after", after),
        ("$flow", flowName));

    private void Log(long row, string runId, string? from, string to, string? detail, DateTimeOffset now) => database.Execute(
        "INSERT INTO transitions (at, run_id, job, from_state, to_state, detail) VALUES ($at, $run, $job, $from, $to, $detail)",
        ("$at", now.ToUnixTimeMilliseconds()),
        ("$run", runId),
        ("$job", row),
        ("$from", from),
        ("$to", to),
        ("$detail", detail));

    private static (string Name, object? Value)[] Identity(string service, string flowName, string runId, PlannedJob job, DateTimeOffset now) =>
    [
        ("$service", service),
        ("$flow", flowName),
        ("$job", job.Job.Id),
        ("$run", runId),
        ("$key", job.Key.Value),
        ("$parts", KeyPartsJson.Write(job.Key.Parts)),
        ("$video", job.VideoKey),
        ("$output", job.Job.Output),
        ("$now", now.ToUnixTimeMilliseconds()),
    ];

    private static StoredJob Read(SqliteDataReader row) => new(
        row.GetInt64(0),
        row.GetString(1),
        row.GetString(2),
        row.GetString(3),
        row.GetString(4),
        row.GetString(5),
        KeyPartsJson.Read(row.GetString(6)),
        row.GetString(7),
        row.GetString(8),
        row.Time(9),
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(10)),
        row.Failure(11));

    private sealed record Box(long Value);
}
