using System.Text.Json.Nodes;
using GmiKlingFlow.Cli.Hosting;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Cli.Tests.Commands;

/// <summary>What is wrong with a flow, told to people and to programs by validate and plan.</summary>
public sealed class DiagnosticFormatTests : IDisposable
{
    private static readonly string SarifSchema = RepositoryFolder.Combine("tests", "schema-tools", "sarif-2.1.0.schema.json");

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Validate_PlaceInAnIncludedFile_ShowsThatFilesLine()
    {
        var flow = ExampleFlow.CopyTo(folder, "quickstart");
        File.AppendAllText(folder.File(flow), "\ninclude: [part.yaml]\n");
        folder.Write("quickstart/part.yaml", "# shared\naudio:\n  other: { source: missing.wav }\n");

        var result = await new CliRunner(folder.Path).RunAsync("validate", flow);

        Assert.StartsWith("quickstart/part.yaml:3:20: error GKF4009: ", result.Error, StringComparison.Ordinal);
        Assert.Contains("  3 |   other: { source: missing.wav }\n    |                    ^^^^^^^^^^^\n", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("validate")]
    [InlineData("plan")]
    public async Task FormatGithub_WrongFlow_AnnotatesItsLines(string command)
    {
        var flow = WrongFlow();

        var result = await new CliRunner(folder.Path).RunAsync(command, flow, "--format", "github");

        Assert.Equal(ExitCodes.WrongInput, result.ExitCode);
        Assert.Matches(@"^::error file=quickstart/flow\.yaml,line=20,col=16,endLine=20,endColumn=20,title=GKF4002%3A [^:]+::""helo"" is not under ""audio""\. Did you mean ""hello""\?\n$", result.Output);
        Assert.DoesNotContain("^^^^", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FormatGithub_InACheckout_NamesFilesFromItsRoot()
    {
        var flow = WrongFlow();
        var runner = new CliRunner(Path.Combine(folder.Path, "quickstart")) { Environment = { ["GITHUB_WORKSPACE"] = folder.Path } };

        var result = await runner.RunAsync("validate", Path.GetFileName(flow), "--format", "github");

        Assert.StartsWith("::error file=quickstart/flow.yaml,line=20,", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FormatGithub_GoodFlow_AnnotatesNothing()
    {
        var flow = ExampleFlow.CopyTo(folder, "quickstart");

        var result = await new CliRunner(folder.Path).RunAsync("validate", flow, "--format", "github");

        Assert.Equal(new CliResult(ExitCodes.Done, "", $"{flow}: valid, 1 job.\n"), result);
    }

    [Theory]
    [InlineData("validate")]
    [InlineData("plan")]
    public async Task FormatSarif_WrongFlow_IsALogThatFitsThePublishedSchema(string command)
    {
        var result = await new CliRunner(folder.Path).RunAsync(command, WrongFlow(), "--format", "sarif");

        Assert.Equal(ExitCodes.WrongInput, result.ExitCode);
        var log = JsonNode.Parse(result.Output);
        Assert.Empty(SchemaJudge.Errors(SarifSchema, log)[0]);
        Assert.Equal("GKF4002", Assert.Single(log?["runs"]?[0]?["results"]?.AsArray() ?? [])?["ruleId"]?.GetValue<string>());
    }

    [Theory]
    [InlineData("validate", "text")]
    [InlineData("validate", "json")]
    [InlineData("validate", "github")]
    [InlineData("plan", "text")]
    [InlineData("plan", "json")]
    [InlineData("plan", "markdown")]
    public async Task Sarif_BesideAnyFormat_WritesTheSameLog(string command, string format)
    {
        var flow = WrongFlow();
        var expected = await new CliRunner(folder.Path).RunAsync(command, flow, "--format", "sarif");

        var result = await new CliRunner(folder.Path).RunAsync(command, flow, "--format", format, "--sarif", "out/flow.sarif");

        Assert.Equal(ExitCodes.WrongInput, result.ExitCode);
        Assert.Equal(expected.Output, File.ReadAllText(folder.File("out/flow.sarif")));
    }

    [Fact]
    public async Task Sarif_OldLog_IsReplacedByOneWithoutResults()
    {
        var flow = WrongFlow();
        await new CliRunner(folder.Path).RunAsync("validate", flow, "--sarif", "flow.sarif");
        File.WriteAllText(folder.File(flow), File.ReadAllText(folder.File(flow)).Replace("audio: helo\n", "audio: hello\n", StringComparison.Ordinal));

        var result = await new CliRunner(folder.Path).RunAsync("validate", flow, "--sarif", "flow.sarif");

        Assert.Equal(ExitCodes.Done, result.ExitCode);
        Assert.Empty(JsonNode.Parse(File.ReadAllText(folder.File("flow.sarif")))?["runs"]?[0]?["results"]?.AsArray() ?? [null]);
    }

    [Theory]
    [InlineData("validate")]
    [InlineData("plan")]
    public async Task Sarif_OverTheFlowItself_IsRefusedAndTheFlowStays(string command)
    {
        var flow = ExampleFlow.CopyTo(folder, "quickstart");
        var before = File.ReadAllText(folder.File(flow));

        var result = await new CliRunner(folder.Path).RunAsync(command, flow, "--sarif", flow);

        Assert.Equal(ExitCodes.WrongInput, result.ExitCode);
        Assert.StartsWith("error GKF9055: ", result.Error, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(folder.File(flow)));
    }

    [Theory]
    [InlineData("github")]
    [InlineData("sarif")]
    public async Task Plan_GoodFlowForAProgram_TellsTheVerdictOnStandardError(string format)
    {
        var result = await new CliRunner(folder.Path).RunAsync("plan", ExampleFlow.CopyTo(folder, "quickstart"), "--format", format);

        Assert.Equal(ExitCodes.Done, result.ExitCode);
        Assert.StartsWith("Plan: 1 to send", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("host-hello", result.Output, StringComparison.Ordinal);
    }

    private string WrongFlow()
    {
        var flow = ExampleFlow.CopyTo(folder, "quickstart");
        File.WriteAllText(folder.File(flow), File.ReadAllText(folder.File(flow)).Replace("audio: hello\n", "audio: helo\n", StringComparison.Ordinal));
        return flow;
    }
}
