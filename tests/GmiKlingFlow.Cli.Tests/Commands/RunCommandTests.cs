using System.Text.Json;
using GmiKlingFlow.Cli.Hosting;
using GmiKlingFlow.Cli.Output;
using GmiKlingFlow.Simulator;
using GmiKlingFlow.Simulator.Faults;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Cli.Tests.Commands;

public sealed class RunCommandTests : IDisposable
{
    private static readonly SimulatorOptions Quick = new() { Speed = 50, Render = false };

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task RunAsync_Simulate_MakesVideoAndResultsAndSaysWhereAndHowMuch()
    {
        var flow = ExampleFlow.CopyTo(folder, "quickstart");

        var result = await new CliRunner(folder.Path).RunAsync("run", flow, "--simulate");

        Assert.Equal(ExitCodes.Done, result.ExitCode);
        Assert.Contains("succeeded  host-hello  quickstart/out/quickstart/host-hello.mp4", result.Output, StringComparison.Ordinal);
        Assert.Contains("simulated: nothing was spent, the service would have cost about $0.077", result.Output, StringComparison.Ordinal);
        Assert.Contains("Results: quickstart/out/quickstart/results.yaml", result.Output, StringComparison.Ordinal);
        Assert.Contains("Simulated: nothing is sent to GMI", result.Error, StringComparison.Ordinal);
        Assert.Contains("host-hello: lip-sync: processing", result.Error, StringComparison.Ordinal);
        Assert.All(new[] { "host-hello.mp4", "results.yaml", "results.json" }, file => Assert.True(new FileInfo(folder.File($"quickstart/out/quickstart/{file}")).Length > 0, file));
    }

