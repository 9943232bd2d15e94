using System.Net;
using System.Net.Sockets;
using GmiKlingFlow.Cli.Hosting;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Cli.Tests.Commands;

public sealed class SimulateCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("--media nowhere", "GKF9020")]
    [InlineData("--port 99999", "GKF9008")]
    [InlineData("--speed fast", "GKF9025")]
    [InlineData("--speed 0", "GKF9025")]
    [InlineData("--credit-usd 1,5", "GKF9009")]
    [InlineData("--fault nonsense", "GKF9023")]
    public async Task RunAsync_WrongOption_ExitsTwo(string options, string code)
    {
        var result = await new CliRunner(folder.Path).RunAsync(["simulate", .. options.Split(' ')]);

        Assert.Equal(ExitCodes.WrongInput, result.ExitCode);
        Assert.StartsWith($"error {code}: ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_PortTaken_ExitsTwoAndNamesIt()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        var result = await new CliRunner(folder.Path).RunAsync("simulate", "--port", $"{port}");

        Assert.Equal(ExitCodes.WrongInput, result.ExitCode);
        Assert.StartsWith($"error GKF9021: \"127.0.0.1:{port}\"", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_Stopped_EndsWellAndItsFirstLineWasTheAddress()
    {
        var cli = new CliRunner(folder.Path);
        var serving = cli.RunAsync("simulate", "--port", "0");
        await cli.Stop.Watched;

        cli.Stop.PressCtrlC();
        var result = await serving;

        Assert.Equal(ExitCodes.Done, result.ExitCode);
        Assert.Matches("^http://127.0.0.1:[0-9]+/api/v1/ie/requestqueue/apikey\n$", result.Output);
        Assert.Contains("nothing costs money", result.Error, StringComparison.Ordinal);
    }
}
