using GmiKlingFlow.Runtime.State;
using GmiKlingFlow.Runtime.Tests.Execution;
using Xunit;

namespace GmiKlingFlow.Runtime.Tests.State;

public sealed class StateQueriesTests : IDisposable
{
    private readonly RunBench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task Queries_OfARunAndAPlan_AllUseAnIndex()
    {
        using var store = bench.OpenStore();
        var flow = TestFlow.OfMany(3);
        await bench.RunAsync(store, bench.PlanFor(store, flow));
        bench.Service = ServiceName.Simulator;
        await bench.RunAsync(store, bench.PlanFor(store, flow));
        _ = bench.PlanFor(store, flow);
        var job = store.ListJobs("test")[0];
        _ = (store.ListRequests(job), store.Story(job));

        var queries = store.Database.Prepared.Where(sql => sql.TrimStart().Split(' ')[0] is "SELECT" or "UPDATE" or "DELETE" && !sql.Contains("last_insert_rowid", StringComparison.Ordinal)).ToList();

        Assert.True(queries.Count > 12, $"only {queries.Count} statements seen");
        // The list of jobs is wanted whole; a simulation's leftovers are few, and looked for once a run.
        Assert.All(queries.Where(sql => !sql.Contains("$flow IS NULL", StringComparison.Ordinal)), sql => Assert.DoesNotContain("SCAN", Explain(store, sql), StringComparison.Ordinal));
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

    private static string Explain(StateStore store, string sql)
    {
        // Parameters that are not bound are NULL: the plan does not depend on them.
        var lines = store.Database.List($"EXPLAIN QUERY PLAN {sql}", row => row.GetString(3), [.. Parameters(sql)]);
        return string.Join('\n', lines.Where(line => !line.Contains("SCAN CONSTANT", StringComparison.Ordinal)));
    }

    private static IEnumerable<(string, object?)> Parameters(string sql) =>
        System.Text.RegularExpressions.Regex.Matches(sql, @"\$\w+").Select(m => m.Value).Distinct().Select(name => (name, (object?)"x"));
}
