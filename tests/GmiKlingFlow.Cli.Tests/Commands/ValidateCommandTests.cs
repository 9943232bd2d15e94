using System.Text.Json;
using GmiKlingFlow.Cli.Hosting;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Cli.Tests.Commands;

public sealed class ValidateCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("quickstart", "1 job")]
    [InlineData("localisation", "3 jobs")]
    [InlineData("two-speakers", "1 job")]
    [InlineData("subtitles", "2 jobs")]
    [InlineData("ci", "2 jobs")]
    public async Task RunAsync_Example_IsValidWithoutAWarning(string example, string jobs)
    {
        var flow = ExampleFlow.CopyTo(folder, example);

        var result = await new CliRunner(folder.Path).RunAsync("validate", flow);

        Assert.Equal(new CliResult(ExitCodes.Done, "", $"{flow}: valid, {jobs}.\n"), result);
    }

    [Fact]
    public async Task RunAsync_NameThatWouldSteerTheTerminal_IsShownHarmlessly()
    {
        var result = await new CliRunner(folder.Path).RunAsync("validate", "a\e[2J\nb.yaml");

        Assert.DoesNotContain('\e', result.Error);
        Assert.Contains("a\\u001b[2J b.yaml: 1 error.", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_WrongFlow_TellsEveryProblemWithItsPlaceOnStandardError()
    {
        var flow = WrongFlow();

        var result = await new CliRunner(folder.Path).RunAsync("validate", flow);

        Assert.Equal(ExitCodes.WrongInput, result.ExitCode);
        Assert.Equal("", result.Output);
        Assert.Contains($"{flow}:21:", result.Error, StringComparison.Ordinal);
        Assert.Contains("Did you mean \"hello\"?", result.Error, StringComparison.Ordinal);
        Assert.Contains("Did you mean \"audio\"?", result.Error, StringComparison.Ordinal);
        Assert.Contains("^^^^", result.Error, StringComparison.Ordinal);
        Assert.Matches("quickstart/flow.yaml: 2 errors\\. \"gkflow explain GKF[0-9]{4}\" tells more\\.\n$", result.Error);
    }

    [Fact]
    public async Task RunAsync_MediaThatTheServiceRefuses_IsToldWhereTheSourceIsWritten()
    {
        var flow = ExampleFlow.CopyTo(folder, "quickstart");
        var path = folder.File(flow);
        File.WriteAllText(path, File.ReadAllText(path).Replace("source: clips/host.mp4", "source: audio/hello.wav", StringComparison.Ordinal));

        var result = await new CliRunner(folder.Path).RunAsync("validate", flow);

        Assert.Matches(@":8:13: error GKF410[12]:", result.Error);
    }

    [Fact]
    public async Task RunAsync_FormatJson_WritesTheContractsShapeOnStandardOutput()
    {
        var flow = WrongFlow();

        var result = await new CliRunner(folder.Path).RunAsync("validate", flow, "--format", "json");

        Assert.Equal((ExitCodes.WrongInput, ""), (result.ExitCode, result.Error));
        using var json = JsonDocument.Parse(result.Output);
        Assert.Equal(2, json.RootElement.GetProperty("summary").GetProperty("errors").GetInt32());
        foreach (var diagnostic in json.RootElement.GetProperty("diagnostics").EnumerateArray())
        {
            Assert.Equal(
                ["code", "severity", "message", "file", "line", "column", "end_line", "end_column", "path", "hint", "related"],
                diagnostic.EnumerateObject().Select(member => member.Name));
            Assert.Equal(flow, diagnostic.GetProperty("file").GetString());
        }
    }

    [Theory]
    [InlineData("nope.yaml", "does not exist")]
    [InlineData("quickstart", "quickstart")]
    [InlineData("quickstart/clips/host.mp4", "host.mp4")]
    public async Task RunAsync_NoFlowInThePath_ExitsTwoAndNamesIt(string path, string says)
    {
        ExampleFlow.CopyTo(folder, "quickstart");

        var result = await new CliRunner(folder.Path).RunAsync("validate", path);

        Assert.Equal(ExitCodes.WrongInput, result.ExitCode);
        Assert.Contains(says, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_SeveralFlows_EachGetsItsVerdict()
    {
        var good = ExampleFlow.CopyTo(folder, "ci");
        var wrong = WrongFlow();

        var result = await new CliRunner(folder.Path).RunAsync("validate", wrong, good);

        Assert.Equal(ExitCodes.WrongInput, result.ExitCode);
        Assert.Contains($"{good}: valid, 2 jobs.", result.Error, StringComparison.Ordinal);
        Assert.Contains($"{wrong}: 2 errors.", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_VarOnTheCommandLine_IsUsed()
    {
        var flow = ExampleFlow.CopyTo(folder, "localisation");

        var result = await new CliRunner(folder.Path).RunAsync("validate", flow, "--var", "lead_in=soon");

        Assert.Equal(ExitCodes.WrongInput, result.ExitCode);
        Assert.Contains("soon", result.Error, StringComparison.Ordinal);
    }

    private string WrongFlow()
    {
        var flow = ExampleFlow.CopyTo(folder, "quickstart");
        var text = File.ReadAllText(folder.File(flow));
        File.WriteAllText(folder.File(flow), text.Replace("audio: hello\n", "audio: helo\n", StringComparison.Ordinal).Replace("kind: Flow\n", "kind: Flow\nautio: {}\n", StringComparison.Ordinal));
        return flow;
    }
}
