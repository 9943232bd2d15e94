using GmiKlingFlow.Runtime.State;
using GmiKlingFlow.Runtime.Tests.Execution;
using Xunit;

namespace GmiKlingFlow.Runtime.Tests.State;

public sealed class StateDatabaseTests : IDisposable
{
    private readonly RunBench bench = new();
    private readonly StateStore store;

    public StateDatabaseTests()
    {
        store = bench.OpenStore();
        store.Runs.Start(new RunStart("run", "service", "flow", "flow.yaml", "sha", bench.Clock.GetUtcNow(), "0.1.0", IsSimulated: false));
    }

    public void Dispose()
    {
        store.Dispose();
        bench.Dispose();
    }

    [Fact]
    public void Write_ManyWaitAtOnce_AreCommittedTogetherAndOneThatFailsTakesNoneAlong()
    {
        using var hold = new ManualResetEventSlim();
        var transactions = new HashSet<long>();
        var failures = new List<Exception>();
        var first = Hold(hold);
        List<Thread> others = [.. Enumerable.Range(0, 6).Select(i => Start(() =>
        {
            try
            {
                Create(i, transactions, fails: i == 3);
            }
            catch (InvalidTimeZoneException e)
            {
                lock (failures)
                {
                    failures.Add(e);
                }
            }
        }))];

        SpinWait.SpinUntil(() => store.Database.Waiting == 6);
        hold.Set();
        first.Join();
        others.ForEach(static thread => thread.Join());

        Assert.Single(failures);
        Assert.Single(transactions);
        Assert.Null(store.Requests.Newest("service", "content-3"));
        Assert.All([0, 1, 2, 4, 5], i => Assert.NotNull(store.Requests.Newest("service", $"content-{i}")));
    }

    [Fact]
    public void Write_CommittedTogetherAndTheStateIsGone_FailsForAllOfThem()
    {
        using var hold = new ManualResetEventSlim();
        var lost = 0;
        var first = Hold(hold);
        List<Thread> writers = [.. Enumerable.Range(0, 3).Select(i => Start(() =>
        {
            try
            {
                store.Requests.Create("service", $"content-{i}", "model", "run", 0, bench.Clock.GetUtcNow());
            }
            catch (StateLostException)
            {
                Interlocked.Increment(ref lost);
            }
        }))];

        SpinWait.SpinUntil(() => store.Database.Waiting == 3);
        Directory.Delete(bench.StateFolder, recursive: true);
        hold.Set();
        first.Join();
        writers.ForEach(static thread => thread.Join());

        Assert.Equal(3, lost);
    }

    [Fact]
    public void Write_IsSynced_AndANoteIsNot()
    {
        Assert.Equal(1, store.Database.Note(Synchronous));
        Assert.Equal(2, store.Database.Write(Synchronous));
        Assert.Equal(1, store.Database.Note(Synchronous));
    }

    [Fact]
    public void Note_WithAWriteInside_IsABug() =>
        Assert.Throws<InvalidOperationException>(() => store.Database.Note(() => store.Database.Write(Synchronous)));

    [Fact]
    public void Note_OutlivesTheProcess()
    {
        var row = store.Requests.Create("service", "content", "model", "run", 0, bench.Clock.GetUtcNow()).Row;
        store.Requests.Move(row, StepState.Intent, new(), "run", bench.Clock.GetUtcNow());
        store.Requests.Move(row, StepState.Submitted, new() { RequestId = "r1" }, "run", bench.Clock.GetUtcNow());
        store.Requests.Note(row, new() { QueueStatus = "processing", Polls = 3 }, "run", bench.Clock.GetUtcNow());

        // What another process sees, while this one has not let go of anything.
        using var other = Assert.IsType<StateOpening.Opened>(StateStore.OpenForReading(bench.StateFolder)).Store;
        Assert.Equal((StepState.Submitted, "processing", 3), other.Requests.Get(row) is { } seen ? (seen.State, seen.QueueStatus, seen.Polls) : default);
    }

    /// <summary>A note that is in its transaction when this returns, and stays there.</summary>
    private Thread Hold(ManualResetEventSlim until)
    {
        using var isIn = new ManualResetEventSlim();
        var thread = Start(() => store.Database.Note(() =>
        {
            isIn.Set();
            until.Wait();
        }));
        isIn.Wait();
        return thread;
    }

    private static Thread Start(Action work)
    {
        var thread = new Thread(() => work());
        thread.Start();
        return thread;
    }

    private int Synchronous() => int.Parse(
        store.Database.Single("PRAGMA synchronous", static row => row.GetString(0)) ?? "", System.Globalization.CultureInfo.InvariantCulture);

    private void Create(int i, HashSet<long> transactions, bool fails) => store.Database.Write(() =>
    {
        store.Requests.Create("service", $"content-{i}", "model", "run", 0, bench.Clock.GetUtcNow());
        transactions.Add(Environment.CurrentManagedThreadId);
        if (fails)
        {
            throw new InvalidTimeZoneException("odd");
        }
    });
}