    [Fact]
    public async Task RunAsync_Again_SendsNothing()
    {
        var flow = ExampleFlow.CopyTo(folder, "two-speakers");
        await using var simulator = await StartAsync("two-speakers");
        var cli = Against(simulator, out var url);

        await cli.RunAsync("run", flow, "--base-url", url);
        var charges = simulator.Ledger.Charges.Count;
        var second = await cli.RunAsync("run", flow, "--base-url", url);

        Assert.Equal(2, charges);
        Assert.Equal(2, simulator.Ledger.Charges.Count);
        Assert.Equal(ExitCodes.Done, second.ExitCode);
        Assert.Contains("Run: 1 reused · nothing was spent", second.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_NothingToDo_NeedsNoKey()
    {
        var flow = ExampleFlow.CopyTo(folder, "quickstart");
        await using var simulator = await StartAsync("quickstart");
        var cli = Against(simulator, out var url);
        await cli.RunAsync("run", flow, "--base-url", url);

        var second = await new CliRunner(folder.Path).RunAsync("run", flow, "--base-url", url);

        Assert.Equal(ExitCodes.Done, second.ExitCode);
    }

    [Fact]
    public async Task RunAsync_NoKey_ExitsTwoAndNamesBothWaysOut()
    {
        var flow = ExampleFlow.CopyTo(folder, "quickstart");

        var result = await new CliRunner(folder.Path).RunAsync("run", flow);

        Assert.Equal(ExitCodes.WrongInput, result.ExitCode);
        Assert.StartsWith("error GKF9012: \"GMI_API_KEY\" is not set.", result.Error, StringComparison.Ordinal);
        Assert.Contains("--simulate", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("key with blanks", null, "GKF7001")]
    [InlineData("k", "http://example.com/requestqueue/apikey", "GKF7002")]
    [InlineData("k", "no address", "GKF7002")]
    public async Task RunAsync_KeyOrAddressUnusable_ExitsTwoBeforeAnythingIsSent(string key, string? url, string code)
    {
        var flow = ExampleFlow.CopyTo(folder, "quickstart");
        var cli = new CliRunner(folder.Path) { Environment = { ["GMI_API_KEY"] = key } };
        if (url is not null)
        {
            cli.Environment["GMI_BASE_URL"] = url;
        }

        var result = await cli.RunAsync("run", flow);

        Assert.Equal(ExitCodes.WrongInput, result.ExitCode);
        Assert.Contains($"error {code}: ", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("key with blanks", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_AboveTheBudget_ExitsThreeAndSendsNothing()
    {
        var flow = ExampleFlow.CopyTo(folder, "quickstart");
        await using var simulator = await StartAsync("quickstart");

        var result = await Against(simulator, out var url).RunAsync("run", flow, "--base-url", url, "--budget-usd", "0.05");

        Assert.Equal(ExitCodes.RefusedBeforeSpending, result.ExitCode);
        Assert.Contains("Nothing was sent.", result.Error, StringComparison.Ordinal);
        Assert.Equal(["GET /models/{id}"], simulator.Ledger.Calls.Keys);
    }

    [Theory]
    [InlineData("y\n", ExitCodes.Done, 2)]
    [InlineData("yes\n", ExitCodes.Done, 2)]
    [InlineData("n\n", ExitCodes.RefusedBeforeSpending, 0)]
    [InlineData("\n", ExitCodes.RefusedBeforeSpending, 0)]
    [InlineData("", ExitCodes.RefusedBeforeSpending, 0)]
    public async Task RunAsync_OnATerminal_ShowsThePlanAndAsks(string typed, int exitCode, int charges)
    {
        var flow = ExampleFlow.CopyTo(folder, "quickstart");
        await using var simulator = await StartAsync("quickstart");
        var cli = Against(simulator, out var url);
        cli.Traits = TerminalTraits.Redirected with { InputIsTerminal = true, ErrorIsTerminal = true, Plain = true, NoRedraw = true };
        cli.Typed = typed;

        var result = await cli.RunAsync("run", flow, "--base-url", url);

        Assert.Equal((exitCode, charges), (result.ExitCode, simulator.Ledger.Charges.Count));
        Assert.Contains("+ host-hello · $0.077 · new", result.Error, StringComparison.Ordinal);
        Assert.Contains("spend about $0.077? [y/N]", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_YesOnATerminal_DoesNotAsk()
    {
        var flow = ExampleFlow.CopyTo(folder, "quickstart");
        await using var simulator = await StartAsync("quickstart");
        var cli = Against(simulator, out var url);
        cli.Traits = TerminalTraits.Redirected with { InputIsTerminal = true, ErrorIsTerminal = true, Plain = true, NoRedraw = true };

        var result = await cli.RunAsync("run", flow, "--base-url", url, "--yes");

        Assert.Equal(ExitCodes.Done, result.ExitCode);
        Assert.DoesNotContain("[y/N]", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_LiveDisplay_LeavesTheSummaryAndNeverHidesTheCursor()
    {
        var flow = ExampleFlow.CopyTo(folder, "quickstart");
        var cli = new CliRunner(folder.Path) { Traits = TerminalTraits.Redirected with { ErrorIsTerminal = true } };

        var result = await cli.RunAsync("run", flow, "--simulate");

        Assert.Equal(ExitCodes.Done, result.ExitCode);
        Assert.Contains("0/1 jobs", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("\e[?25l", result.Error, StringComparison.Ordinal);
        Assert.EndsWith("\e[J", result.Error, StringComparison.Ordinal);
        Assert.Contains("Run: 1 succeeded", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST /requests: 401", ExitCodes.ServiceUnusable)]
    [InlineData("POST /requests: 402", ExitCodes.ServiceUnusable)]
    [InlineData("POST /requests kling-lip-sync: failed", ExitCodes.JobFailed)]
    [InlineData("POST /requests kling-lip-sync: 400", ExitCodes.JobFailed)]
    public async Task RunAsync_ServiceSaysNo_ExitCodeTellsHow(string fault, int exitCode)
    {
        var flow = ExampleFlow.CopyTo(folder, "quickstart");
        Assert.True(FaultRule.TryParse(fault, out var rule, out _));
        await using var simulator = await SimulatorServer.StartAsync(Quick with { Faults = [rule] }, TimeProvider.System, CancellationToken.None);

        var result = await Against(simulator, out var url).RunAsync("run", flow, "--base-url", url);

        Assert.Equal(exitCode, result.ExitCode);
        Assert.Contains("GKF7", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_Stalled_ExitsSixAndTheNextRunFinishesWithoutPayingAgain()
    {
        var flow = ExampleFlow.CopyTo(folder, "quickstart");
        await using var simulator = await SimulatorServer.StartAsync(new SimulatorOptions { ProcessingTime = TimeSpan.FromSeconds(4), IdentifyTime = TimeSpan.Zero, Render = false }, TimeProvider.System, CancellationToken.None);
        var cli = Against(simulator, out var url);

        var first = await cli.RunAsync("run", flow, "--base-url", url, "--deadline", "1s");
        var second = await cli.RunAsync("run", flow, "--base-url", url);

        Assert.Equal((ExitCodes.NotSettled, ExitCodes.Done), (first.ExitCode, second.ExitCode));
        Assert.Equal(2, simulator.Ledger.Charges.Count);
    }

    [Fact]
    public async Task RunAsync_CtrlC_DrainsExitsOneHundredThirtyAndTheNextRunGoesOn()
    {
        var flow = ExampleFlow.CopyTo(folder, "ci");
        await using var simulator = await SimulatorServer.StartAsync(new SimulatorOptions { ProcessingTime = TimeSpan.FromSeconds(3), IdentifyTime = TimeSpan.Zero, Render = false }, TimeProvider.System, CancellationToken.None);
        var cli = Against(simulator, out var url);

        var running = cli.RunAsync("run", flow, "--base-url", url, "--concurrency", "1");
        while (simulator.Ledger.Charges.Count < 2)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, CancellationToken.None);
        }

        cli.Stop.PressCtrlC();
        var first = await running;
        var second = await Against(simulator, out _).RunAsync("run", flow, "--base-url", url);

        Assert.Equal(ExitCodes.Interrupted, first.ExitCode);
        Assert.Contains("Stopping: nothing new is sent", first.Error, StringComparison.Ordinal);
        Assert.Contains("Run the same command again", first.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Done, second.ExitCode);
        Assert.Equal(3, simulator.Ledger.Charges.Count);
    }

    [Fact]
    public async Task RunAsync_FreshInterrupted_TheNextRunFollowsWhatIsPaidAndNotTheOldOutput()
    {
        var flow = ExampleFlow.CopyTo(folder, "quickstart");
        await using var simulator = await SimulatorServer.StartAsync(new SimulatorOptions { ProcessingTime = TimeSpan.FromSeconds(2), IdentifyTime = TimeSpan.Zero, Render = false }, TimeProvider.System, CancellationToken.None);
        var cli = Against(simulator, out var url);
        await cli.RunAsync("run", flow, "--base-url", url);

        var running = cli.RunAsync("run", flow, "--base-url", url, "--fresh");
        while (simulator.Ledger.Charges.Count < 4)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, CancellationToken.None);
        }

        cli.Stop.PressCtrlC();
        var interrupted = await running;
        var next = await Against(simulator, out _).RunAsync("run", flow, "--base-url", url);

        Assert.Contains("again without --fresh", interrupted.Output, StringComparison.Ordinal);
        Assert.Contains("Run: 1 succeeded", next.Output, StringComparison.Ordinal);
        Assert.Equal(4, simulator.Ledger.Charges.Count);
    }

    [Fact]
    public async Task RunAsync_JobsFailAlike_ReasonIsToldOnce()
    {
        var flow = ExampleFlow.CopyTo(folder, "ci");
        Assert.True(FaultRule.TryParse("POST /requests kling-lip-sync: 400", out var rule, out _));
        await using var simulator = await SimulatorServer.StartAsync(Quick with { Faults = [rule] }, TimeProvider.System, CancellationToken.None);

        var result = await Against(simulator, out var url).RunAsync("run", flow, "--base-url", url);

        Assert.Equal(ExitCodes.JobFailed, result.ExitCode);
        Assert.Contains("2 failed", result.Output, StringComparison.Ordinal);
        Assert.Single(result.Output.Split('\n'), static line => line.Contains("parameters were refused", StringComparison.Ordinal));
        Assert.Contains("           As host-en.\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_ConcurrencyAndBudgetGiven_TheEstimateSpeaksOfThem()
    {
        var flow = ExampleFlow.CopyTo(folder, "quickstart");

        var result = await new CliRunner(folder.Path).RunAsync("run", flow, "--simulate", "--concurrency", "9", "--budget-usd", "3");

        Assert.Contains("\nPlan: 1 to send · est. $0.077 (cap $3.00) · about 5 min at 9 in flight\n", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_ServiceNotThere_ExitsFour()
    {
        var flow = ExampleFlow.CopyTo(folder, "quickstart");
        var cli = new CliRunner(folder.Path) { Environment = { ["GMI_API_KEY"] = "k" } };

        var result = await cli.RunAsync("run", flow, "--base-url", "http://127.0.0.1:9/requestqueue/apikey");

        Assert.Equal(ExitCodes.ServiceUnusable, result.ExitCode);
        Assert.Contains("GKF7010", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_OutIsAFile_NamesItAndClaimsNoResults()
    {
        var flow = ExampleFlow.CopyTo(folder, "quickstart");
        File.WriteAllText(folder.File("quickstart/out"), "");

        var result = await new CliRunner(folder.Path).RunAsync("run", flow, "--simulate");

        Assert.Equal(ExitCodes.StateUnusable, result.ExitCode);
        Assert.Contains($"\"{folder.File("quickstart/out")}\" is a file, where a folder is needed", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Results:", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_SimulatedOverRealResults_KeepsThem()
    {
        var flow = ExampleFlow.CopyTo(folder, "quickstart");
        await using var simulator = await StartAsync("quickstart");
        await Against(simulator, out var url).RunAsync("run", flow, "--base-url", url);
        var (json, yaml) = (folder.File("quickstart/out/quickstart/results.json"), folder.File("quickstart/out/quickstart/results.yaml"));
        var (real, realYaml) = (File.ReadAllText(json), File.ReadAllText(yaml));
        using var document = JsonDocument.Parse(real);
        var run = document.RootElement.GetProperty("run").GetProperty("id").GetString();

        var result = await new CliRunner(folder.Path).RunAsync("run", flow, "--simulate");

        Assert.Contains($"kept in quickstart/out/quickstart/results.{run}.json", result.Output, StringComparison.Ordinal);
        Assert.Equal(real, File.ReadAllText(folder.File($"quickstart/out/quickstart/results.{run}.json")));
        Assert.Equal(realYaml, File.ReadAllText(folder.File($"quickstart/out/quickstart/results.{run}.yaml")));
        Assert.Contains("\"simulated\": true", File.ReadAllText(json), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("30")]
    [InlineData("0.5")]
    [InlineData("999ms")]
    [InlineData("0s")]
    public async Task RunAsync_DeadlineWithoutUnitOrTooShort_ExitsTwo(string deadline)
    {
        var flow = ExampleFlow.CopyTo(folder, "quickstart");

        var result = await new CliRunner(folder.Path).RunAsync("run", flow, "--simulate", "--deadline", deadline);

        Assert.Equal(ExitCodes.WrongInput, result.ExitCode);
        Assert.Contains("GKF9027", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_FormatJson_PrintsOneEventPerLine()
    {
        var flow = ExampleFlow.CopyTo(folder, "quickstart");

        var result = await new CliRunner(folder.Path).RunAsync("run", flow, "--simulate", "--format", "json");

        var events = result.Output.TrimEnd().Split('\n').Select(line =>
        {
            using var json = JsonDocument.Parse(line);
            Assert.Equal("quickstart", json.RootElement.GetProperty("flow").GetString());
            return json.RootElement.GetProperty("event").GetString();
        }).ToList();
        Assert.Equal("run_started", events[0]);
        Assert.Equal(["job_finished", "run_finished"], events[^2..]);
        Assert.Contains("submitted", events);
    }

    [Fact]
    public async Task RunAsync_OneWrongFlowAmongSeveral_StartsNone()
    {
        var good = ExampleFlow.CopyTo(folder, "quickstart");
        var wrong = ExampleFlow.CopyTo(folder, "ci");
        File.AppendAllText(folder.File(wrong), "nonsense: 1\n");

        var result = await new CliRunner(folder.Path).RunAsync("run", good, wrong, "--simulate");

        Assert.Equal(ExitCodes.WrongInput, result.ExitCode);
        Assert.Contains("Nothing was sent.", result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.File("quickstart/out")));
    }

    [Fact]
    public async Task RunAsync_SeveralFlowsWithOneOutAndOneState_EachHasItsFolder()
    {
        var first = ExampleFlow.CopyTo(folder, "quickstart");
        var second = ExampleFlow.CopyTo(folder, "two-speakers");

        var result = await new CliRunner(folder.Path).RunAsync("run", first, second, "--simulate", "--out", "videos", "--state", "state");

        Assert.Equal(ExitCodes.Done, result.ExitCode);
        Assert.True(File.Exists(folder.File("videos/quickstart/host-hello.mp4")));
        Assert.True(File.Exists(folder.File("videos/two-speakers/interview.mp4")));
        Assert.True(File.Exists(folder.File("state/state.db")));
    }

    [Fact]
    public async Task RunAsync_Secrets_AppearNowhere()
    {
        const string Key = "eyJ-canary-key-0123456789";
        var flow = ExampleFlow.CopyTo(folder, "quickstart");
        await using var simulator = await StartAsync("quickstart");
        var cli = Against(simulator, out var url);
        cli.Environment["GMI_API_KEY"] = Key;

        var result = await cli.RunAsync("run", flow, "--base-url", url, "--log-level", "debug");

        Assert.Equal(ExitCodes.Done, result.ExitCode);
        Assert.DoesNotContain(Key, result.Output + result.Error, StringComparison.Ordinal);
        foreach (var file in Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories))
        {
            Assert.True(File.ReadAllBytes(file).AsSpan().IndexOf("canary-key"u8) < 0, file);
        }
    }

    private CliRunner Against(SimulatorServer simulator, out string url)
    {
        url = simulator.BaseUrl.AbsoluteUri;
        var cli = new CliRunner(folder.Path) { Environment = { ["GMI_API_KEY"] = "k" } };
        return cli;
    }

    private Task<SimulatorServer> StartAsync(string example) => SimulatorServer.StartAsync(
        Quick with { MediaFiles = [.. Directory.EnumerateFiles(folder.File($"{example}/clips"), "*.mp4")] }, TimeProvider.System, CancellationToken.None);
}
