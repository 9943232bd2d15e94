using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Runtime.Queue;
using Microsoft.Data.Sqlite;

namespace GmiKlingFlow.Runtime.State;

/// <summary>What a change of state brings along; null leaves a column as it is.</summary>
internal sealed record RequestChange
{
    public string? PayloadSha256 { get; init; }

    /// <summary>Kept only when small: it is for people who read the story.</summary>
    public string? Payload { get; init; }

    public string? RequestId { get; init; }

    public string? QueueStatus { get; init; }

    /// <summary>Polls since the last change.</summary>
    public int Polls { get; init; }

    public bool IsWorking { get; init; }

    /// <summary>When the answer was lost, where that was not now: a run that was cut off lost it at its intent.</summary>
    public DateTimeOffset? UnclearAt { get; init; }

    /// <summary>When it was sent, where that was not by us, just before: an adopted request may be older.</summary>
    public DateTimeOffset? IntentAt { get; init; }

    /// <summary>The session that is sent.</summary>
    public string? SessionId { get; init; }

    public string? ReportedUnits { get; init; }

    public string? ResultUrl { get; init; }

    public Failure? Failure { get; init; }

    /// <summary>For the story only.</summary>
    public string? Detail { get; init; }
}

/// <summary>The requests on record and their changes of state.</summary>
internal sealed class RequestTable(StateDatabase database)
{
    private const string Columns = """
        id, service, content_key, model, run_id, state, payload_sha256, request_id, queue_status, attempts, polls,
        first_intent_at, intent_at, unclear_at, submitted_at, working_at, finished_at, estimated_micro_usd,
        reported_units, result_url, failure_code, failure_message, failure_retryable, failure_hint
        """;

    /// <summary>The last submission of this content; null when there was none.</summary>
    public StoredRequest? Newest(string service, string contentKey) => database.Single(
        $"SELECT {Columns} FROM requests WHERE service = $service AND content_key = $key ORDER BY id DESC LIMIT 1",
        Read,
        ("$service", service),
        ("$key", contentKey));

    /// <summary>Requests with exactly this payload that were sent and not refused, newest first.</summary>
    /// <param name="besides">The request that is about to be sent; null when it has no record. While it is itself one whose answer was lost, of the others
    /// like it only earlier ones are given: of two that could wait for each other, one goes on. Nobody waits for one that was not sent.</param>
    public IReadOnlyList<StoredRequest> WithPayload(string service, string model, string payloadSha256, StoredRequest? besides) => database.List(
        $"""
        SELECT {Columns} FROM requests WHERE service = $service AND payload_sha256 = $sha AND model = $model AND id <> $besides
            AND (state IN ('submitted', 'stalled', 'succeeded') OR (state IN ('intent', 'unknown') AND id < $before))
        ORDER BY id DESC
        """,
        Read,
        ("$service", service),
        ("$sha", payloadSha256),
        ("$model", model),
        ("$besides", besides?.Row ?? long.MaxValue),
        ("$before", besides is { State: StepState.Intent or StepState.Unknown } lost ? lost.Row : long.MaxValue));

    /// <summary>The newest request to a model that a job with this key has used; null when it has used none.</summary>
    public StoredRequest? UsedBy(string service, string model, string jobKey) => database.Single(
        $"SELECT {Columns} FROM job_requests j JOIN requests r ON r.id = j.request WHERE j.job_key = $key AND r.service = $service AND r.model = $model ORDER BY r.id DESC LIMIT 1",
        Read,
        ("$key", jobKey),
        ("$service", service),
        ("$model", model));

    public StoredRequest? Get(long row) => database.Single($"SELECT {Columns} FROM requests WHERE id = $id", Read, ("$id", row));

    /// <summary>How often each content was sent.</summary>
    public IReadOnlyDictionary<(string Service, string ContentKey), int> Attempts() => database
        .List(
            "SELECT service, content_key, sum(attempts) FROM requests GROUP BY service, content_key",
            static row => KeyValuePair.Create((row.GetString(0), row.GetString(1)), row.GetInt32(2)))
        .ToDictionary();

    /// <summary>Whether a request of the service is on record already, as ours. A new simulation may give the ids of an earlier one again.</summary>
    public bool IsKnown(string service, string requestId) => database.Single(
        "SELECT id FROM requests WHERE service = $service AND request_id = $request AND request_id IS NOT NULL AND state <> 'expired'",
        static _ => "known",
        ("$service", service),
        ("$request", requestId)) is not null;

    /// <summary>The request on record that has this id of the service; null when none has.</summary>
    public StoredRequest? Owner(string service, string requestId) => database.Single(
        $"SELECT {Columns} FROM requests WHERE service = $service AND request_id = $request AND request_id IS NOT NULL AND state <> 'expired'",
        Read,
        ("$service", service),
        ("$request", requestId));

