using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Runtime.State;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Runtime.Tests.State;

public sealed class StepTransitionsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly ManualTimeProvider clock = new();
    private readonly StateStore store;

    public StepTransitionsTests()
    {
        store = Assert.IsType<StateOpening.Opened>(StateStore.Open(folder.File("state"), clock)).Store;
        store.Runs.Start(new RunStart("run", "service", "flow", "flow.yaml", "sha", clock.GetUtcNow(), "0.1.0", IsSimulated: false));
    }

    public void Dispose()
    {
        store.Dispose();
        folder.Dispose();
    }

    public static TheoryData<StepState, StepState> Pairs
    {
        get
        {
            var pairs = new TheoryData<StepState, StepState>();
            foreach (var from in Enum.GetValues<StepState>())
            {
                foreach (var to in Enum.GetValues<StepState>())
                {
                    pairs.Add(from, to);
                }
            }

            return pairs;
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Move_AnyPairOfStates_IsMadeOrRefusedAsTheTableSays(StepState from, StepState to)
    {
        var row = store.Requests.Create("service", "content", "model", "run", 0, clock.GetUtcNow()).Row;
        foreach (var state in WayTo(from))
        {
            store.Requests.Move(row, state, new(), "run", clock.GetUtcNow());
        }

        if (StepTransitions.Allows(from, to))
        {
            Assert.Equal(to, store.Requests.Move(row, to, new(), "run", clock.GetUtcNow()).State);
        }
        else
        {
            Assert.Throws<InvalidOperationException>(() => store.Requests.Move(row, to, new(), "run", clock.GetUtcNow()));
            Assert.Equal(from, store.Requests.Get(row)?.State);
        }
    }

    [Theory]
    [InlineData(StepState.Submitted)]
    [InlineData(StepState.Stalled)]
    [InlineData(StepState.Succeeded)]
    public void Table_PaidStates_NeverLeadBackToSending(StepState paid)
    {
        var reached = new HashSet<StepState>();
        Follow(paid, reached);

        Assert.DoesNotContain(StepState.Intent, reached);
        Assert.DoesNotContain(StepState.Pending, reached);
    }

    [Fact]
    public void Table_NothingIsPosted_WithoutAnIntent()
    {
        foreach (var from in Enum.GetValues<StepState>().Where(s => s is not StepState.Intent and not StepState.Unknown and not StepState.Submitted))
        {
            Assert.False(StepTransitions.Allows(from, StepState.Submitted), from.ToString());
        }
    }

    [Fact]
    public void Words_AreReadBackAndDistinct()
    {
        var words = Enum.GetValues<StepState>().Select(StepTransitions.Word).ToList();

        Assert.Equal(Enum.GetValues<StepState>().Cast<StepState?>(), words.Select(StepTransitions.Parse));
        Assert.Null(StepTransitions.Parse("Pending"));
    }

    [Fact]
    public void Move_WritesTheWholeStory()
    {
        var row = store.Requests.Create("service", "content", "model", "run", 0.07m, clock.GetUtcNow()).Row;
        store.Requests.Move(row, StepState.Intent, new() { PayloadSha256 = "sha", Payload = "{}" }, "run", clock.GetUtcNow());
        clock.Advance(TimeSpan.FromSeconds(3));
        store.Requests.Move(row, StepState.Unknown, new() { Failure = new Failure("GKF7001", "Lost.", true) }, "run", clock.GetUtcNow());

        var request = store.Requests.Get(row);
        Assert.Equal(("sha", 1, 0.07m), (request?.PayloadSha256, request?.Attempts, request?.EstimatedUsd));
        Assert.Equal(clock.GetUtcNow(), request?.UnclearAt);
        Assert.Equal("Lost.", request?.Failure?.Message);
        Assert.Equal("{}", store.Requests.Payload(row));
    }

    private static StepState[] WayTo(StepState state) => state switch
    {
        StepState.Pending => [],
        StepState.Intent => [StepState.Intent],
        StepState.Rejected => [StepState.Intent, StepState.Rejected],
        StepState.Unknown => [StepState.Intent, StepState.Unknown],
        StepState.Abandoned => [StepState.Intent, StepState.Unknown, StepState.Abandoned],
        StepState.Submitted => [StepState.Intent, StepState.Submitted],
        StepState.Gone => [StepState.Intent, StepState.Submitted, StepState.Succeeded, StepState.Gone],
        StepState.Expired => [StepState.Expired],
        _ => [StepState.Intent, StepState.Submitted, state],
    };

    private static void Follow(StepState from, HashSet<StepState> reached)
    {
        foreach (var to in Enum.GetValues<StepState>().Where(to => StepTransitions.Allows(from, to) && reached.Add(to)))
        {
            Follow(to, reached);
        }
    }
}
