using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using GmiKlingFlow.Runtime.State;
using GmiKlingFlow.Runtime.Tests.Execution;
using Xunit;

namespace GmiKlingFlow.Runtime.Tests.State;

public sealed partial class StateQueriesTests : IDisposable
{
    private readonly RunBench bench = new();

    public void Dispose() => bench.Dispose();

    // By a piece of the statement: which may look at all rows of a table, and why.
    private static readonly Dictionary<string, string> MayScan = new(StringComparer.Ordinal)
    {
        ["FROM jobs WHERE $flow IS NULL"] = "the list of jobs is wanted whole",
        ["SELECT DISTINCT flow_name, flow_file FROM runs"] = "runs are few",
        ["FROM requests GROUP BY service, content_key"] = "held against the log of intents, once, when a state is opened",
        ["state IN ('pending', 'intent', 'unknown', 'submitted', 'stalled', 'succeeded')"] = "a simulation's leftovers, once a run",
        ["DELETE FROM sessions WHERE service = $service"] = "sessions are as many as videos",
        ["DELETE FROM uploads WHERE service = $service"] = "a simulation's leftovers, once a run",
        ["job_requests u JOIN jobs j ON j.id = u.job WHERE u.request = $request"] = "settle, once by hand",
        ["SELECT job, $next, job_key FROM job_requests WHERE request = $given"] = "settle, once by hand",
        ["FROM jobs WHERE id IN (SELECT job FROM job_requests WHERE request = $request)"] = "settle, once by hand",
        ["FROM plan_runs p JOIN transitions t"] = "once a run of a saved plan",
        ["SELECT finished_at - submitted_at FROM requests"] = "once for each model and run",
        ["FROM sessions WHERE service = $service AND session_id"] = "sessions are as many as videos",
        ["FROM prices"] = "prices are as many as models",
    };

    [Fact]
    public void Statements_OfTheProgram_AllUseAnIndex()
    {
        using var store = bench.OpenStore();

        var scanning = Statements().Where(sql => !MayScan.Keys.Any(piece => sql.Contains(piece, StringComparison.Ordinal)))
            .Select(sql => (sql, Plan: Explain(store, sql))).Where(static each => LooksAtAll().IsMatch(each.Plan)).ToList();

        Assert.True(scanning.Count == 0, string.Join("\n\n", scanning.Select(static each => $"{each.sql}\n{each.Plan}")));
    }

    /// <summary>What is not written in the program as it is sent could not be found there.</summary>
    [Fact]
    public async Task Statements_OfARunAndAPlan_AreAllFoundInTheProgram()
    {
        using var store = bench.OpenStore();
        var flow = TestFlow.OfMany(3);
        await bench.RunAsync(store, bench.PlanFor(store, flow));
        bench.Service = ServiceName.Simulator;
        await bench.RunAsync(store, bench.PlanFor(store, flow));
        _ = bench.PlanFor(store, flow);
        var job = store.ListJobs("test")[0];
        _ = (store.ListRequests(job), store.Story(job));

        var prepared = store.Database.Prepared.Where(static sql => IsStatement().IsMatch(sql)).ToList();

        Assert.True(prepared.Count > 20, $"only {prepared.Count} statements seen");
        Assert.Empty(prepared.Except(Statements(), StringComparer.Ordinal));
    }

    [Fact]
    public async Task Story_OfAJob_TellsEveryChangeInOrder()
    {
        using var store = bench.OpenStore();
        await bench.RunAsync(store, bench.PlanFor(store, TestFlow.Of(TestFlow.Job("a"))));

        var job = Assert.Single(store.ListJobs());
        var story = store.Story(job);

        Assert.Equal("succeeded", job.Status);
        Assert.Equal(
            ["running", "pending", "intent", "submitted", "succeeded", "pending", "intent", "submitted", "submitted", "succeeded", "succeeded"],
            story.Select(line => line.To));
        Assert.Equal(story.Select(line => line.At).Order(), story.Select(line => line.At));
        Assert.Equal(["kling-identify-face", "kling-lip-sync"], store.ListRequests(job).Select(r => r.Model));
    }