    /// <summary>The organisation that a request was last sent for; null when none was named.</summary>
    public string? Organization(long row) => database.Single(
        """
        SELECT coalesce(r.organization, '') FROM transitions t JOIN runs r ON r.id = t.run_id
        WHERE t.request = $id AND t.to_state = 'intent' ORDER BY t.seq DESC LIMIT 1
        """,
        static r => r.GetString(0),
        ("$id", row)) is { Length: > 0 } organization ? organization : null;

    /// <summary>The payload as last sent, as JSON; null where none was sent or it was too large to keep.</summary>
    public string? Payload(long row) =>
        database.Single("SELECT payload FROM requests WHERE id = $id AND payload IS NOT NULL", static r => r.GetString(0), ("$id", row));

    /// <summary>How long the last ten finished requests of a model took, in milliseconds, newest first.</summary>
    public IReadOnlyList<double> Durations(string service, string model) => database.List(
        """
        SELECT finished_at - submitted_at FROM requests
        WHERE service = $service AND model = $model AND submitted_at IS NOT NULL AND finished_at > submitted_at ORDER BY id DESC LIMIT 10
        """,
        static row => (double)row.GetInt64(0),
        ("$service", service),
        ("$model", model));

    public IReadOnlyList<StoredRequest> OfJob(long job) => database.List(
        $"SELECT {Columns} FROM requests WHERE id IN (SELECT request FROM job_requests WHERE job = $job) ORDER BY id",
        Read,
        ("$job", job));

    /// <summary>A new submission of some content, not sent yet.</summary>
    public StoredRequest Create(string service, string contentKey, string model, string runId, decimal estimatedUsd, DateTimeOffset now) => database.Write(() =>
    {
        var created = Returned(
            $"""
            INSERT INTO requests (service, content_key, model, run_id, state, estimated_micro_usd)
            VALUES ($service, $key, $model, $run, 'pending', $usd)
            RETURNING {Columns}
            """,
            ("$service", service),
            ("$key", contentKey),
            ("$model", model),
            ("$run", runId),
            ("$usd", StoredValues.MicroUsd(estimatedUsd)));
        Log(created.Row, runId, null, StepState.Pending, null, now);
        return created;
    });

    /// <summary>A submission of the same content that someone made, in the place of one that is given up: unknown until it is adopted.</summary>
    public StoredRequest Succeed(StoredRequest given, DateTimeOffset now) => database.Write(() =>
    {
        var created = Returned(
            $"""
            INSERT INTO requests (service, content_key, model, run_id, state, payload_sha256, payload, estimated_micro_usd)
            SELECT service, content_key, model, run_id, 'unknown', payload_sha256, payload, estimated_micro_usd FROM requests WHERE id = $given
            RETURNING {Columns}
            """,
            ("$given", given.Row));
        Log(created.Row, given.RunId, null, StepState.Unknown, null, now);
        return created;
    });

    /// <summary>The one way a request changes its state: durable when it returns.</summary>
    /// <exception cref="InvalidOperationException">The table in <see cref="StepTransitions"/> does not have it: a bug.</exception>
    public StoredRequest Move(long row, StepState to, RequestChange change, string runId, DateTimeOffset now) =>
        database.Write(() => Change(Existing(row), to, change, runId, now));

    /// <summary>What was seen of a request that stays in its state: on record at once, durable with the next <see cref="Move"/> of any.</summary>
    public StoredRequest Note(long row, RequestChange change, string runId, DateTimeOffset now) => database.Note(() =>
    {
        var before = Existing(row);
        return Change(before, before.State, change, runId, now);
    });

    /// <summary>What a simulation whose process has ended leaves behind can't be resumed: its requests, sessions and uploads are gone.</summary>
    public void ExpireSimulation(string runId, DateTimeOffset now) => database.Write(() =>
    {
        const string Where = "service = $service AND state IN ('pending', 'intent', 'unknown', 'submitted', 'stalled', 'succeeded')";
        database.Execute(
            $"INSERT INTO transitions (at, run_id, request, from_state, to_state, detail) SELECT $now, $run, id, state, 'expired', 'the simulator was stopped' FROM requests WHERE {Where}",
            ("$now", now.ToUnixTimeMilliseconds()),
            ("$run", runId),
            ("$service", ServiceName.Simulator));
        database.Execute($"UPDATE requests SET state = 'expired' WHERE {Where}", ("$service", ServiceName.Simulator));
        database.Execute("DELETE FROM sessions WHERE service = $service", ("$service", ServiceName.Simulator));
        database.Execute("DELETE FROM uploads WHERE service = $service", ("$service", ServiceName.Simulator));
    });

