using GmiKlingFlow.Cli.Hosting;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Cli.Tests.Commands;

public sealed class WarningSwitchTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task RunAsync_Lint_IsAWarningThatStopsNothing()
    {
        var result = await new CliRunner(folder.Path).RunAsync("validate", Flow());

        Assert.Equal(ExitCodes.Done, result.ExitCode);
        Assert.Contains("warning GKF4305: \"bye\" is used by no job.", result.Error, StringComparison.Ordinal);
        Assert.EndsWith("valid, 1 job; 1 warning.\n", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("validate")]
    [InlineData("plan")]
    public async Task RunAsync_NoWarn_DoesNotTellThatCode(string command)
    {
        var result = await new CliRunner(folder.Path).RunAsync(command, Flow(), "--no-warn", "GKF4305", "--no-warn", "GKF4301", "--warn-as-error");

        Assert.Equal(ExitCodes.Done, result.ExitCode);
        Assert.DoesNotContain("GKF4305", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("validate")]
    [InlineData("plan")]
    [InlineData("run", "--simulate")]
    public async Task RunAsync_WarnAsError_RefusesBeforeAnythingIsSent(params string[] command)
    {
        var result = await new CliRunner(folder.Path).RunAsync([command[0], Flow(), .. command[1..], "--warn-as-error"]);

        Assert.Equal(ExitCodes.WrongInput, result.ExitCode);
        Assert.Contains("error GKF4305:", result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.File("quickstart/out")), "Something was run.");
    }

    [Fact]
    public async Task RunAsync_ManyOfAKind_ShowsAFewAndTheirNumber()
    {
        var flow = Flow();
        var path = folder.File(flow);
        var unused = string.Concat(Enumerable.Range(1, 11).Select(static n => $"  spare{n}: {{ source: audio/hello.wav }}\n"));
        File.WriteAllText(path, File.ReadAllText(path).Replace("  bye:", $"{unused}  bye:", StringComparison.Ordinal));

        var cli = new CliRunner(folder.Path);
        var shown = await cli.RunAsync("plan", flow);
        var all = await cli.RunAsync("validate", flow, "--format", "json");

        Assert.Equal(5, shown.Error.Split("warning GKF4305").Length - 1);
        Assert.Contains("... and 7 more GKF4305. \"gkflow validate --format json\" shows all of them, --no-warn GKF4305 none.\n", shown.Error, StringComparison.Ordinal);
        Assert.Equal(12, all.Output.Split("\"GKF4305\"").Length - 1);
    }

    [Theory]
    [InlineData("GKF4350", "Did you mean")]
    [InlineData("GKF4124", "It takes one of")]
    [InlineData("unused", "It takes one of")]
    public async Task RunAsync_NoWarnOfAnotherCode_IsRefusedWithTheNearest(string code, string expected)
    {
        var result = await new CliRunner(folder.Path).RunAsync("validate", Flow(), "--no-warn", code);

        Assert.Equal(ExitCodes.WrongInput, result.ExitCode);
        Assert.Contains($"\"{code}\" is not a value of \"--no-warn\"", result.Error, StringComparison.Ordinal);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_SignedUrl_IsHeldAgainstTheClockBesideThePlanAndNotInIt()
    {
        var flow = Flow();
        var path = folder.File(flow);
        File.WriteAllText(path, File.ReadAllText(path).Replace(
            "source: clips/host.mp4",
            "source: \"https://media.example.com/host.mp4?X-Amz-Date=20261122T120000Z&X-Amz-Expires=3600\"\n    duration: 7s",
            StringComparison.Ordinal));
        var plans = new List<string>();
        foreach (var (time, exitCode, told) in new[] { ("12:00", ExitCodes.Done, ""), ("12:45", ExitCodes.Done, "warning GKF4302"), ("13:00", ExitCodes.WrongInput, "error GKF4110") })
        {
            var runner = new CliRunner(folder.Path) { Time = new ManualTimeProvider(DateTimeOffset.Parse($"2026-11-22T{time}:00Z", System.Globalization.CultureInfo.InvariantCulture)) };
            var validated = await runner.RunAsync("validate", flow);
            var planned = await runner.RunAsync("plan", flow, "--format", "json");

            plans.Add(planned.Output);
            Assert.Equal((exitCode, exitCode), (validated.ExitCode, planned.ExitCode));
            Assert.All(new[] { validated.Error, planned.Error }, error => Assert.Contains(told, error, StringComparison.Ordinal));
            Assert.All(new[] { validated.Error, planned.Error }, error => Assert.Equal(told.Length > 0, error.Contains("signed URL", StringComparison.Ordinal)));
        }

        Assert.Single(plans.Distinct());
    }

    [Theory]
    [InlineData("https://gmi.example.com/api/v1/ie/requestqueue/apikey", ExitCodes.WrongInput, "error GKF4109")]
    [InlineData("http://127.0.0.1:9/api/v1/ie/requestqueue/apikey", ExitCodes.Done, "")]
    public async Task RunAsync_SourceOnThisMachine_CanOnlyBeFetchedByAServiceHere(string service, int exitCode, string told)
    {
        var flow = Flow();
        var path = folder.File(flow);
        File.WriteAllText(path, File.ReadAllText(path).Replace("source: clips/host.mp4", "source: \"http://127.0.0.1:9/host.mp4\"\n    duration: 7s", StringComparison.Ordinal));

        var planned = await new CliRunner(folder.Path).RunAsync("plan", flow, "--base-url", service);

        Assert.Equal(exitCode, planned.ExitCode);
        Assert.Contains(told, planned.Error, StringComparison.Ordinal);
        Assert.Equal(told.Length > 0, planned.Error.Contains("GKF4109", StringComparison.Ordinal));
    }

    // The quickstart with one audio too many.
    private string Flow()
    {
        var flow = ExampleFlow.CopyTo(folder, "quickstart");
        var path = folder.File(flow);
        var text = File.ReadAllText(path);
        const string Hello = "  hello: { source: audio/hello.wav }\n";
        Assert.Contains(Hello, text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace(Hello, $"{Hello}  bye: {{ source: audio/hello.wav }}\n", StringComparison.Ordinal));
        return flow;
    }
}
