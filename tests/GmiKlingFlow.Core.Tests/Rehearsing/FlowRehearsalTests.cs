using GmiKlingFlow.Core.Rehearsing;
using Xunit;

namespace GmiKlingFlow.Core.Tests.Rehearsing;

/// <summary>Where it runs nobody is told when it fails: here somebody is.</summary>
public sealed class FlowRehearsalTests
{
    [Fact]
    public void Reading_OfItsOwnText_FindsNothingWrong() => Assert.Empty(FlowRehearsal.Reading());

    [Fact]
    public void Checking_OfItsOwnFlow_FindsNothingWrong() => Assert.Empty(FlowRehearsal.Checking());

    [Fact]
    public async Task BothWays_BesideThemselves_FindNothingWrong()
    {
        using var gate = new Barrier(4);
        var threads = Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(
            () =>
            {
                gate.SignalAndWait(TestContext.Current.CancellationToken);
                return FlowRehearsal.Reading().Count + FlowRehearsal.Checking().Count;
            },
            TestContext.Current.CancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default));

        Assert.All(await Task.WhenAll(threads), static found => Assert.Equal(0, found));
    }
}
