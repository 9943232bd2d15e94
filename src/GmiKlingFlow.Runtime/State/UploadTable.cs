namespace GmiKlingFlow.Runtime.State;

/// <param name="RunId">The run that uploaded it.</param>
internal sealed record StoredUpload(string Url, string RunId);

/// <summary>Which content lies at which public URL.</summary>
internal sealed class UploadTable(StateDatabase database)
{
    public StoredUpload? Find(string service, string sha256) => database.Single(
        "SELECT url, run_id FROM uploads WHERE service = $service AND sha256 = $sha",
        static row => new StoredUpload(row.GetString(0), row.GetString(1)),
        ("$service", service),
        ("$sha", sha256));

    public void Forget(string service, string sha256) => database.Write(() =>
        database.Execute("DELETE FROM uploads WHERE service = $service AND sha256 = $sha", ("$service", service), ("$sha", sha256)));

    public void Put(string service, string sha256, string url, long bytes, string runId, DateTimeOffset now) => database.Write(() => database.Execute(
        """
        INSERT INTO uploads (service, sha256, url, bytes, uploaded_at, run_id) VALUES ($service, $sha, $url, $bytes, $now, $run)
        ON CONFLICT (service, sha256) DO UPDATE SET url = $url, uploaded_at = $now, run_id = $run
        """,
        ("$service", service),
        ("$sha", sha256),
        ("$url", url),
        ("$bytes", bytes),
        ("$now", now.ToUnixTimeMilliseconds()),
        ("$run", runId)));
}
