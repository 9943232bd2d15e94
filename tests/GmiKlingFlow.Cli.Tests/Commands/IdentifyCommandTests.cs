using System.Text.Json;
using GmiKlingFlow.Cli.Hosting;
using GmiKlingFlow.Simulator;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Cli.Tests.Commands;

public sealed class IdentifyCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task RunAsync_Simulate_PrintsTheFacesOfTheSidecar()
    {
        var flow = ExampleFlow.CopyTo(folder, "two-speakers");

        var result = await new CliRunner(folder.Path).RunAsync("identify", flow, "--simulate");

        Assert.Equal(ExitCodes.Done, result.ExitCode);
        Assert.Contains("two-speakers · interview\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("1  \"1\"        0 ms  11000 ms  11000 ms", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_FormatJson_PrintsTheFacesAndNothingElse()
    {
        var flow = ExampleFlow.CopyTo(folder, "two-speakers");

        var result = await new CliRunner(folder.Path).RunAsync("identify", flow, "--simulate", "--format", "json");

        using var json = JsonDocument.Parse(result.Output);
        var faces = json.RootElement.GetProperty("flows")[0].GetProperty("videos")[0].GetProperty("faces");
        Assert.Equal(["0", "1"], faces.EnumerateArray().Select(face => face.GetProperty("face_id").GetString()));
    }

    [Fact]
    public async Task RunAsync_ThenRun_PaysForIdentifyOnce()
    {
        var flow = ExampleFlow.CopyTo(folder, "quickstart");
        await using var simulator = await SimulatorServer.StartAsync(new SimulatorOptions { Speed = 50, Render = false }, TimeProvider.System, CancellationToken.None);
        var cli = new CliRunner(folder.Path) { Environment = { ["GMI_API_KEY"] = "k" } };

        var first = await cli.RunAsync("identify", flow, "--base-url", simulator.BaseUrl.AbsoluteUri);
        var again = await cli.RunAsync("identify", flow, "--base-url", simulator.BaseUrl.AbsoluteUri);
        var run = await cli.RunAsync("run", flow, "--base-url", simulator.BaseUrl.AbsoluteUri);

        Assert.Equal((ExitCodes.Done, ExitCodes.Done, ExitCodes.Done), (first.ExitCode, again.ExitCode, run.ExitCode));
        Assert.Contains("nothing was sent", again.Output, StringComparison.Ordinal);
        Assert.Equal(["kling-identify-face", "kling-lip-sync"], simulator.Ledger.Charges.Select(charge => charge.Model));
    }

    [Fact]
    public async Task RunAsync_FlowNamesAFaceThatIsNotThere_StillShowsTheFaces()
    {
        var flow = ExampleFlow.CopyTo(folder, "quickstart");
        File.WriteAllText(folder.File(flow), File.ReadAllText(folder.File(flow)).Replace("{ only: true }", "{ id: \"7\" }", StringComparison.Ordinal));
        await using var simulator = await SimulatorServer.StartAsync(new SimulatorOptions { Speed = 50, Render = false }, TimeProvider.System, CancellationToken.None);
        var cli = new CliRunner(folder.Path) { Environment = { ["GMI_API_KEY"] = "k" } };

        await cli.RunAsync("identify", flow, "--base-url", simulator.BaseUrl.AbsoluteUri);
        var again = await cli.RunAsync("identify", flow, "--base-url", simulator.BaseUrl.AbsoluteUri);

        Assert.Equal(ExitCodes.Done, again.ExitCode);
        Assert.Contains("\"0\"", again.Output, StringComparison.Ordinal);
    }
}
