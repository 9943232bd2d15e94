using GmiKlingFlow.Cli.Hosting;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Cli.Tests.Commands;

/// <summary>Files that options ask for, in each other's way or in the way of what a run makes: refused before anything is sent or written.</summary>
public sealed class FilesAskedForTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("--junit run.xml --sarif run.xml")]
    [InlineData("--junit run.xml --report ./quickstart/../run.xml")]
    [InlineData("--sarif RUN.html --report run.html")]
    [InlineData("--sarif made --report made/run.html")]
    public async Task RunAsync_TwoOptionsNameOnePlace_IsRefusedBeforeAnythingIsSent(string options) =>
        await IsRefusedAsync("GKF9160", ["run", ExampleFlow.CopyTo(folder, "quickstart"), "--simulate", .. options.Split(' ')]);

    [Theory]
    [InlineData("run", "--junit", "quickstart/out/quickstart/host-hello.mp4")]
    [InlineData("run", "--report", "quickstart/out/quickstart/results.json")]
    [InlineData("run", "--sarif", "quickstart/out")]
    [InlineData("run", "--report", "quickstart/.gkflow/state.db")]
    [InlineData("run", "--junit", "quickstart/flow.faces.lock.yaml")]
    [InlineData("run", "--junit", "quickstart/clips/host.mp4/run.xml")]
    [InlineData("plan", "-o", "quickstart/out/quickstart/host-hello.mp4")]
    [InlineData("plan", "--sarif", "quickstart/out/quickstart/results.yaml")]
    [InlineData("validate", "--sarif", "quickstart/out/quickstart/host-hello.mp4")]
    public async Task RunAsync_FileIsInTheWayOfTheFlow_IsRefusedBeforeAnythingIsSent(string command, string option, string file)
    {
        var flow = ExampleFlow.CopyTo(folder, "quickstart");
        await IsRefusedAsync("GKF9161", [command, flow, option, file, .. command == "run" ? ["--simulate"] : Array.Empty<string>()]);
    }

    [Fact]
    public async Task RunAsync_SavedPlan_ItsOutputsAreNotWrittenOver()
    {
        var flow = ExampleFlow.CopyTo(folder, "quickstart");
        await new CliRunner(folder.Path).RunAsync("plan", flow, "--simulate", "-o", "plan.json");

        await IsRefusedAsync("GKF9161", ["run", "plan.json", "--report", "quickstart/out/quickstart/host-hello.mp4"]);
    }

    [Fact]
    public async Task RunAsync_OutputBehindALink_IsSeen()
    {
        var flow = ExampleFlow.CopyTo(folder, "quickstart");
        Directory.CreateDirectory(folder.File("elsewhere"));
        Directory.CreateSymbolicLink(folder.File("made"), folder.File("elsewhere"));

        await IsRefusedAsync("GKF9161", ["run", flow, "--simulate", "--out", "made", "--junit", "elsewhere/host-hello.mp4"]);
    }

    [Fact]
    public async Task RunAsync_MergeOverItsTestReport_IsRefused()
    {
        await new CliRunner(folder.Path).RunAsync("run", ExampleFlow.CopyTo(folder, "quickstart"), "--simulate");

        await IsRefusedAsync("GKF9160", ["merge", "quickstart/out/quickstart", "-o", "all.json", "--junit", "all.json"]);
    }

    [Fact]
    public async Task RunAsync_EachItsOwnFile_AllAreWritten()
    {
        var result = await new CliRunner(folder.Path).RunAsync(
            "run", ExampleFlow.CopyTo(folder, "quickstart"), "--simulate", "--junit", "made/run.xml", "--sarif", "made/run.sarif", "--report", "quickstart/out/quickstart/run.html");

        Assert.Equal(ExitCodes.Done, result.ExitCode);
        Assert.All(["made/run.xml", "made/run.sarif", "quickstart/out/quickstart/run.html"], file => Assert.True(File.Exists(folder.File(file)), file));
    }

    private async Task IsRefusedAsync(string code, string[] arguments)
    {
        var before = Everything();

        var result = await new CliRunner(folder.Path).RunAsync(arguments);

        Assert.Equal(ExitCodes.WrongInput, result.ExitCode);
        Assert.Contains($"error {code}: ", result.Error, StringComparison.Ordinal);
        Assert.Equal(before, Everything());
    }

    private string[] Everything() => [.. Directory.EnumerateFileSystemEntries(folder.Path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
}
