namespace GmiKlingFlow.Runtime.State;

/// <summary>A run as it is put on record.</summary>
internal sealed record RunStart(
    string Id, string Service, string FlowName, string FlowFile, string FlowSha256, DateTimeOffset StartedAt, string ToolVersion, bool IsSimulated)
{
    /// <summary>See <see cref="ServiceName.Organization"/>; null when none was named.</summary>
    public string? Organization { get; init; }
}

/// <summary>The runs on record.</summary>
internal sealed class RunTable(StateDatabase database)
{
    public void Start(RunStart run) => database.Write(() => database.Execute(
        """
        INSERT INTO runs (id, service, flow_name, flow_file, flow_sha256, started_at, tool_version, machine, pid, simulated, organization)
        VALUES ($id, $service, $name, $file, $sha, $started, $version, $machine, $pid, $simulated, $organization)
        """,
        ("$id", run.Id),
        ("$service", run.Service),
        ("$name", run.FlowName),
        ("$file", run.FlowFile),
        ("$sha", run.FlowSha256),
        ("$started", run.StartedAt.ToUnixTimeMilliseconds()),
        ("$version", run.ToolVersion),
        ("$machine", Environment.MachineName),
        ("$pid", Environment.ProcessId),
        ("$simulated", run.IsSimulated ? 1 : 0),
        ("$organization", run.Organization)));

    /// <summary>Puts a saved plan down as used up by a run.</summary>
    public void UsePlan(string planSha256, string runId) => database.Write(() => database.Execute(
        "INSERT INTO plan_runs (plan_sha256, run_id) VALUES ($plan, $run)",
        ("$plan", planSha256),
        ("$run", runId)));

    public bool IsPlanUsed(string planSha256) => database.Single(
        "SELECT run_id FROM plan_runs WHERE plan_sha256 = $plan LIMIT 1",
        static row => row.GetString(0),
        ("$plan", planSha256)) is not null;

    /// <summary>Content keys of what runs of a saved plan have sent and what came to nothing. A simulation's leftovers cost nothing and don't count.</summary>
    public IReadOnlyList<string> SpentBy(string planSha256) => database.List(
        """
        SELECT DISTINCT r.content_key FROM plan_runs p JOIN transitions t ON t.run_id = p.run_id JOIN requests r ON r.id = t.request
        WHERE p.plan_sha256 = $plan AND t.to_state = 'intent' AND r.state IN ('failed', 'rejected', 'abandoned')
        """,
        static row => row.GetString(0),
        ("$plan", planSha256));

    public IReadOnlyList<StoredFlow> Flows() => database.List(
        "SELECT DISTINCT flow_name, flow_file FROM runs ORDER BY 1, 2",
        static row => new StoredFlow(row.GetString(0), row.GetString(1)));

    /// <returns>Null for a run of another state.</returns>
    public string? ServiceOf(string id) => database.Single("SELECT service FROM runs WHERE id = $id", static row => row.GetString(0), ("$id", id));

    public void Finish(string id, string ending, DateTimeOffset now) => database.Write(() => database.Execute(
        "UPDATE runs SET finished_at = $now, ending = $ending WHERE id = $id",
        ("$now", now.ToUnixTimeMilliseconds()),
        ("$ending", ending),
        ("$id", id)));
}
