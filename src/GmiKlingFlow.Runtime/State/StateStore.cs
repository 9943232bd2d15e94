using GmiKlingFlow.Core.Diagnostics;
using Microsoft.Data.Sqlite;

namespace GmiKlingFlow.Runtime.State;

/// <summary>The durable record of a state folder: what makes runs resumable and keeps anything from being paid for twice (product 6).</summary>
public sealed class StateStore : IDisposable
{
    private readonly StateLock? held;
    private readonly string file;

    private StateStore(SqliteConnection connection, string folder, StateLock? held)
    {
        this.held = held;
        file = Path.Combine(folder, StateFile.Name);
        Database = new StateDatabase(connection, file, AssertStillOurs);
        Runs = new RunTable(Database);
        Requests = new RequestTable(Database);
        Jobs = new JobTable(Database);
        Sessions = new SessionTable(Database);
        Uploads = new UploadTable(Database);
        Outputs = new OutputTable(Database);
    }

    internal StateDatabase Database { get; }

    internal RunTable Runs { get; }

    internal RequestTable Requests { get; }

    internal JobTable Jobs { get; }

    internal SessionTable Sessions { get; }

    internal UploadTable Uploads { get; }

    internal OutputTable Outputs { get; }

    /// <summary>Takes the state for one run, making it when there is none. Another run on it is refused until this store is disposed.</summary>
    public static StateOpening Open(string folder, TimeProvider time)
    {
        var full = Path.GetFullPath(folder);
        try
        {
            Directory.CreateDirectory(full);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new StateOpening.Unusable(SqliteFailures.Of(e, full));
        }

        var (held, failure) = StateLock.Take(full, time.GetUtcNow());
        if (held is null)
        {
            return Refused(failure, full);
        }

        (var connection, failure) = StateFile.OpenForWriting(Path.Combine(full, StateFile.Name));
        if (connection is null)
        {
            held.Dispose();
            return Refused(failure, full);
        }

        return new StateOpening.Opened(new StateStore(connection, full, held));
    }

    /// <summary>Opens the state to look at it, also while a run holds it. Makes nothing.</summary>
    public static StateOpening OpenForReading(string folder)
    {
        var full = Path.GetFullPath(folder);
        var path = Path.Combine(full, StateFile.Name);
        if (!File.Exists(path))
        {
            return new StateOpening.Absent();
        }

        var (connection, failure) = StateFile.OpenForReading(path);
        return connection is null ? Refused(failure, full) : new StateOpening.Opened(new StateStore(connection, full, held: null));
    }

    /// <summary>Every job on record, by service, flow and id; of one flow when it is given.</summary>
    public IReadOnlyList<StoredJob> ListJobs(string? flowName = null) => Jobs.List(flowName);

    /// <summary>The requests a job has used, oldest first.</summary>
    public IReadOnlyList<StoredRequest> ListRequests(StoredJob job) => Requests.OfJob(job.Row);

    /// <summary>All that ever happened to a job and its requests, oldest first.</summary>
    public IReadOnlyList<StoredTransition> Story(StoredJob job) => Jobs.Story(job.Row);

    public void Dispose()
    {
        Database.Dispose();
        held?.Dispose();
    }

    private static StateOpening.Unusable Refused(Failure? failure, string folder) =>
        new(failure ?? StateFailures.Unusable(folder, "it can't be opened"));

    private void AssertStillOurs()
    {
        if (held is null || !held.IsStillOurs() || !File.Exists(file))
        {
            throw new StateLostException(StateFailures.Lost(file));
        }
    }
}
