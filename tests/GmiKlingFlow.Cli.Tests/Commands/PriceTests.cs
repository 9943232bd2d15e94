using System.Text.Json;
using System.Text.RegularExpressions;
using GmiKlingFlow.Cli.Hosting;
using GmiKlingFlow.Simulator;
using GmiKlingFlow.Simulator.Faults;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Cli.Tests.Commands;

public sealed class PriceTests : IDisposable
{
    private static readonly SimulatorOptions Quick = new() { Speed = 50, Render = false };
    private static readonly SimulatorOptions Dearer = Quick with { SyncPrice = new(20_000, "second") };

    private readonly TemporaryFolder folder = new();
    private readonly string flow;

    public PriceTests() => flow = ExampleFlow.CopyTo(folder, "quickstart");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Run_ServiceNamesAnotherPrice_SaysSoAndEstimatesByIt()
    {
        await using var simulator = await StartAsync(Dearer);
        var cli = Against(simulator);

        var run = await cli.RunAsync("run", flow);

        var source = Regex.Match(run.Error, @"GET /models of \d{4}-\d{2}-\d{2}").Value;
        Assert.Contains($"Prices by {source}: lip-sync $0.10 per started 5 s (built-in list: $0.07 per started 5 s).\nPlan: 1 to send · est. $0.107 · ", run.Error, StringComparison.Ordinal);
        Assert.Contains($"\n      prices: {source}\n", run.Error, StringComparison.Ordinal);
        Assert.Contains($"Run: 1 succeeded · about $0.107, estimated by {source} · ", run.Output, StringComparison.Ordinal);
        using var results = JsonDocument.Parse(File.ReadAllText(folder.File("quickstart/out/quickstart/results.json")));
        Assert.Equal(source, results.RootElement.GetProperty("summary").GetProperty("price_source").GetString());
    }

    [Fact]
    public async Task Plan_AfterARun_GoesByTheKnownPriceWithoutAskingForASimulationToo()
    {
        await using var simulator = await StartAsync(Dearer);
        var cli = Against(simulator);
        await cli.RunAsync("identify", flow);
        var asked = simulator.Ledger.Calls["GET /models/{id}"];

        var plan = await cli.RunAsync("plan", flow);
        var simulated = await cli.RunAsync("plan", flow, "--simulate");
        await cli.RunAsync("run", flow, "--simulate");

        Assert.StartsWith("Plan: 1 to send · est. $0.10 · ", plan.Output, StringComparison.Ordinal);
        Assert.StartsWith("Plan: 1 to send · est. $0.107 · ", simulated.Output, StringComparison.Ordinal);
        Assert.Contains("\n      prices: GET /models of ", simulated.Output, StringComparison.Ordinal);
        Assert.Equal(asked, simulator.Ledger.Calls["GET /models/{id}"]);
    }

    [Fact]
    public async Task Run_BudgetBelowTheFreshPrice_ExitsThreeBeforeAnythingIsSent()
    {
        await using var simulator = await StartAsync(Dearer);

        var run = await Against(simulator).RunAsync("run", flow, "--budget-usd", "0.08");

        Assert.Equal(ExitCodes.RefusedBeforeSpending, run.ExitCode);
        Assert.Contains("GKF4207: The estimate \"$0.107\" is above the budget of $0.08", run.Error, StringComparison.Ordinal);
        Assert.Empty(simulator.Ledger.Charges);
    }

    [Fact]
    public async Task Run_PriceOfNothing_IsNotBelievedAndTheBudgetHolds()
    {
        await using var simulator = await StartAsync(Quick with { SyncPrice = new(0, "second"), IdentifyPrice = new(0, "request") });

        var run = await Against(simulator).RunAsync("run", flow, "--budget-usd", "0.05");

        Assert.Equal(ExitCodes.RefusedBeforeSpending, run.ExitCode);
        Assert.Contains("warning GKF7081: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("GKF4207: The estimate \"$0.077\"", run.Error, StringComparison.Ordinal);
        Assert.Empty(simulator.Ledger.Charges);
    }

    [Theory]
    [InlineData("GET /models/*: 500")]
    [InlineData("GET /models/*: html-200")]
    [InlineData("GET /models/*: reset")]
    public async Task Run_PricesNotToBeHad_GoesByTheBuiltInList(string fault)
    {
        Assert.True(FaultRule.TryParse(fault, out var rule, out var problem), problem);
        await using var simulator = await StartAsync(Quick with { Faults = [rule] });

        var run = await Against(simulator).RunAsync("run", flow);

        Assert.Equal(ExitCodes.Done, run.ExitCode);
        Assert.Contains("about $0.077, estimated by built-in list of 2026-09-20 (Kling)", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_SavedPlanAndAnotherPriceSince_IsNotStaleAndSaysWhatItCostsNow()
    {
        await using var simulator = await StartAsync(Dearer);
        var cli = Against(simulator);
        await cli.RunAsync("plan", flow, "-o", "plan.json");

        var refused = await cli.RunAsync("run", "plan.json", "--budget-usd", "0.08");
        var run = await cli.RunAsync("run", "plan.json");

        Assert.Equal((ExitCodes.RefusedBeforeSpending, ExitCodes.Done), (refused.ExitCode, run.ExitCode));
        Assert.Contains("saved with an estimate of $0.077; by the prices of now it is $0.107.", run.Error, StringComparison.Ordinal);
        Assert.Equal(2, simulator.Ledger.Charges.Count);
    }

    [Fact]
    public async Task Identify_BudgetBelowItsPrice_ExitsThree()
    {
        File.AppendAllText(folder.File(flow), "run: { budget_usd: 0.008 }\n");
        await using var simulator = await StartAsync(Quick with { IdentifyPrice = new(9_000, "request") });

        var identify = await Against(simulator).RunAsync("identify", flow);

        Assert.Equal(ExitCodes.RefusedBeforeSpending, identify.ExitCode);
        Assert.Contains("identify $0.009 per request (built-in list: $0.007 per request).", identify.Error, StringComparison.Ordinal);
        Assert.Empty(simulator.Ledger.Charges);
    }

    private Task<SimulatorServer> StartAsync(SimulatorOptions options) => SimulatorServer.StartAsync(
        options with { MediaFiles = [.. Directory.EnumerateFiles(folder.File("quickstart/clips"), "*.mp4")] }, TimeProvider.System, CancellationToken.None);

    private CliRunner Against(SimulatorServer simulator) =>
        new(folder.Path) { Environment = { ["GMI_API_KEY"] = "k", ["GMI_BASE_URL"] = simulator.BaseUrl.AbsoluteUri } };
}
