using System.Text.Json.Nodes;
using System.Xml.Linq;
using GmiKlingFlow.Cli.Hosting;
using GmiKlingFlow.Simulator;
using GmiKlingFlow.Simulator.Faults;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Cli.Tests.Commands;

/// <summary>What a pipeline reads of a run: files, annotations, the step summary.</summary>
public sealed class RunOutputTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task RunAsync_JobsFail_EveryReportNamesThem()
    {
        var (cli, arguments, simulator) = await FailingAsync();
        await using var _ = simulator;

        var result = await cli.RunAsync([.. arguments, "--format", "github", "--junit", "reports/run.xml", "--sarif", "reports/run.sarif"]);

        Assert.Equal(ExitCodes.JobFailed, result.ExitCode);
        Assert.Matches("^::error file=ci/flow.yaml,line=23,(col=[0-9]+,)?endLine=[0-9]+,(endColumn=[0-9]+,)?title=GKF7[0-9]{3}%3A [^:]*::\"host-en\" failed: ", result.Output);
        Assert.Equal(2, result.Output.TrimEnd().Split('\n').Length);
        Assert.Contains("Run: 2 failed", result.Error, StringComparison.Ordinal);

        var suite = XDocument.Load(folder.File("reports/run.xml")).Descendants("testsuite").Single();
        Assert.Equal(("ci", "2", "2"), (suite.Attribute("name")?.Value, suite.Attribute("tests")?.Value, suite.Attribute("failures")?.Value));

        var log = JsonNode.Parse(File.ReadAllText(folder.File("reports/run.sarif")));
        Assert.Empty(SchemaJudge.Errors("../tests/schema-tools/sarif-2.1.0.schema.json", log)[0]);
        var region = log?["runs"]?[0]?["results"]?[0]?["locations"]?[0]?["physicalLocation"];
        Assert.Equal(("ci/flow.yaml", 23), (region?["artifactLocation"]?["uri"]?.GetValue<string>(), region?["region"]?["startLine"]?.GetValue<int>()));

        var summary = File.ReadAllText(folder.File("summary.md"));
        Assert.StartsWith("### ci\n\n**Run: 2 failed", summary, StringComparison.Ordinal);
        Assert.Contains("\n| failed | `host-en` | `host` |", summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_FailFast_LeavesTheRestPendingAndExitsOne()
    {
        var (cli, arguments, simulator) = await FailingAsync();
        await using var _ = simulator;

        var result = await cli.RunAsync([.. arguments, "--concurrency", "1", "--fail-fast"]);

        Assert.Equal(ExitCodes.JobFailed, result.ExitCode);
        Assert.Contains("Run: 1 failed, 1 pending", result.Output, StringComparison.Ordinal);
        Assert.Contains("Ended early: GKF9070: A job failed, and \"--fail-fast\" sends nothing new then.", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_FailFastInTheFirstFlow_StartsNoOther()
    {
        var (cli, arguments, simulator) = await FailingAsync();
        await using var _ = simulator;
        var other = ExampleFlow.CopyTo(folder, "quickstart");

        var result = await cli.RunAsync([.. arguments, other, "--fail-fast", "--concurrency", "1", "--junit", "run.xml"]);

        Assert.Equal(ExitCodes.JobFailed, result.ExitCode);
        Assert.Contains("quickstart: Not started: 1 job failed before.", result.Error, StringComparison.Ordinal);
        Assert.Equal(["ci", "quickstart"], XDocument.Load(folder.File("run.xml")).Descendants("testsuite").Select(suite => suite.Attribute("name")?.Value));
    }

    [Fact]
    public async Task RunAsync_Refused_ReportsAreWrittenAndNotGreen()
    {
        var flow = ExampleFlow.CopyTo(folder, "quickstart");
        var cli = new CliRunner(folder.Path) { Environment = { ["GITHUB_STEP_SUMMARY"] = folder.File("summary.md") } };

        var result = await cli.RunAsync("run", flow, "--simulate", "--budget-usd", "0.01", "--junit", "run.xml", "--format", "github");

        Assert.Equal(ExitCodes.RefusedBeforeSpending, result.ExitCode);
        Assert.StartsWith("::error title=GKF4207", result.Output, StringComparison.Ordinal);
        Assert.Equal("GKF4207", XDocument.Load(folder.File("run.xml")).Descendants("error").Single().Attribute("type")?.Value);
        Assert.Contains("`GKF4207`", File.ReadAllText(folder.File("summary.md")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--junit", "GKF9071")]
    [InlineData("--sarif", "GKF9055")]
    public async Task RunAsync_ReportOverTheFlow_IsRefusedBeforeAnythingIsSent(string option, string code)
    {
        var flow = ExampleFlow.CopyTo(folder, "quickstart");
        var before = File.ReadAllText(folder.File(flow));

        var result = await new CliRunner(folder.Path).RunAsync("run", flow, "--simulate", option, flow);

        Assert.Equal((ExitCodes.WrongInput, before), (result.ExitCode, File.ReadAllText(folder.File(flow))));
        Assert.StartsWith($"error {code}:", result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.File("quickstart/out")));
    }

    [Fact]
    public async Task RunAsync_ReportOverAnOlderReport_ReplacesIt()
    {
        var flow = ExampleFlow.CopyTo(folder, "quickstart");
        var cli = new CliRunner(folder.Path);

        await cli.RunAsync("run", flow, "--simulate", "--junit", "run.xml");
        var again = await cli.RunAsync("run", flow, "--simulate", "--junit", "run.xml");

        Assert.Equal(ExitCodes.Done, again.ExitCode);
        Assert.Contains("1 reused", XDocument.Load(folder.File("run.xml")).Descendants("system-out").Single().Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_Shard_IsInResultsWithEachJobsOwn()
    {
        var flow = ExampleFlow.CopyTo(folder, "localisation");

        await new CliRunner(folder.Path).RunAsync("run", flow, "--simulate", "--shard", "1/2");

        var results = JsonNode.Parse(File.ReadAllText(folder.File("localisation/out/localisation/results.json")));
        Assert.Empty(SchemaJudge.Errors("results.v1.schema.json", results)[0]);
        Assert.Equal("""{"index":1,"count":2}""", results?["run"]?["shard"]?.ToJsonString());
        Assert.All(results?["jobs"]?.AsArray() ?? [], job => Assert.Equal(job?["shard"]?.GetValue<int>() == 1, job?["status"]?.GetValue<string>() == "succeeded"));
    }

    [Fact]
    public async Task RunAsync_PlanAndValidateInActions_AddToTheStepSummary()
    {
        var flow = ExampleFlow.CopyTo(folder, "quickstart");
        folder.Write("bad.yaml", "apiVersion: gmiklingflow/v1\nkind: Flow\nname: \"a|b<img>\"\n");
        var cli = new CliRunner(folder.Path) { Environment = { ["GITHUB_STEP_SUMMARY"] = folder.File("summary.md") } };

        await cli.RunAsync("validate", "bad.yaml");
        await cli.RunAsync("plan", flow);

        var summary = File.ReadAllText(folder.File("summary.md"));
        Assert.StartsWith("**bad.yaml: ", summary, StringComparison.Ordinal);
        Assert.Contains("\n| error | `GKF", summary, StringComparison.Ordinal);
        Assert.DoesNotContain("<img>", summary, StringComparison.Ordinal);
        Assert.Contains("\n### quickstart\n\n**Plan: 1 to send", summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_SummaryIsFull_SaysSoAndGoesOn()
    {
        var flow = ExampleFlow.CopyTo(folder, "quickstart");
        folder.Write("summary.md", new string('x', 1024 * 1024));
        var cli = new CliRunner(folder.Path) { Environment = { ["GITHUB_STEP_SUMMARY"] = folder.File("summary.md") } };

        var result = await cli.RunAsync("plan", flow);

        Assert.Equal(ExitCodes.Done, result.ExitCode);
        Assert.Contains("no room", result.Error, StringComparison.Ordinal);
        Assert.Equal(1024 * 1024, new FileInfo(folder.File("summary.md")).Length);
    }

    private async Task<(CliRunner Cli, string[] Arguments, SimulatorServer Simulator)> FailingAsync()
    {
        var flow = ExampleFlow.CopyTo(folder, "ci");
        Assert.True(FaultRule.TryParse("POST /requests kling-lip-sync: 400", out var rule, out _));
        var simulator = await SimulatorServer.StartAsync(new SimulatorOptions { Speed = 50, Render = false, Faults = [rule] }, TimeProvider.System, CancellationToken.None);
        var cli = new CliRunner(folder.Path) { Environment = { ["GMI_API_KEY"] = "k", ["GITHUB_STEP_SUMMARY"] = folder.File("summary.md") } };
        return (cli, ["run", flow, "--base-url", simulator.BaseUrl.AbsoluteUri], simulator);
    }
}
