using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Planning;
using GmiKlingFlow.Core.Planning.Prices;
using GmiKlingFlow.Core.Planning.Saving;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Core.Tests.Planning.Saving;

public sealed class SavedPlanTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly DiagnosticBag diagnostics = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Read_SavedPlan_KnowsItsFlowAndFindsNoDifference()
    {
        var saved = Saved(Plan());

        Assert.Equal(("flow.yaml", GivenFlow.Sha("flow")), (saved?.FlowFile, saved?.FlowSha256));
        Assert.Equal([], saved?.Differences(Plan()));
        Assert.Empty(diagnostics);
    }

    [Fact]
    public void Differences_ChangedAudio_NamesTheJob() =>
        Assert.Equal(["job \"b\": its inputs changed"], Saved(Plan())?.Differences(Plan(insert: 300)));

    [Fact]
    public void Differences_ChangedState_SaysWhatTheJobIsNow()
    {
        var saved = Saved(Plan());
        var known = new KnownWorkInMemory();
        known.Outputs.Add((Plan().Jobs[0].Key.Value, "a.mp4"));

        Assert.Equal(
            ["job \"a\": was \"create\", is now \"reuse\" (output is there, inputs unchanged)"],
            saved?.Differences(Plan(known: known)));
    }

    [Fact]
    public void Differences_ChangedPrices_AreNone()
    {
        var saved = Saved(Plan());
        var dearer = Planner.Plan(Flow(200), new PlanInputs { Prices = Dearer }, new DiagnosticBag());

        Assert.Equal([], saved?.Differences(dearer));
        Assert.Equal(0.147m, saved?.EstimatedUsd);
        Assert.Equal(0.302m, dearer.Summary.EstimatedUsd);
    }

    [Fact]
    public void Differences_ChangedPricesAndInputs_NameTheInputs()
    {
        var dearer = Planner.Plan(Flow(300), new PlanInputs { Prices = Dearer }, new DiagnosticBag());

        Assert.Equal(["job \"b\": its inputs changed"], Saved(Plan())?.Differences(dearer));
    }

    [Fact]
    public void FlowDifferences_OnlyTheStateChanged_AreNone()
    {
        var saved = Saved(Plan());
        var known = new KnownWorkInMemory();
        known.Outputs.Add((Plan().Jobs[0].Key.Value, "a.mp4"));

        Assert.Equal([], saved?.FlowDifferences(Plan(known: known)));
        Assert.Equal(["job \"b\": its inputs changed"], saved?.FlowDifferences(Plan(insert: 300, known)));
    }

    [Theory]
    [InlineData("", "it is not JSON (line 1)")]
    [InlineData("{\n\"kind\": ", "it is not JSON (line 2)")]
    [InlineData("[]", "it is not a plan")]
    [InlineData("{\"kind\": 1}", "it is not a plan")]
    [InlineData("{\"kind\": \"Plan\", \"apiVersion\": \"gmiklingflow/v2\"}", "it is of another version")]
    [InlineData("{\"kind\": \"Plan\", \"apiVersion\": \"gmiklingflow/v1\", \"flow\": []}", "it does not say which flow it is of")]
    [InlineData("{\"kind\": \"Plan\", \"apiVersion\": \"gmiklingflow/v1\", \"flow\": {\"file\": \"f\", \"sha256\": \"0\"}}", "it was printed, not saved")]
    [InlineData("{\"kind\": \"Plan\", \"apiVersion\": \"gmiklingflow/v1\", \"flow\": {\"file\": \"f\", \"sha256\": \"0\"}, \"inputs\": {\"vars\": 1}}", "its \"inputs\" are not those of a saved plan")]
    public void Read_AnythingElse_SaysWhy(string text, string reason)
    {
        Assert.Null(SavedPlan.Read(folder.Write("plan.json", text), diagnostics));
        Assert.Contains($": {reason}.", Assert.Single(diagnostics).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_MissingFileOrFolder_SaysWhy()
    {
        Assert.Null(SavedPlan.Read(folder.File("none.json"), diagnostics));
        Assert.Null(SavedPlan.Read(folder.Path, diagnostics));
        Assert.Equal(["GKF4208", "GKF4208"], diagnostics.Select(d => d.Code));
    }

    private static PriceList Dearer => PriceList.BuiltIn with { IdentifyUsd = 0.002m, SyncUsdPerBlock = 0.15m, Source = "another list" };

    private SavedPlan? Saved(Plan plan)
    {
        var path = folder.Write("plan.json", GivenPlan.Text(plan, new PlanOrigin()));
        return SavedPlan.Read(path, diagnostics);
    }

    private static Plan Plan(long insert = 200, KnownWorkInMemory? known = null) =>
        Planner.Plan(Flow(insert), new PlanInputs { Known = known ?? new KnownWorkInMemory() }, new DiagnosticBag());

    private static Core.Model.Flow Flow(long insert) =>
        GivenFlow.Of(GivenFlow.Job("a"), GivenFlow.Job("b", null, GivenFlow.Entry(insert: insert)));
}
