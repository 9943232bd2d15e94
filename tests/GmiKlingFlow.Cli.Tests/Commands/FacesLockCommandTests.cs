using System.Text.Json.Nodes;
using GmiKlingFlow.Cli.Hosting;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Simulator;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Cli.Tests.Commands;

/// <summary>The way of a review: identify, look, commit, plan, run; and what happens when the service sees something else.</summary>
public sealed class FacesLockCommandTests : IDisposable
{
    private const string Lock = "two-speakers/flow.faces.lock.yaml";
    private const string OtherFaces = "- { face_id: \"0\", start_time: 0, end_time: 11000 }\n- { face_id: \"1\", start_time: 4000, end_time: 11000 }\n";

    private readonly TemporaryFolder folder = new();
    private readonly string flow;
    private readonly CliRunner cli;

    public FacesLockCommandTests()
    {
        flow = ExampleFlow.CopyTo(folder, "two-speakers");
        cli = new CliRunner(folder.Path) { Environment = { ["GMI_API_KEY"] = "k" } };
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Identify_Example_WritesTheLockThatTheExampleShips()
    {
        var shipped = Text(Lock);
        File.Delete(folder.File(Lock));
        Directory.Delete(folder.File("two-speakers/flow.faces"), recursive: true);

        var result = await cli.RunAsync("identify", flow, "--simulate");
        var again = await cli.RunAsync("identify", flow, "--simulate");

        Assert.Equal((0, 0), (result.ExitCode, again.ExitCode));
        Assert.Equal(shipped, Text(Lock));
        Assert.Contains("Wrote two-speakers/flow.faces.lock.yaml", result.Error, StringComparison.Ordinal);
        Assert.Contains("two-speakers/flow.faces.lock.yaml agrees with what was found.", again.Error, StringComparison.Ordinal);
        Assert.Equal(["interview-0.png", "interview-1.png"], Directory.GetFiles(folder.File("two-speakers/flow.faces")).Select(Path.GetFileName).Order());
        Assert.All(Directory.GetFiles(folder.File("two-speakers/flow.faces")), picture => Assert.StartsWith("\x89PNG", System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(picture)), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Identify_OtherFaces_WritesThemAndShowsOldAndNew()
    {
        OtherSidecar();
        await using var service = await StartAsync();

        var result = await RunAsync(service, "identify");

        Assert.Equal(ExitCodes.Done, result.ExitCode);
        Assert.Contains("clips/interview.mp4: other faces than two-speakers/flow.faces.lock.yaml had", result.Error, StringComparison.Ordinal);
        Assert.Contains("\"1\"  0-11000 ms  4000-11000 ms  moved", result.Error, StringComparison.Ordinal);
        Assert.Contains("start_time: 4000", Text(Lock), StringComparison.Ordinal);
        Assert.DoesNotContain("simulated", Text(Lock), StringComparison.Ordinal);
    }

    [Fact]
    public async Task IdentifySimulate_LockOfTheService_KeepsIt()
    {
        var text = Text(Lock).Replace("    simulated: true\n", "", StringComparison.Ordinal);
        File.WriteAllText(folder.File(Lock), text);
        OtherSidecar();

        var result = await cli.RunAsync("identify", flow, "--simulate");

        Assert.Equal((ExitCodes.Done, text), (result.ExitCode, Text(Lock)));
        Assert.Contains("which the service found and which stay", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Identify_LockThatIsBroken_PaysNothingAndLeavesIt()
    {
        File.WriteAllText(folder.File(Lock), "my own notes\n");
        await using var service = await StartAsync();

        var results = new[] { await RunAsync(service, "identify"), await RunAsync(service, "run", "--yes"), await RunAsync(service, "plan"), await cli.RunAsync("validate", flow) };

        Assert.All(results, result => Assert.Equal(ExitCodes.WrongInput, result.ExitCode));
        Assert.All(results, result => Assert.Contains("GKF2003", result.Error, StringComparison.Ordinal));
        Assert.Empty(service.Ledger.Charges);
        Assert.Equal("my own notes\n", Text(Lock));
    }

    [Fact]
    public async Task Identify_LockThatCannotBeWritten_PaysNothing()
    {
        Directory.CreateDirectory(folder.File($"{Lock}.part"));
        await using var service = await StartAsync();

        var identify = await RunAsync(service, "identify");
        var run = await RunAsync(service, "run", "--yes", "--update-lock");

        Assert.Equal((ExitCodes.StateUnusable, ExitCodes.StateUnusable), (identify.ExitCode, run.ExitCode));
        Assert.Contains("GKF8060", identify.Error, StringComparison.Ordinal);
        Assert.Empty(service.Ledger.Charges);
    }

    [Fact]
    public async Task Plan_Locked_LeavesOnlySessionAndUploadsOpen()
    {
        var plan = JsonNode.Parse((await cli.RunAsync("plan", flow, "--format", "json")).Output);
        var text = await cli.RunAsync("plan", flow);

        var sync = plan?["jobs"]?[0]?["steps"]?[1];
        Assert.Equal(["/session_id", "/face_choose/0/sound_file", "/face_choose/1/sound_file"], sync?["unknown"]?.AsArray().Select(u => u?.GetValue<string>()));
        Assert.Equal("0", sync?["payload"]?["face_choose"]?[0]?["face_id"]?.GetValue<string>());
        Assert.Equal("two-speakers/flow.faces.lock.yaml", plan?["faces_lock"]?["file"]?.GetValue<string>());
        Assert.Contains("face 0-11000, overlap 4502 ms", text.Output, StringComparison.Ordinal);
        Assert.Contains("faces held against the lock", text.Output.ReplaceLineEndings(" ").Replace("              ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ValidateAndPlan_FaceRuleBrokenByTheLock_SayItWithItsPlace()
    {
        File.WriteAllText(folder.File(Lock), Text(Lock).Replace("end_time: 11000", "end_time: 6000", StringComparison.Ordinal));

        var validate = await cli.RunAsync("validate", flow);
        var plan = await cli.RunAsync("plan", flow);

        Assert.Equal((ExitCodes.WrongInput, ExitCodes.WrongInput), (validate.ExitCode, plan.ExitCode));
        Assert.Contains("two-speakers/flow.yaml:28:28: error GKF4130", validate.Error, StringComparison.Ordinal);
        Assert.Contains("GKF4130", plan.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ValidateAndPlan_VideoWithOtherContent_WarnAndCountItAsUnknown()
    {
        File.AppendAllText(folder.File("two-speakers/clips/interview.mp4"), "\0\0\0\0");
        var first = await cli.RunAsync("validate", flow);
        var plan = await cli.RunAsync("plan", flow, "--format", "json");

        Assert.Contains("GKF6010", first.Error, StringComparison.Ordinal);
        Assert.Contains("GKF6010", plan.Error, StringComparison.Ordinal);
        Assert.Equal(0, plan.ExitCode);
    }

    [Fact]
    public async Task Run_OtherFaces_RefusesBeforeSyncAndKeepsTheIdentify()
    {
        OtherSidecar();
        await using var service = await StartAsync();

        var run = await RunAsync(service, "run", "--yes");
        var planned = await RunAsync(service, "plan");
        var again = await RunAsync(service, "run", "--yes");

        Assert.Equal((3, 3, 3), (run.ExitCode, planned.ExitCode, again.ExitCode));
        Assert.Contains("\"1\"  0-11000 ms  4000-11000 ms  moved", run.Output, StringComparison.Ordinal);
        Assert.Contains("GKF6012", again.Error, StringComparison.Ordinal);
        Assert.Equal([ModelNames.IdentifyFace], service.Ledger.Charges.Select(charge => charge.Model));
        var results = JsonNode.Parse(Text("two-speakers/out/two-speakers/results.json"));
        Assert.Equal(("pending", "GKF6012"), (results?["jobs"]?[0]?["status"]?.GetValue<string>(), results?["jobs"]?[0]?["error"]?["code"]?.GetValue<string>()));
        Assert.Equal(0.007, results?["summary"]?["cost_usd"]?.GetValue<double>());

        Assert.Equal(0, (await RunAsync(service, "identify")).ExitCode);
        Assert.Equal(0, (await RunAsync(service, "run", "--yes")).ExitCode);
        Assert.Equal([ModelNames.IdentifyFace, ModelNames.LipSync], service.Ledger.Charges.Select(charge => charge.Model));
    }

    [Fact]
    public async Task RunUpdateLock_OtherFaces_AcceptsThemAndWritesThem()
    {
        OtherSidecar();
        await using var service = await StartAsync();

        var run = await RunAsync(service, "run", "--yes", "--update-lock");
        var plan = await RunAsync(service, "plan");

        Assert.Equal((0, 0), (run.ExitCode, plan.ExitCode));
        Assert.Contains("4000-11000 ms  moved", run.Error, StringComparison.Ordinal);
        Assert.Contains("start_time: 4000", Text(Lock), StringComparison.Ordinal);
        Assert.Contains("nothing to send, 1 reused", plan.Output, StringComparison.Ordinal);
        Assert.Equal([ModelNames.IdentifyFace, ModelNames.LipSync], service.Ledger.Charges.Select(charge => charge.Model));
    }

    [Fact]
    public async Task RunUpdateLock_NoLockYet_WritesOne()
    {
        File.Delete(folder.File(Lock));
        await using var service = await StartAsync();

        var run = await RunAsync(service, "run", "--yes", "--update-lock");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("face_id: \"1\"", Text(Lock), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_LockAddedLater_SendsNothingAgain()
    {
        var text = Text(Lock);
        File.Delete(folder.File(Lock));
        await using var service = await StartAsync();
        Assert.Equal(0, (await RunAsync(service, "run", "--yes")).ExitCode);
        File.WriteAllText(folder.File(Lock), text);

        var again = await RunAsync(service, "run", "--yes");

        Assert.Equal(0, again.ExitCode);
        Assert.Equal(2, service.Ledger.Charges.Count);
    }

    [Fact]
    public async Task RunSimulate_LockWithoutSidecar_FindsTheLockedFaces()
    {
        File.Delete(folder.File("two-speakers/clips/interview.mp4.faces.yaml"));

        var run = await cli.RunAsync("run", flow, "--simulate");

        Assert.True(run.ExitCode == 0, run.Output + run.Error);
    }

    [Fact]
    public async Task RunPlan_LockChangedSince_RefusesTheStalePlan()
    {
        await using var service = await StartAsync();
        Assert.Equal(0, (await RunAsync(service, "plan", "-o", "plan.json")).ExitCode);
        File.WriteAllText(folder.File(Lock), Text(Lock).Replace("start_time: 0", "start_time: 1", StringComparison.Ordinal));

        var run = await cli.RunAsync("run", "plan.json", "--base-url", service.BaseUrl.AbsoluteUri);
        var update = await cli.RunAsync("run", "plan.json", "--update-lock", "--base-url", service.BaseUrl.AbsoluteUri);

        Assert.Equal((ExitCodes.RefusedBeforeSpending, ExitCodes.WrongInput), (run.ExitCode, update.ExitCode));
        Assert.Contains("the faces lock changed", run.Error, StringComparison.Ordinal);
        Assert.Contains("GKF9035", update.Error, StringComparison.Ordinal);
        Assert.Empty(service.Ledger.Charges);
    }

    [Fact]
    public async Task Identify_SeveralFlowsInOneFile_ShareOneLock()
    {
        var text = Text(flow);
        File.Copy(folder.File("two-speakers/clips/interview.mp4"), folder.File("two-speakers/clips/second.mp4"));
        File.AppendAllText(folder.File("two-speakers/clips/second.mp4"), "\0\0\0\0");
        File.WriteAllText(folder.File(flow), $"{text}---\n{text.Replace("name: two-speakers", "name: second", StringComparison.Ordinal).Replace("clips/interview.mp4", "clips/second.mp4", StringComparison.Ordinal).Replace("\"1\"", "\"0\"", StringComparison.Ordinal)}");
        File.Delete(folder.File(Lock));

        var result = await cli.RunAsync("identify", flow, "--simulate");

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal(["  - source: clips/interview.mp4", "  - source: clips/second.mp4"], Text(Lock).Split('\n').Where(line => line.Contains("source", StringComparison.Ordinal)));
    }

    private void OtherSidecar() => File.WriteAllText(folder.File("two-speakers/clips/interview.mp4.faces.yaml"), OtherFaces);

    private string Text(string path) => File.ReadAllText(folder.File(path));

    private Task<CliResult> RunAsync(SimulatorServer service, string command, params string[] options) =>
        cli.RunAsync([command, flow, .. options, "--base-url", service.BaseUrl.AbsoluteUri]);

    private Task<SimulatorServer> StartAsync() => SimulatorServer.StartAsync(
        new SimulatorOptions { Speed = 50, Render = false, MediaFolder = folder.File("two-speakers") }, TimeProvider.System, CancellationToken.None);
}
