using System.Text.Json.Nodes;
using GmiKlingFlow.Cli.Hosting;
using GmiKlingFlow.Simulator;
using GmiKlingFlow.Simulator.Faults;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Cli.Tests.Commands;

/// <summary><c>--only-failed</c> where nothing failed: it says why and where the failures are, and takes no results away.</summary>
public sealed class OnlyFailedTests : IAsyncLifetime
{
    private const string Results = "ci/out/ci";

    private readonly TemporaryFolder folder = new();
    private readonly List<SimulatorServer> services = [];
    private string flow = "";

    public async ValueTask InitializeAsync()
    {
        flow = ExampleFlow.CopyTo(folder, "ci");
        Assert.True(FaultRule.TryParse("POST /requests kling-lip-sync: 400", out var rule, out _));
        services.Add(await SimulatorServer.StartAsync(new SimulatorOptions { Speed = 50, Render = false, Faults = [rule] }, TimeProvider.System, CancellationToken.None));
        services.Add(await SimulatorServer.StartAsync(new SimulatorOptions { Speed = 50, Render = false }, TimeProvider.System, CancellationToken.None));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in services)
        {
            await service.DisposeAsync();
        }

        folder.Dispose();
    }

    [Fact]
    public async Task RunAsync_FailedAtAnotherService_NamesItAndKeepsItsResults()
    {
        await RunAsync(Failing);
        var before = File.ReadAllText(folder.File($"{Results}/results.json"));

        var result = await RunAsync(Working, "--only-failed");

        Assert.Equal(ExitCodes.Done, result.ExitCode);
        Assert.Contains("warning GKF4290: \"--only-failed\" chooses no job: none of \"ci\" failed at", result.Error, StringComparison.Ordinal);
        Assert.Contains($"but 2 did at {Failing}.", string.Join(' ', result.Error.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        var run = JsonNode.Parse(before)?["run"]?["id"]?.GetValue<string>();
        Assert.Contains($"The results of the last real run are kept in {Results}/results.{run}.json.", result.Output, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(folder.File($"{Results}/results.{run}.json")));
        Assert.True(File.Exists(folder.File($"{Results}/results.{run}.yaml")));
    }

    [Fact]
    public async Task RunAsync_NothingIsChosenAgain_KeepsNoResultsOfNothing()
    {
        await RunAsync(Failing);
        await RunAsync(Working, "--only-failed");
        var kept = Directory.GetFiles(folder.File(Results));

        var again = await RunAsync(Working, "--only-failed");

        Assert.DoesNotContain("are kept in", again.Output, StringComparison.Ordinal);
        Assert.Equal(kept.Order(StringComparer.Ordinal), Directory.GetFiles(folder.File(Results)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task RunAsync_NoneFailedHere_SaysSoAndKeepsTheResults()
    {
        await RunAsync(Working);

        var result = await RunAsync(Working, "--only-failed");

        Assert.Equal(ExitCodes.Done, result.ExitCode);
        Assert.Contains("GKF4291: \"--only-failed\" chooses no job: none of \"ci\" failed at", result.Error, StringComparison.Ordinal);
        Assert.Contains("are kept in", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_OtherServiceDoesAllJobs_KeepsTheFirstOnesResults()
    {
        await RunAsync(Failing);

        var result = await RunAsync(Working);

        Assert.Equal(ExitCodes.Done, result.ExitCode);
        Assert.Contains("The results of the last real run are kept in", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PlanAsync_StateIsAnother_SaysThatItKnowsNothing()
    {
        var result = await new CliRunner(folder.Path).RunAsync("plan", flow, "--only-failed", "--state", "elsewhere", "--format", "json");

        var problem = JsonNode.Parse(result.Output)?["diagnostics"]?.AsArray().Single();
        Assert.Equal(("GKF4291", "warning"), (problem?["code"]?.GetValue<string>(), problem?["severity"]?.GetValue<string>()));
    }

    [Fact]
    public async Task RunAsync_SomeFailedHere_ChoosesThemWithoutAWord()
    {
        await RunAsync(Failing);

        var result = await new CliRunner(folder.Path).RunAsync("plan", flow, "--only-failed", "--base-url", Failing);

        Assert.StartsWith("Plan: 2 to send", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("GKF429", result.Error, StringComparison.Ordinal);
    }

    private string Failing => services[0].BaseUrl.AbsoluteUri.TrimEnd('/');

    private string Working => services[1].BaseUrl.AbsoluteUri.TrimEnd('/');

    private Task<CliResult> RunAsync(string service, params string[] options) =>
        new CliRunner(folder.Path) { Environment = { ["GMI_API_KEY"] = "k" } }.RunAsync(["run", flow, "--base-url", service, .. options]);
}
