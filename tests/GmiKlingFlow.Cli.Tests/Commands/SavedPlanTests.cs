using GmiKlingFlow.Cli.Hosting;
using GmiKlingFlow.Cli.Output;
using GmiKlingFlow.Simulator;
using GmiKlingFlow.Simulator.Faults;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Cli.Tests.Commands;

public sealed class SavedPlanTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Run_SavedPlan_DoesExactlyThatWithoutAskingAndASecondTimeNothing()
    {
        var flow = ExampleFlow.CopyTo(folder, "quickstart");
        await using var simulator = await StartAsync();
        var cli = Against(simulator);
        cli.Traits = TerminalTraits.Redirected with { InputIsTerminal = true, ErrorIsTerminal = true, Plain = true, NoRedraw = true };

        var plan = await cli.RunAsync("plan", flow, "-o", "plans/plan.json");
        var first = await cli.RunAsync("run", "plans/plan.json");
        var second = await cli.RunAsync("run", "plans/plan.json");

        Assert.Equal((ExitCodes.Done, ExitCodes.Done, ExitCodes.Done), (plan.ExitCode, first.ExitCode, second.ExitCode));
        Assert.EndsWith("Saved as plans/plan.json; gkflow run plans/plan.json executes exactly this.\n", plan.Error, StringComparison.Ordinal);
        Assert.Equal(["plan.json"], Directory.EnumerateFileSystemEntries(folder.File("plans")).Select(Path.GetFileName));
        Assert.DoesNotContain("[y/N]", first.Error, StringComparison.Ordinal);
        Assert.Contains("Run: 1 reused · nothing was spent", second.Output, StringComparison.Ordinal);
        Assert.Equal(2, simulator.Ledger.Charges.Count);
    }

    [Fact]
    public async Task Run_SavedPlanOfPasses_ChainsWithoutBeingTold()
    {
        var flow = ExampleFlow.CopyTo(folder, "two-speakers");
        await using var simulator = await SimulatorServer.StartAsync(
            new SimulatorOptions { Speed = 50, Render = false, MediaFiles = [folder.File("two-speakers/clips/interview.mp4")] }, TimeProvider.System, CancellationToken.None);
        var cli = Against(simulator);

        await cli.RunAsync("plan", flow, "--multi-face", "chain", "-o", "plan.json");
        var run = await cli.RunAsync("run", "plan.json");
        var again = await cli.RunAsync("run", "plan.json", "--multi-face", "together");

        Assert.Equal((ExitCodes.Done, ExitCodes.WrongInput), (run.ExitCode, again.ExitCode));
        Assert.Equal(4, simulator.Ledger.Charges.Count);
    }

    [Fact]
    public async Task Plan_SavedWhereAFileIsInTheWay_ExitsFiveWithACode()
    {
        var flow = ExampleFlow.CopyTo(folder, "quickstart");
        folder.Write("plans", "no folder");

        var plan = await new CliRunner(folder.Path).RunAsync("plan", flow, "-o", "plans/plan.json");

        Assert.Equal(ExitCodes.StateUnusable, plan.ExitCode);
        Assert.Contains("error GKF9040: \"plans/plan.json\" could not be written: ", plan.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Init_BelowAFile_ExitsFiveWithACode()
    {
        folder.Write("plain", "no folder");

        var init = await new CliRunner(folder.Path).RunAsync("init", "plain/my-flow");

        Assert.Equal(ExitCodes.StateUnusable, init.ExitCode);
        Assert.Contains("error GKF9041: ", init.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("flow.yaml", "the flow's text changed")]
    [InlineData("audio/hello.wav", "job \"host-hello\": its inputs changed")]
    public async Task Run_SomethingChangedSince_ExitsThreeNamesItAndSendsNothing(string file, string change)
    {
        var flow = ExampleFlow.CopyTo(folder, "quickstart");
        await using var simulator = await StartAsync();
        var cli = Against(simulator);
        await cli.RunAsync("plan", flow, "-o", "plan.json");
        using (var media = File.OpenWrite(folder.File($"quickstart/{file}")))
        {
            media.Seek(-1, SeekOrigin.End);
            media.Write("\n"u8);
            media.Write(file.EndsWith("yaml", StringComparison.Ordinal) ? "# \n"u8 : []);
        }

        var run = await cli.RunAsync("run", "plan.json");

        Assert.Equal(ExitCodes.RefusedBeforeSpending, run.ExitCode);
        Assert.Contains("error GKF4212: ", run.Error, StringComparison.Ordinal);
        Assert.Contains(change, run.Error, StringComparison.Ordinal);
        Assert.EndsWith("Nothing was sent.\n", run.Error, StringComparison.Ordinal);
        Assert.Empty(simulator.Ledger.Charges);
    }

    [Fact]
    public async Task Run_StateChangedByAnotherRun_ExitsThree()
    {
        var flow = ExampleFlow.CopyTo(folder, "quickstart");
        await using var simulator = await StartAsync();
        var cli = Against(simulator);
        await cli.RunAsync("plan", flow, "-o", "plan.json");
        await cli.RunAsync("run", flow);

        var run = await cli.RunAsync("run", "plan.json");

        Assert.Equal(ExitCodes.RefusedBeforeSpending, run.ExitCode);
        Assert.Contains("was \"create\", is now \"reuse\"", run.Error, StringComparison.Ordinal);
        Assert.Equal(2, simulator.Ledger.Charges.Count);
    }

    [Fact]
    public async Task Run_UsedPlanWhoseRequestFailed_SendsItNotAgain()
    {
        var flow = ExampleFlow.CopyTo(folder, "quickstart");
        await using var simulator = await StartAsync("POST /requests kling-lip-sync: failed first 1");
        var cli = Against(simulator);
        await cli.RunAsync("plan", flow, "-o", "plan.json");

        var first = await cli.RunAsync("run", "plan.json");
        var charges = simulator.Ledger.Charges.Count;
        var second = await cli.RunAsync("run", "plan.json");

        Assert.Equal((ExitCodes.JobFailed, ExitCodes.Done), (first.ExitCode, second.ExitCode));
        Assert.Contains("1 skipped", second.Output, StringComparison.Ordinal);
        Assert.Equal(charges, simulator.Ledger.Charges.Count);
    }

    [Fact]
    public async Task Run_InterruptedPlanWithMaxJobs_ResumesThatJobAndNoOther()
    {
        var flow = ExampleFlow.CopyTo(folder, "ci");
        await using var simulator = await SimulatorServer.StartAsync(
            new SimulatorOptions { ProcessingTime = TimeSpan.FromSeconds(3), IdentifyTime = TimeSpan.Zero, Render = false }, TimeProvider.System, CancellationToken.None);
        var cli = Against(simulator);
        await cli.RunAsync("plan", flow, "--max-jobs", "1", "-o", "plan.json");

        var first = await cli.RunAsync("run", "plan.json", "--deadline", "1s");
        var second = await cli.RunAsync("run", "plan.json");
        var third = await cli.RunAsync("run", "plan.json");

        Assert.Equal((ExitCodes.NotSettled, ExitCodes.Done, ExitCodes.Done), (first.ExitCode, second.ExitCode, third.ExitCode));
        Assert.Contains("1 succeeded, 1 skipped", second.Output, StringComparison.Ordinal);
        Assert.Contains("1 reused, 1 skipped", third.Output, StringComparison.Ordinal);
        Assert.Equal(2, simulator.Ledger.Charges.Count);
    }

    [Fact]
    public async Task Run_PlanMovedAloneOrWithItsFlow_FindsTheFlowFromAnyFolder()
    {
        var flow = ExampleFlow.CopyTo(folder, "quickstart");
        var cli = new CliRunner(folder.Path);
        await cli.RunAsync("plan", flow, "--simulate", "-o", "plan.json");
        Directory.CreateDirectory(folder.File("elsewhere/repo"));
        File.Copy(folder.File("plan.json"), folder.File("elsewhere/plan.json"));

        var alone = await new CliRunner(folder.File("elsewhere")).RunAsync("run", "plan.json");
        Directory.Delete(folder.File("quickstart/out"), recursive: true);
        Directory.Delete(folder.File("quickstart/.gkflow"), recursive: true);
        Directory.Move(folder.File("quickstart"), folder.File("elsewhere/repo/quickstart"));
        File.Move(folder.File("plan.json"), folder.File("elsewhere/repo/plan.json"));
        var together = await new CliRunner(folder.File("elsewhere")).RunAsync("run", "repo/plan.json");
        var lost = await new CliRunner(folder.File("elsewhere")).RunAsync("run", "plan.json");

        Assert.True(alone.ExitCode == ExitCodes.Done, alone.Error);
        Assert.True(together.ExitCode == ExitCodes.Done, together.Error);
        Assert.Equal(ExitCodes.RefusedBeforeSpending, lost.ExitCode);
        Assert.Contains("error GKF4213: ", lost.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_PlanOfAnotherService_ExitsThreeAndTheKeyGoesNowhere()
    {
        var flow = ExampleFlow.CopyTo(folder, "quickstart");
        await using var simulator = await StartAsync();
        var cli = Against(simulator);
        await cli.RunAsync("plan", flow, "-o", "plan.json");
        cli.Environment.Remove("GMI_BASE_URL");

        var run = await cli.RunAsync("run", "plan.json");

        Assert.Equal(ExitCodes.RefusedBeforeSpending, run.ExitCode);
        Assert.Contains("error GKF4214: ", run.Error, StringComparison.Ordinal);
        Assert.Empty(simulator.Ledger.Calls);
    }

    [Theory]
    [InlineData("run plan.json --select host-*", "GKF9035", "\"--select\"")]
    [InlineData("run plan.json --fresh", "GKF9035", "\"--fresh\"")]
    [InlineData("run plan.json --out x", "GKF9035", "\"--out\"")]
    [InlineData("run plan.json quickstart/flow.yaml", "GKF9036", "plan.json")]
    [InlineData("plan quickstart/flow.yaml -o quickstart/flow.yaml", "GKF9038", "quickstart/flow.yaml")]
    [InlineData("plan quickstart/flow.yaml two-speakers/flow.yaml -o other.json", "GKF9037", "2 are given")]
    public async Task RunAsync_WhatDoesNotGoTogether_ExitsTwo(string line, string code, string names)
    {
        var flow = ExampleFlow.CopyTo(folder, "quickstart");
        ExampleFlow.CopyTo(folder, "two-speakers");
        var cli = new CliRunner(folder.Path);
        await cli.RunAsync("plan", flow, "--simulate", "-o", "plan.json");

        var result = await cli.RunAsync(line.Split(' '));

        Assert.Equal(ExitCodes.WrongInput, result.ExitCode);
        Assert.Contains($"error {code}: ", result.Error, StringComparison.Ordinal);
        Assert.Contains(names, result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.File("quickstart/.gkflow")));
        Assert.False(File.Exists(folder.File("other.json")));
    }

    [Fact]
    public async Task Run_AboveTheBudget_ExitsThreeAndThePlanIsNotUsedUp()
    {
        var flow = ExampleFlow.CopyTo(folder, "quickstart");
        await using var simulator = await StartAsync();
        var cli = Against(simulator);
        await cli.RunAsync("plan", flow, "-o", "plan.json");

        var refused = await cli.RunAsync("run", "plan.json", "--budget-usd", "0.05");
        var run = await cli.RunAsync("run", "plan.json");

        Assert.Equal((ExitCodes.RefusedBeforeSpending, ExitCodes.Done), (refused.ExitCode, run.ExitCode));
        Assert.Contains("1 succeeded", run.Output, StringComparison.Ordinal);
    }

    private CliRunner Against(SimulatorServer simulator) => new(folder.Path)
    {
        Environment = { ["GMI_API_KEY"] = "k", ["GMI_BASE_URL"] = simulator.BaseUrl.AbsoluteUri },
    };

    private static Task<SimulatorServer> StartAsync(params string[] faults) => SimulatorServer.StartAsync(
        new SimulatorOptions { Speed = 50, Render = false, Faults = [.. faults.Select(Rule)] }, TimeProvider.System, CancellationToken.None);

    private static FaultRule Rule(string text) => FaultRule.TryParse(text, out var rule, out var reason) ? rule : throw new ArgumentException(reason, nameof(text));
}
