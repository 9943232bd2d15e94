using System.Text.Json;
using GmiKlingFlow.Cli.Hosting;
using GmiKlingFlow.Cli.Output;
using GmiKlingFlow.Simulator;
using GmiKlingFlow.Simulator.Faults;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Cli.Tests.Commands;

public sealed class SettleCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task RunAsync_AbandonStalled_TheNextRunSendsItAgainAndTheStoryTellsWhy()
    {
        var flow = Flow();
        await using var simulator = await SlowAsync();
        var cli = Against(simulator);
        cli.Time = TimeProvider.System;
        var stalled = await cli.RunAsync("run", flow, "--deadline", "1s");
        var results = File.ReadAllText(folder.File("quickstart/out/quickstart/results.json"));

        var settled = await cli.RunAsync("settle", flow, "host-hello", "--abandon");
        var plan = await cli.RunAsync("plan", flow, "--format", "json");
        var story = await cli.RunAsync("status", flow, "--job", "host-hello");
        var run = await cli.RunAsync("run", flow);

        Assert.Equal((ExitCodes.NotSettled, ExitCodes.Done, ExitCodes.Done), (stalled.ExitCode, settled.ExitCode, run.ExitCode));
        Assert.Contains("gkflow settle quickstart/flow.yaml host-hello --abandon gives it up", stalled.Output, StringComparison.Ordinal);
        Assert.Contains("gkflow settle quickstart/flow.yaml host-hello --abandon gives it up", results, StringComparison.Ordinal);
        Assert.Contains("both are paid", settled.Error, StringComparison.Ordinal);
        Assert.Contains("is given up; gkflow run quickstart/flow.yaml sends it again", settled.Output, StringComparison.Ordinal);
        Assert.Contains("was given up by hand: it is sent again", plan.Output, StringComparison.Ordinal);
        Assert.Contains("lip-sync  stalled → abandoned (settled by hand: abandoned)", story.Output, StringComparison.Ordinal);
        Assert.Contains("job       stalled → pending (settled by hand)", story.Output, StringComparison.Ordinal);
        Assert.Equal(3, simulator.Ledger.Charges.Count);
    }

    [Fact]
    public async Task RunAsync_AdoptUnknown_TheNextRunDownloadsItAndNothingIsPaidTwice()
    {
        var flow = Flow();
        await using var simulator = await LosingAsync("POST /requests kling-lip-sync: 504-accepted");
        var cli = Against(simulator);
        var lost = await cli.RunAsync("run", flow);
        var id = simulator.Ledger.Charges[^1].RequestId;

        var status = await cli.RunAsync("status", flow);
        var settled = await cli.RunAsync("settle", flow, "host-hello", "--adopt", id, "--format", "json");
        var run = await cli.RunAsync("run", flow);

        Assert.Equal((ExitCodes.NotSettled, ExitCodes.Done, ExitCodes.Done), (lost.ExitCode, settled.ExitCode, run.ExitCode));
        Assert.Contains("by hand: gkflow settle quickstart/flow.yaml host-hello --adopt REQUEST_ID, or --abandon", status.Output, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(settled.Output);
        Assert.Equal(("adopted", id), (json.RootElement.GetProperty("decision").GetString(), json.RootElement.GetProperty("request_id").GetString()));
        Assert.Equal(2, simulator.Ledger.Charges.Count);
    }

    [Fact]
    public async Task RunAsync_AdoptIdentify_TheNextRunUsesItsSession()
    {
        var flow = Flow();
        await using var simulator = await LosingAsync("POST /requests kling-identify-face: 504-accepted");
        var cli = Against(simulator);
        await cli.RunAsync("run", flow);

        var settled = await cli.RunAsync("settle", flow, "host-hello", "--adopt", Assert.Single(simulator.Ledger.Charges).RequestId);
        var run = await cli.RunAsync("run", flow);

        Assert.Equal((ExitCodes.Done, ExitCodes.Done), (settled.ExitCode, run.ExitCode));
        Assert.Contains("host-hello: identify request", settled.Output, StringComparison.Ordinal);
        Assert.Equal(2, simulator.Ledger.Charges.Count);
    }

    [Theory]
    [InlineData("5b1e0f0a-7f0e-4a53-9c55-0d7f7a0c1d22", ExitCodes.WrongInput, "GKF7040")]
    [InlineData("identify", ExitCodes.WrongInput, "GKF8031")]
    public async Task RunAsync_AdoptWrongRequest_IsRefusedAndChangesNothing(string request, int exitCode, string code)
    {
        var flow = Flow();
        await using var simulator = await LosingAsync("POST /requests kling-lip-sync: 504-accepted");
        var cli = Against(simulator);
        await cli.RunAsync("run", flow);
        var before = await cli.RunAsync("status", flow, "--format", "json");

        var settled = await cli.RunAsync("settle", flow, "host-hello", "--adopt", request == "identify" ? simulator.Ledger.Charges[0].RequestId : request);

        Assert.Equal(exitCode, settled.ExitCode);
        Assert.Contains($"error {code}: ", settled.Error, StringComparison.Ordinal);
        Assert.EndsWith("Nothing was changed.\n", settled.Error, StringComparison.Ordinal);
        Assert.Equal(before, await cli.RunAsync("status", flow, "--format", "json"));
    }

    [Fact]
    public async Task RunAsync_AdoptWithoutKey_ExitsTwo()
    {
        var (flow, cli) = await UnknownAsync();
        cli.Environment.Remove("GMI_API_KEY");

        var settled = await cli.RunAsync("settle", flow, "host-hello", "--adopt", "r1");

        Assert.Equal(ExitCodes.WrongInput, settled.ExitCode);
        Assert.StartsWith("error GKF9031: ", settled.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_AdoptWithKeyRefused_ExitsFour()
    {
        var flow = Flow();
        await using var simulator = await LosingAsync("POST /requests kling-lip-sync: 504-accepted", "GET /requests/{id}: 401");
        var cli = Against(simulator);
        await cli.RunAsync("run", flow);

        var settled = await cli.RunAsync("settle", flow, "host-hello", "--adopt", simulator.Ledger.Charges[^1].RequestId);

        Assert.Equal(ExitCodes.ServiceUnusable, settled.ExitCode);
        Assert.StartsWith("error GKF7021: ", settled.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_FinishedJob_IsRefusedByItsState()
    {
        var flow = Flow();
        await using var simulator = await SimulatorServer.StartAsync(new SimulatorOptions { Speed = 50, Render = false }, TimeProvider.System, CancellationToken.None);
        var cli = Against(simulator);
        await cli.RunAsync("run", flow);

        foreach (var decision in new[] { "--abandon", "--adopt=r1" })
        {
            var settled = await cli.RunAsync("settle", flow, "host-hello", decision);

            Assert.Equal(ExitCodes.WrongInput, settled.ExitCode);
            Assert.StartsWith("error GKF8030: \"host-hello\" is succeeded: ", settled.Error, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("n\n", ExitCodes.RefusedBeforeSpending, "unknown")]
    [InlineData("y\n", ExitCodes.Done, "pending")]
    public async Task RunAsync_AbandonOnATerminal_Asks(string typed, int exitCode, string status)
    {
        var (flow, cli) = await UnknownAsync();
        cli.Traits = TerminalTraits.Redirected with { InputIsTerminal = true, ErrorIsTerminal = true, Plain = true, NoRedraw = true };
        cli.Typed = typed;

        var settled = await cli.RunAsync("settle", flow, "host-hello", "--abandon");

        Assert.Equal(exitCode, settled.ExitCode);
        Assert.Contains("Give up the request of host-hello? [y/N]", settled.Error, StringComparison.Ordinal);
        Assert.EndsWith($"1 job: 1 {status}\n", (await cli.RunAsync("status", flow)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_OtherService_NamesTheOptionThatIsMissing()
    {
        var (flow, cli) = await UnknownAsync();
        var url = cli.Environment["GMI_BASE_URL"].TrimEnd('/');
        cli.Environment.Remove("GMI_BASE_URL");

        var settled = await cli.RunAsync("settle", flow, "host-hello", "--abandon");
        var status = await cli.RunAsync("status", flow);
        var right = await cli.RunAsync("settle", flow, "host-hello", "--base-url", url, "--abandon");

        Assert.Contains($"error GKF9032: \"host-hello\" was sent to {url}. Add --base-url {url}.", settled.Error, StringComparison.Ordinal);
        Assert.Contains($"gkflow settle quickstart/flow.yaml host-hello --base-url {url} --adopt REQUEST_ID", status.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Done, right.ExitCode);
    }

    [Theory]
    [InlineData("settle quickstart/flow.yaml host-hello", "GKF9029")]
    [InlineData("settle quickstart/flow.yaml host-hello --abandon --adopt r1", "GKF9029")]
    [InlineData("settle quickstart/flow.yaml host-hello --abandon", "GKF9030")]
    [InlineData("settle nope.yaml host-hello --abandon", "GKF9028")]
    [InlineData("settle quickstart/flow.yaml --abandon", "GKF9004")]
    public async Task RunAsync_WrongCommandLine_ExitsTwo(string line, string code)
    {
        Flow();

        var result = await new CliRunner(folder.Path).RunAsync(line.Split(' '));

        Assert.Equal(ExitCodes.WrongInput, result.ExitCode);
        Assert.StartsWith($"error {code}: ", result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.File("quickstart/.gkflow")));
    }

    [Fact]
    public async Task RunAsync_SimulatedJob_SaysToRunItAgain()
    {
        var flow = Flow();
        var cli = new CliRunner(folder.Path);
        await cli.RunAsync("run", flow, "--simulate");

        var result = await cli.RunAsync("settle", flow, "host-hello", "--abandon");

        Assert.Equal(ExitCodes.WrongInput, result.ExitCode);
        Assert.StartsWith("error GKF9034: ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_UnknownJob_NamesTheNearest()
    {
        var (flow, cli) = await UnknownAsync();

        var result = await cli.RunAsync("settle", flow, "host-helo", "--abandon");

        Assert.Contains("Did you mean \"host-hello\"?", result.Error, StringComparison.Ordinal);
    }

    private string Flow()
    {
        var flow = ExampleFlow.CopyTo(folder, "quickstart");
        File.AppendAllText(folder.File(flow), "\nrun: { settle_after: 0s }\n");
        return flow;
    }

    private async Task<(string Flow, CliRunner Cli)> UnknownAsync()
    {
        var flow = Flow();
        await using var simulator = await LosingAsync("POST /requests kling-lip-sync: 504-accepted");
        var cli = Against(simulator);
        Assert.Equal(ExitCodes.NotSettled, (await cli.RunAsync("run", flow)).ExitCode);
        return (flow, cli);
    }

    private CliRunner Against(SimulatorServer simulator) => new(folder.Path)
    {
        Environment = { ["GMI_API_KEY"] = "k", ["GMI_BASE_URL"] = simulator.BaseUrl.AbsoluteUri },
        Time = new HurriedTimeProvider(),
    };

    private static Task<SimulatorServer> SlowAsync() => SimulatorServer.StartAsync(
        new SimulatorOptions { ProcessingTime = TimeSpan.FromSeconds(3), IdentifyTime = TimeSpan.Zero, Render = false }, TimeProvider.System, CancellationToken.None);

    /// <summary>A service whose list can't be had, so that what is lost stays lost.</summary>
    private static Task<SimulatorServer> LosingAsync(params string[] faults) => SimulatorServer.StartAsync(
        new SimulatorOptions { Speed = 50, Render = false, Faults = [.. faults.Append("GET /requests: 400").Select(Rule)] }, TimeProvider.System, CancellationToken.None);

    private static FaultRule Rule(string text) => FaultRule.TryParse(text, out var rule, out var reason) ? rule : throw new ArgumentException(reason, nameof(text));
}
