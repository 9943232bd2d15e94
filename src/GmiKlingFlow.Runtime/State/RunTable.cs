namespace GmiKlingFlow.Runtime.State;

/// <summary>A run as it is put on record.</summary>
internal sealed record RunStart(
    string Id, string Service, string FlowName, string FlowFile, string FlowSha256, DateTimeOffset StartedAt, string ToolVersion, bool IsSimulated);

/// <summary>The runs on record.</summary>
internal sealed class RunTable(StateDatabase database)
{
    public void Start(RunStart run) => database.Write(() => database.Execute(
        """
        INSERT INTO runs (id, service, flow_name, flow_file, flow_sha256, started_at, tool_version, machine, pid, simulated)
        VALUES ($id, $service, $name, $file, $sha, $started, $version, $machine, $pid, $simulated)
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
        ("$simulated", run.IsSimulated ? 1 : 0)));

    public void Finish(string id, string ending, DateTimeOffset now) => database.Write(() => database.Execute(
        "UPDATE runs SET finished_at = $now, ending = $ending WHERE id = $id",
        ("$now", now.ToUnixTimeMilliseconds()),
        ("$ending", ending),
        ("$id", id)));
}
