using System.Text.Json;
using GmiKlingFlow.Cli.Hosting;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Cli.Tests.Commands;

public sealed class StatusCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task RunAsync_NothingRunYet_SaysSo()
    {
        var flow = ExampleFlow.CopyTo(folder, "quickstart");

        var result = await new CliRunner(folder.Path).RunAsync("status", flow);

        Assert.Equal(new CliResult(ExitCodes.Done, "", "There is no state in quickstart/.gkflow yet: nothing was run.\n"), result);
    }

    [Fact]
    public async Task RunAsync_FlowRenamed_NamesTheFlowsOfTheState()
    {
        var flow = ExampleFlow.CopyTo(folder, "quickstart");
        var cli = new CliRunner(folder.Path);
        await cli.RunAsync("run", flow, "--simulate");
        File.WriteAllText(folder.File(flow), File.ReadAllText(folder.File(flow)).Replace("name: quickstart", "name: renamed", StringComparison.Ordinal));

        var result = await cli.RunAsync("status", flow);

        Assert.Equal(new CliResult(ExitCodes.Done, "0 jobs\n", "\"renamed\" was never run with this state. It knows: quickstart.\n"), result);
    }

    [Fact]
    public async Task RunAsync_AfterARun_ShowsEachJobAlsoWithBrokenFlowAndWithoutMedia()
    {
        var flow = ExampleFlow.CopyTo(folder, "ci");
        var cli = new CliRunner(folder.Path);
        await cli.RunAsync("run", flow, "--simulate");
        Directory.Delete(folder.File("ci/clips"), recursive: true);
        File.AppendAllText(folder.File(flow), "nonsense: 1\n");

        var result = await cli.RunAsync("status", flow);

        Assert.Equal((ExitCodes.Done, ""), (result.ExitCode, result.Error));
        Assert.StartsWith("ci · simulated\nsucceeded  host-en  ", result.Output, StringComparison.Ordinal);
        Assert.EndsWith("\n2 jobs: 2 succeeded\n", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(int.MaxValue, "No run is at work here: the last one (process 2147483647 on host \"HOST\" since 2026-01-01T00:00:00Z) was cut off. Run again: it continues where that stood.\n")]
    [InlineData(0, "")]
    public async Task RunAsync_HolderOfTheStateIsGone_SaysThatItWasCutOff(int pid, string said)
    {
        var flow = ExampleFlow.CopyTo(folder, "quickstart");
        var cli = new CliRunner(folder.Path);
        await cli.RunAsync("run", flow, "--simulate");
        var holder = pid == 0 ? Environment.ProcessId : pid;
        File.WriteAllText(folder.File("quickstart/.gkflow/run.holder.json"), $$"""{"pid":{{holder}},"host":"{{Environment.MachineName}}","started_at":"2026-01-01T00:00:00Z","token":"t"}""");

        var result = await cli.RunAsync("status", flow);

        Assert.Equal((ExitCodes.Done, said.Replace("HOST", Environment.MachineName, StringComparison.Ordinal)), (result.ExitCode, result.Error));
    }

    [Fact]
    public async Task RunAsync_Job_TellsItsWholeStory()
    {
        var flow = ExampleFlow.CopyTo(folder, "quickstart");
        var cli = new CliRunner(folder.Path);
        await cli.RunAsync("run", flow, "--simulate");

        var result = await cli.RunAsync("status", flow, "--job", "host-hello");

        Assert.Contains("lip-sync  pending → intent", result.Output, StringComparison.Ordinal);
        Assert.Contains("job       running → succeeded", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_UnknownJob_NamesTheNearest()
    {
        var flow = ExampleFlow.CopyTo(folder, "quickstart");
        var cli = new CliRunner(folder.Path);
        await cli.RunAsync("run", flow, "--simulate");

        var result = await cli.RunAsync("status", flow, "--job", "host-helo");

        Assert.Equal(ExitCodes.WrongInput, result.ExitCode);
        Assert.Contains("Did you mean \"host-hello\"?", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_FormatJson_ListsJobsWithTheirRequests()
    {
        var flow = ExampleFlow.CopyTo(folder, "quickstart");
        var cli = new CliRunner(folder.Path);
        await cli.RunAsync("run", flow, "--simulate");

        var result = await cli.RunAsync("status", flow, "--format", "json");

        using var json = JsonDocument.Parse(result.Output);
        var job = json.RootElement.GetProperty("jobs")[0];
        Assert.Equal("succeeded", job.GetProperty("status").GetString());
        Assert.Equal(
            ["kling-identify-face", "kling-lip-sync"],
            job.GetProperty("requests").EnumerateArray().Select(request => request.GetProperty("model").GetString()));
    }

    [Theory]
    [InlineData("status quickstart/flwo.yaml", "Did you mean \"flow.yaml\"?")]
    [InlineData("status flwo.yaml --state quickstart/.gkflow", "Did you mean \"flow.yaml\"?")]
    [InlineData("settle quickstart/flwo.yaml host-hello --abandon", "Did you mean \"flow.yaml\"?")]
    [InlineData("status quickstart/other/of/all.yaml --state quickstart/.gkflow", "there is no such file. Name a flow")]
    public async Task RunAsync_FileIsMistypedBesideAState_ExitsTwoAndNamesTheNearest(string line, string says)
    {
        var flow = ExampleFlow.CopyTo(folder, "quickstart");
        var cli = new CliRunner(folder.Path);
        await cli.RunAsync("run", flow, "--simulate");

        var result = await cli.RunAsync(line.Split(' '));

        Assert.Equal((ExitCodes.WrongInput, ""), (result.ExitCode, result.Output));
        Assert.StartsWith("error GKF9028: ", result.Error, StringComparison.Ordinal);
        Assert.Contains(says, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_FileIsGoneThatTheStateKnows_ShowsItsJobs()
    {
        var flow = ExampleFlow.CopyTo(folder, "quickstart");
        await new CliRunner(folder.Path).RunAsync("run", flow, "--simulate");
        File.Delete(folder.File(flow));

        var fromAbove = await new CliRunner(folder.Path).RunAsync("status", flow);
        var fromBeside = await new CliRunner(folder.File("quickstart")).RunAsync("status", "./flow.yaml");

        Assert.StartsWith("quickstart · simulated\nsucceeded  host-hello  ", fromAbove.Output, StringComparison.Ordinal);
        Assert.Equal((ExitCodes.Done, fromAbove.Output), (fromBeside.ExitCode, fromBeside.Output));
    }

    [Theory]
    [InlineData("status", "GKF9019")]
    [InlineData("status nope.yaml", "GKF9028")]
    public async Task RunAsync_NoFlow_ExitsTwo(string line, string code)
    {
        var result = await new CliRunner(folder.Path).RunAsync(line.Split(' '));

        Assert.Equal(ExitCodes.WrongInput, result.ExitCode);
        Assert.StartsWith($"error {code}: ", result.Error, StringComparison.Ordinal);
    }
}
