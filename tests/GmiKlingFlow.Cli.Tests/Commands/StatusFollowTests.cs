using System.Text.Json;
using GmiKlingFlow.Cli.Hosting;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Cli.Tests.Commands;

public sealed class StatusFollowTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly string flow;

    public StatusFollowTests() => flow = ExampleFlow.CopyTo(folder, "quickstart");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Follow_BesideARun_TellsEachChangeAndEndsWithIt()
    {
        var (follower, following) = await FollowAsync("status", flow, "--follow");

        var run = await new CliRunner(folder.Path).RunAsync("run", flow, "--simulate", "--fresh");
        var followed = await following;

        Assert.Equal((ExitCodes.Done, ExitCodes.Done), (run.ExitCode, followed.ExitCode));
        Assert.Contains("host-hello  lip-sync: intent → submitted", followed.Output, StringComparison.Ordinal);
        Assert.Contains("host-hello  job: running → succeeded", followed.Output, StringComparison.Ordinal);
        Assert.EndsWith("The run has ended. 1 job: 1 succeeded\n", followed.Error, StringComparison.Ordinal);
        Assert.True(follower.Stop.Watched.IsCompleted);
    }

    [Fact]
    public async Task Follow_AsJson_GivesOneObjectPerLine()
    {
        var (_, following) = await FollowAsync("status", flow, "--follow", "--format", "json", "--job", "host-hello");

        await new CliRunner(folder.Path).RunAsync("run", flow, "--simulate", "--fresh");
        var followed = await following;

        var lines = followed.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.All(lines, static line => Assert.Equal(("quickstart", "host-hello"), (line.GetProperty("flow").GetString(), line.GetProperty("id").GetString())));
        Assert.Equal("succeeded", lines[0].GetProperty("to").GetString());
        Assert.Equal(("running", "succeeded"), (lines[^1].GetProperty("from").GetString(), lines[^1].GetProperty("to").GetString()));
    }

    [Fact]
    public async Task Follow_CtrlC_EndsTheFollowingOnly()
    {
        var (follower, following) = await FollowAsync("status", flow, "--follow");

        follower.Stop.PressCtrlC();
        var followed = await following;

        Assert.Equal(ExitCodes.Interrupted, followed.ExitCode);
        Assert.Contains("Ctrl-C ends the following, not the run", followed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Follow_NoRunAtWork_SaysSoAndEnds()
    {
        var cli = new CliRunner(folder.Path);
        await cli.RunAsync("run", flow, "--simulate");

        var followed = await cli.RunAsync("status", flow, "--follow");

        Assert.Equal((ExitCodes.Done, "No run is at work on this state.\n"), (followed.ExitCode, followed.Error));
        Assert.EndsWith("1 job: 1 succeeded\n", followed.Output, StringComparison.Ordinal);
    }

    /// <summary>Follows a state on which this very process is said to be at work: until the next run here has ended.</summary>
    private async Task<(CliRunner Follower, Task<CliResult> Following)> FollowAsync(params string[] arguments)
    {
        await new CliRunner(folder.Path).RunAsync("run", flow, "--simulate");
        folder.Write("quickstart/.gkflow/run.holder.json", $$"""{"pid":{{Environment.ProcessId}},"host":"{{Environment.MachineName}}","started_at":"2026-01-01T00:00:00Z","token":"x"}""");
        var follower = new CliRunner(folder.Path);
        var following = follower.RunAsync(arguments);
        await follower.Stop.Watched;
        return (follower, following);
    }
}