    private StoredRequest Change(StoredRequest before, StepState to, RequestChange change, string runId, DateTimeOffset now)
    {
        if (!StepTransitions.Allows(before.State, to))
        {
            throw new InvalidOperationException($"A request can't go from {StepTransitions.Word(before.State)} to {StepTransitions.Word(to)}.");
        }

        var after = Returned(
            $"""
            UPDATE requests SET
                state = $state, payload_sha256 = coalesce($sha, payload_sha256), payload = iif($sha IS NULL, payload, $payload),
                request_id = coalesce($request, request_id), queue_status = coalesce($status, queue_status),
                attempts = attempts + $attempts, polls = polls + $polls,
                first_intent_at = coalesce(first_intent_at, $intent), intent_at = coalesce($intent, intent_at), unclear_at = coalesce($unclear, unclear_at),
                submitted_at = coalesce(submitted_at, $submitted), working_at = coalesce(working_at, $working), finished_at = coalesce($finished, finished_at),
                session_id = coalesce($session, session_id), reported_units = coalesce($units, reported_units), result_url = coalesce($url, result_url),
                failure_code = $code, failure_message = $message, failure_retryable = $retryable, failure_hint = $hint
            WHERE id = $id
            RETURNING {Columns}
            """,
            ("$state", StepTransitions.Word(to)),
            ("$sha", change.PayloadSha256),
            ("$payload", change.Payload),
            ("$request", change.RequestId),
            ("$status", change.QueueStatus),
            ("$attempts", to == StepState.Intent ? 1 : 0),
            ("$polls", change.Polls),
            ("$intent", to == StepState.Intent ? StoredValues.Of(now) : StoredValues.Of(change.IntentAt)),
            ("$unclear", to == StepState.Unknown ? StoredValues.Of(change.UnclearAt ?? now) : null),
            ("$submitted", to == StepState.Submitted ? StoredValues.Of(change.IntentAt ?? before.IntentAt ?? now) : null),
            ("$working", change.IsWorking ? StoredValues.Of(now) : null),
            ("$finished", to is StepState.Succeeded or StepState.Failed or StepState.Rejected ? StoredValues.Of(now) : null),
            ("$session", change.SessionId),
            ("$units", change.ReportedUnits),
            ("$url", change.ResultUrl),
            ("$code", change.Failure?.Code),
            ("$message", change.Failure?.Message),
            ("$retryable", change.Failure is { } failure ? failure.Retryable ? 1 : 0 : null),
            ("$hint", change.Failure?.Hint),
            ("$id", before.Row));
        if ((to is StepState.Failed or StepState.Rejected) && change.Failure?.Code == ServiceFailures.SessionRefusedCode)
        {
            // Whatever its age: the next request that needs one opens another.
            database.Execute(
                "DELETE FROM sessions WHERE service = $service AND session_id = (SELECT session_id FROM requests WHERE id = $id)",
                ("$service", before.Service),
                ("$id", before.Row));
        }

        Log(before.Row, runId, before.State, to, change.Detail ?? change.Failure?.Message ?? change.QueueStatus, now);
        return after;
    }

    private StoredRequest Returned(string sql, params ReadOnlySpan<(string Name, object? Value)> arguments) =>
        database.Single(sql, Read, arguments) ?? throw new InvalidOperationException("A request was written that is not on record.");

    private StoredRequest Existing(long row) => Get(row) ?? throw new InvalidOperationException($"There is no request {row} on record.");

    private void Log(long row, string runId, StepState? from, StepState to, string? detail, DateTimeOffset now) => database.Execute(
        "INSERT INTO transitions (at, run_id, request, from_state, to_state, detail) VALUES ($at, $run, $request, $from, $to, $detail)",
        ("$at", now.ToUnixTimeMilliseconds()),
        ("$run", runId),
        ("$request", row),
        ("$from", from is { } state ? StepTransitions.Word(state) : null),
        ("$to", StepTransitions.Word(to)),
        ("$detail", detail));

    private static StoredRequest Read(SqliteDataReader row) => new(
        row.GetInt64(0),
        row.GetString(1),
        row.GetString(2),
        row.GetString(3),
        row.GetString(4),
        StepTransitions.Parse(row.GetString(5)) ?? throw new InvalidDataException($"A request on record has the state \"{row.GetString(5)}\"."),
        row.Text(6),
        row.Text(7),
        row.Text(8),
        row.GetInt32(9),
        row.GetInt32(10),
        row.Time(11),
        row.Time(12),
        row.Time(13),
        row.Time(14),
        row.Time(15),
        row.Time(16),
        StoredValues.Usd(row.GetInt64(17)),
        row.Text(18),
        row.Text(19),
        row.Failure(20));
}