    [Fact]
    public void WithPayload_OthersUnderWay_AreSeenByWhoeverIsNotUnderWayItself()
    {
        using var store = bench.OpenStore();
        var (service, model, now) = ("s", "kling-lip-sync", DateTimeOffset.UnixEpoch);
        store.Runs.Start(new RunStart("run", service, "test", "flow.yaml", "0", now, "0.1.0", false));
        StoredRequest Moved(StoredRequest request, StepState to) => store.Requests.Move(request.Row, to, new() { PayloadSha256 = "same" }, "run", now);
        var refused = Moved(Moved(store.Requests.Create(service, "a", model, "run", 0.07m, now), StepState.Intent), StepState.Pending);
        var underWay = Moved(store.Requests.Create(service, "b", model, "run", 0.07m, now), StepState.Intent);

        IReadOnlyList<long> Seen(StoredRequest? by) => [.. store.Requests.WithPayload(service, model, "same", by).Select(r => r.Row)];

        Assert.Equal([underWay.Row], Seen(refused));
        Assert.Equal([underWay.Row], Seen(null));
        Assert.Empty(Seen(underWay));

        // Two whose answers are lost must not wait for each other: the later one waits.
        var (first, second) = (Moved(Moved(refused, StepState.Intent), StepState.Unknown), Moved(underWay, StepState.Unknown));
        Assert.Empty(Seen(first));
        Assert.Equal([first.Row], Seen(second));
    }

    /// <summary>Every text in the program that is a statement.</summary>
    private static List<string> Statements()
    {
        using var file = new PEReader(File.OpenRead(typeof(StateStore).Assembly.Location));
        var metadata = file.GetMetadataReader();
        var texts = new List<string>();
        for (var handle = MetadataTokens.UserStringHandle(0); !handle.IsNil || texts.Count == 0; handle = metadata.GetNextHandle(handle))
        {
            texts.Add(metadata.GetUserString(handle));
        }

        var statements = texts.Where(static text => IsStatement().IsMatch(text)).Distinct(StringComparer.Ordinal).ToList();
        Assert.True(statements.Count > 40, $"only {statements.Count} statements found");
        return statements;
    }

    private static string Explain(StateStore store, string sql)
    {
        // Parameters that are not bound are NULL: the plan does not depend on them.
        var lines = store.Database.List($"EXPLAIN QUERY PLAN {sql}", row => row.GetString(3), [.. Parameters(sql)]);
        return string.Join('\n', lines.Where(line => !line.Contains("SCAN CONSTANT", StringComparison.Ordinal) && !IsLookForOrphans(sql, line)));
    }

    // Rows that wait for a new row as their parent are looked for only while a transaction has left some open (OP_FkIfZero), and ours leave none.
    private static bool IsLookForOrphans(string sql, string line) =>
        sql.TrimStart().StartsWith("INSERT INTO requests", StringComparison.Ordinal) && line is ("SCAN outputs" or "SCAN sessions" or "SCAN job_requests USING COVERING INDEX job_requests_by_key");

    private static IEnumerable<(string, object?)> Parameters(string sql) =>
        Regex.Matches(sql, @"\$\w+").Select(m => m.Value).Distinct().Select(name => (name, (object?)"x"));

    // A scan, or a search by the service alone: nearly all rows are of one.
    [GeneratedRegex(@"\bSCAN\b|\(service=\?\)")]
    private static partial Regex LooksAtAll();

    [GeneratedRegex(@"^\s*(SELECT\b.*\bFROM|UPDATE\b.*\bSET|DELETE FROM|INSERT INTO\b.*\b(VALUES|SELECT))\b", RegexOptions.Singleline)]
    private static partial Regex IsStatement();
}
