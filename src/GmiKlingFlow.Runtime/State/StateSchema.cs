namespace GmiKlingFlow.Runtime.State;

/// <summary>The state file's tables, as the list of steps that lead from an empty file to the newest version.</summary>
internal static class StateSchema
{
    /// <summary>"GKFL": tells a state file from any other SQLite file.</summary>
    public const long ApplicationId = 0x474B464C;

    public static long Version => Migrations.Count;

    /// <summary>Migration n leads from version n to n + 1. Never edited once released: a change is a new one.</summary>
    public static readonly IReadOnlyList<string> Migrations = [First, Second, Third, Fourth, RowSeals.Migration, Sixth, Seventh];

    // Times are Unix milliseconds (UTC), money is millionths of a dollar. "service" is in every key: see ServiceName.
    private const string First = """
        CREATE TABLE runs (
            id TEXT PRIMARY KEY, service TEXT NOT NULL, flow_name TEXT NOT NULL, flow_file TEXT NOT NULL, flow_sha256 TEXT NOT NULL,
            started_at INTEGER NOT NULL, finished_at INTEGER, ending TEXT,
            tool_version TEXT NOT NULL, machine TEXT NOT NULL, pid INTEGER NOT NULL, simulated INTEGER NOT NULL
        ) STRICT;

        CREATE TABLE requests (
            id INTEGER PRIMARY KEY, service TEXT NOT NULL, content_key TEXT NOT NULL, model TEXT NOT NULL, run_id TEXT NOT NULL REFERENCES runs (id),
            state TEXT NOT NULL, payload_sha256 TEXT, payload TEXT,
            request_id TEXT, queue_status TEXT, attempts INTEGER NOT NULL DEFAULT 0, polls INTEGER NOT NULL DEFAULT 0,
            first_intent_at INTEGER, intent_at INTEGER, unclear_at INTEGER, submitted_at INTEGER, working_at INTEGER, finished_at INTEGER,
            estimated_micro_usd INTEGER NOT NULL, reported_units TEXT, result_url TEXT,
            failure_code TEXT, failure_message TEXT, failure_retryable INTEGER, failure_hint TEXT
        ) STRICT;
        CREATE INDEX requests_by_content ON requests (service, content_key, id);
        CREATE UNIQUE INDEX requests_by_request_id ON requests (service, request_id) WHERE request_id IS NOT NULL AND state <> 'expired';

        CREATE TABLE jobs (
            id INTEGER PRIMARY KEY, service TEXT NOT NULL, flow_name TEXT NOT NULL, job_id TEXT NOT NULL, run_id TEXT NOT NULL REFERENCES runs (id),
            key TEXT NOT NULL, key_parts TEXT NOT NULL, video_key TEXT NOT NULL, output TEXT NOT NULL,
            status TEXT NOT NULL, started_at INTEGER, updated_at INTEGER NOT NULL,
            failure_code TEXT, failure_message TEXT, failure_retryable INTEGER, failure_hint TEXT
        ) STRICT;
        CREATE UNIQUE INDEX jobs_by_id ON jobs (service, flow_name, job_id);

        CREATE TABLE job_requests (
            job INTEGER NOT NULL REFERENCES jobs (id), request INTEGER NOT NULL REFERENCES requests (id), job_key TEXT NOT NULL,
            PRIMARY KEY (job, request)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE transitions (
            seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, run_id TEXT NOT NULL REFERENCES runs (id),
            request INTEGER REFERENCES requests (id), job INTEGER REFERENCES jobs (id),
            from_state TEXT, to_state TEXT NOT NULL, detail TEXT
        ) STRICT;
        CREATE INDEX transitions_by_request ON transitions (request) WHERE request IS NOT NULL;
        CREATE INDEX transitions_by_job ON transitions (job) WHERE job IS NOT NULL;

        CREATE TABLE sessions (
            service TEXT NOT NULL, video_key TEXT NOT NULL, session_id TEXT NOT NULL, faces TEXT NOT NULL,
            identified_at INTEGER NOT NULL, request INTEGER NOT NULL REFERENCES requests (id), run_id TEXT NOT NULL REFERENCES runs (id),
            PRIMARY KEY (service, video_key)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE uploads (
            service TEXT NOT NULL, sha256 TEXT NOT NULL, url TEXT NOT NULL, bytes INTEGER NOT NULL,
            uploaded_at INTEGER NOT NULL, run_id TEXT NOT NULL REFERENCES runs (id),
            PRIMARY KEY (service, sha256)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE outputs (
            service TEXT NOT NULL, job_key TEXT NOT NULL, path TEXT NOT NULL, sha256 TEXT NOT NULL, bytes INTEGER NOT NULL,
            duration_ms INTEGER NOT NULL, url TEXT, written_at INTEGER NOT NULL, request INTEGER NOT NULL REFERENCES requests (id),
            PRIMARY KEY (service, job_key, path)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX outputs_by_content ON outputs (bytes, sha256);
        CREATE INDEX outputs_by_path ON outputs (path);
        """;

    // Jobs with different keys may come to the same request.
    private const string Second = "CREATE INDEX requests_by_payload ON requests (service, payload_sha256)";

    // Which runs carried out which saved plan: a plan is used up by its first run, and later ones only finish that.
    private const string Third = """
        CREATE TABLE plan_runs (
            plan_sha256 TEXT NOT NULL, run_id TEXT NOT NULL REFERENCES runs (id),
            PRIMARY KEY (plan_sha256, run_id)
        ) STRICT, WITHOUT ROWID
        """;

    // The last price of each model that the service named itself and that estimates can go by; fetched_at is when it was first seen.
    // The index: a job that shared another job's request is known by its own key.
    private const string Fourth = """
        CREATE TABLE prices (
            service TEXT NOT NULL, model TEXT NOT NULL, micro_usd INTEGER NOT NULL, unit TEXT NOT NULL, fetched_at INTEGER NOT NULL,
            PRIMARY KEY (service, model)
        ) STRICT, WITHOUT ROWID;

        CREATE INDEX job_requests_by_key ON job_requests (job_key)
        """;

    // Whose list a lost request can be found in; and which session a request used, which may be refused before its time.
    // Neither is sealed: a wrong one makes a request stay unknown, or a session be used once too often.
    private const string Sixth = """
        ALTER TABLE runs ADD COLUMN organization TEXT;
        ALTER TABLE requests ADD COLUMN session_id TEXT
        """;

    // The last durations of each model, between which two times they were: what waits go by. Not sealed: a wrong one makes a look come late.
    private const string Seventh = """
        CREATE TABLE durations (
            service TEXT NOT NULL, model TEXT NOT NULL, seq INTEGER NOT NULL, low_ms INTEGER NOT NULL, high_ms INTEGER NOT NULL,
            PRIMARY KEY (service, model, seq)
        ) STRICT, WITHOUT ROWID
        """;
}
