using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Planning.Prices;
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
        Folder = folder;
        file = Path.Combine(folder, StateFile.Name);
        Database = new StateDatabase(connection, file, AssertStillOurs);
        Runs = new RunTable(Database);
        Requests = new RequestTable(Database);
        Jobs = new JobTable(Database);
        Sessions = new SessionTable(Database);
        Uploads = new UploadTable(Database);
        Outputs = new OutputTable(Database);
        Prices = new PriceTable(Database);
        Durations = new DurationTable(Database);
        Intents = new IntentLog(folder);
    }

    /// <summary>Absolute.</summary>
    internal string Folder { get; }

    internal StateDatabase Database { get; }

    internal RunTable Runs { get; }

    internal RequestTable Requests { get; }

    internal JobTable Jobs { get; }

    internal SessionTable Sessions { get; }

    internal UploadTable Uploads { get; }

    internal OutputTable Outputs { get; }

    internal PriceTable Prices { get; }

    internal DurationTable Durations { get; }

    internal IntentLog Intents { get; }

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

        var opening = Open(full, logged => OpenForWriting(full, held, logged, time.GetUtcNow()));
        if (opening is not StateOpening.Opened)
        {
            held.Dispose();
        }

        return opening;
    }

    /// <returns>Whether there is a state in a folder, or what is left of one.</returns>
    public static bool IsIn(string folder) =>
        File.Exists(Path.Combine(folder, StateFile.Name)) || File.Exists(Path.Combine(folder, $"{StateFile.Name}-wal"));

    /// <summary>The run that was cut off while it worked on this state, for people; null when there is none.</summary>
    public static string? CutOff(string folder) => StateLock.CutOff(Path.GetFullPath(folder));

    /// <summary>The run that works on this state now, for people; null when none does.</summary>
    public static string? AtWork(string folder) => StateLock.AtWork(Path.GetFullPath(folder));

    /// <summary>The version of the state file that this program writes.</summary>
    public static long Version => StateSchema.Version;

    /// <summary>Opens the state to look at it, also while a run holds it. Makes nothing.</summary>
    public static StateOpening OpenForReading(string folder)
    {
        var full = Path.GetFullPath(folder);

        // The log is read first: a run that works meanwhile writes to it last.
        return Open(full, logged => OpenForReading(full, logged));
    }

    /// <summary>Every job on record, by service, flow and id; of one flow when it is given.</summary>
    public IReadOnlyList<StoredJob> ListJobs(string? flowName = null) => Jobs.List(flowName);

    /// <summary>Every flow that was run with this state, by name and file.</summary>
    public IReadOnlyList<StoredFlow> ListFlows() => Runs.Flows();

    /// <summary>The requests a job has used, oldest first.</summary>
    public IReadOnlyList<StoredRequest> ListRequests(StoredJob job) => Requests.OfJob(job.Row);

    /// <summary>All that ever happened to a job and its requests, oldest first.</summary>
    public IReadOnlyList<StoredTransition> Story(StoredJob job) => Jobs.Story(job.Row);

    /// <summary>How long the last requests of a model took at a service, on average; null where none is on record.</summary>
    public TimeSpan? UsualDuration(string service, string model) => Requests.Durations(service, model) is { Count: > 0 } seen ? TimeSpan.FromMilliseconds(seen.Average()) : null;

    /// <summary>The newest line of the story of all jobs; 0 when there is none.</summary>
    public long LastMove() => Jobs.LastMove();

    /// <summary>What happened to jobs after a line of that story, oldest first; also while a run works. Of one flow when it is given.</summary>
    /// <exception cref="StateLostException">The state can't be read any more.</exception>
    public IReadOnlyList<StoredMove> MovesAfter(long number, string? flowName = null) => Jobs.Moves(number, flowName);

    /// <summary>What requests to a service cost, as it last said itself; for what it did not say, the built-in prices.</summary>
    public PriceList PricesOf(string service) => PriceList.Of(Prices.Of(service));

    /// <summary>Whether a run of this saved plan has begun on this state.</summary>
    public bool IsPlanUsed(string planSha256) => Runs.IsPlanUsed(planSha256);

    /// <summary>Content keys of the requests that runs of a saved plan have sent and that came to nothing.</summary>
    public IReadOnlySet<string> SpentBy(string planSha256) => Runs.SpentBy(planSha256).ToHashSet(StringComparer.Ordinal);

    public void Dispose()
    {
        Database.Dispose();
        Intents.Dispose();
        held?.Dispose();
    }

    private static StateOpening Open(string folder, Func<IReadOnlyList<LoggedIntent>, StateOpening> open)
    {
        try
        {
            return open(IntentLog.Read(folder));
        }
        catch (StateLostException e)
        {
            return new StateOpening.Unusable(e.Failure);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new StateOpening.Unusable(SqliteFailures.Of(e, folder));
        }
    }

    private static StateOpening OpenForWriting(string folder, StateLock held, IReadOnlyList<LoggedIntent> logged, DateTimeOffset now)
    {
        var path = Path.Combine(folder, StateFile.Name);
        if (logged.Count > 0 && !File.Exists(path))
        {
            return new StateOpening.Unusable(StateFailures.Lost(path));
        }

        var (connection, failure) = StateFile.OpenForWriting(path);
        if (connection is null)
        {
            return Refused(failure, folder);
        }

        var store = new StateStore(connection, folder, held);
        try
        {
            var intents = new LostIntents(store, logged);
            failure = intents.Contradiction(path);
            if (failure is null)
            {
                intents.BringBack(now);
                return new StateOpening.Opened(store);
            }
        }
        catch (StateLostException e)
        {
            failure = e.Failure;
        }

        store.Database.Dispose();
        return new StateOpening.Unusable(failure);
    }

    private static StateOpening OpenForReading(string folder, IReadOnlyList<LoggedIntent> logged)
    {
        var path = Path.Combine(folder, StateFile.Name);
        if (!File.Exists(path))
        {
            return logged.Count > 0 ? new StateOpening.Unusable(StateFailures.Lost(path)) : new StateOpening.Absent();
        }

        var (connection, failure) = StateFile.OpenForReading(path);
        if (connection is null)
        {
            return Refused(failure, folder);
        }

        var store = new StateStore(connection, folder, held: null);
        var isBehind = true;
        try
        {
            isBehind = new LostIntents(store, logged).Find().Count > 0;
        }
        finally
        {
            if (isBehind)
            {
                store.Dispose();
            }
        }

        return isBehind ? new StateOpening.Unusable(StateFailures.Behind(folder)) : new StateOpening.Opened(store);
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
