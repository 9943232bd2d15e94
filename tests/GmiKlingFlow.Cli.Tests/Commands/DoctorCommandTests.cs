using System.Text.Json.Nodes;
using GmiKlingFlow.Cli.Checkups;
using GmiKlingFlow.Cli.Hosting;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Simulator;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Cli.Tests.Commands;

public sealed class DoctorCommandTests : IDisposable
{
    private const string Key = "eyJ-canary-doctor-0123456789";
    private const string ModelsWithOurs = """{"model_ids":["kling-identify-face","kling-lip-sync"]}""";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task RunAsync_AllWell_SaysSoAndOnlyAsks()
    {
        await using var simulator = await SimulatorServer.StartAsync(new SimulatorOptions { ApiKey = Key }, TimeProvider.System, CancellationToken.None);

        var result = await Cli().RunAsync("doctor", "--base-url", simulator.BaseUrl.AbsoluteUri);

        Assert.True(result.ExitCode == ExitCodes.Done, result.Output);
        Assert.Contains("ok       service  127.0.0.1 answers and takes the key\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("ok       clock    agrees with the service's\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("ok       state    none in .gkflow yet: nothing was run\n", result.Output, StringComparison.Ordinal);
        Assert.EndsWith("All well. Nothing was spent.\n", result.Output, StringComparison.Ordinal);
        Assert.All(simulator.Ledger.Calls.Keys, call => Assert.StartsWith("GET /models", call, StringComparison.Ordinal));
        Assert.Empty(simulator.Ledger.Charges);
        Assert.DoesNotContain("canary", result.Output + result.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task RunAsync_NoKey_ExitsTwoWithTheWayOutAndAsksNobody()
    {
        await using var server = ScriptedServer.Answering(ScriptedReply.Json(200, ModelsWithOurs));

        var result = await new CliRunner(folder.Path).RunAsync("doctor", "--base-url", server.Url.AbsoluteUri);

        Assert.Equal(ExitCodes.WrongInput, result.ExitCode);
        Assert.Contains("error    key      GKF9012: \"GMI_API_KEY\" is not set.", result.Output, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData(401, "GKF7021")]
    [InlineData(403, "GKF7023")]
    [InlineData(503, "GKF7031")]
    public async Task RunAsync_ServiceRefuses_ExitsFour(int status, string code)
    {
        await using var server = ScriptedServer.Answering(ScriptedReply.Json(status, $$"""{"error":"no: {{Key}}"}"""));

        var result = await Cli().RunAsync("doctor", "--base-url", server.Url.AbsoluteUri);

        Assert.Equal(ExitCodes.ServiceUnusable, result.ExitCode);
        Assert.Contains($"error    service  {code}: ", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", result.Output + result.Error, StringComparison.Ordinal);
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task RunAsync_NobodyThere_ExitsFour()
    {
        var result = await Cli().RunAsync("doctor", "--base-url", ScriptedServer.Nowhere().AbsoluteUri);

        Assert.Equal(ExitCodes.ServiceUnusable, result.ExitCode);
        Assert.Contains("GKF7010", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_ServiceNeverAnswers_EndsAfterTenSeconds()
    {
        await using var server = ScriptedServer.Answering(ScriptedReply.Hang);
        var cli = Cli();
        var clock = new HurriedTimeProvider();
        cli.Time = clock;

        var result = await cli.RunAsync("doctor", "--base-url", server.Url.AbsoluteUri);

        Assert.Equal(ExitCodes.ServiceUnusable, result.ExitCode);
        Assert.Contains("GKF7011", result.Output, StringComparison.Ordinal);
        Assert.Contains("10 s", result.Output, StringComparison.Ordinal);
        Assert.All(clock.Waits, wait => Assert.True(wait <= TimeSpan.FromSeconds(10), wait.ToString()));
    }

    [Fact]
    public async Task RunAsync_Offline_AsksNobody()
    {
        await using var server = ScriptedServer.Answering(ScriptedReply.Json(200, ModelsWithOurs));

        var result = await Cli().RunAsync("doctor", "--offline", "--base-url", server.Url.AbsoluteUri);

        Assert.True(result.ExitCode == ExitCodes.Done, result.Output);
        Assert.Empty(server.Requests);
        Assert.Contains("prices   identify $0.007 per request, lip-sync $0.07 per started 5 s · built-in list", result.Output, StringComparison.Ordinal);
        Assert.Contains("\n-        service  not asked with --offline\n", result.Output, StringComparison.Ordinal);
        Assert.EndsWith("All well, as far as it was looked at. Nothing was spent.\n", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Wed, 01 Jan 2020 00:00:00 GMT", "hours ahead of the service's")]
    [InlineData("Wed, 01 Jan 2200 00:00:00 GMT", "hours behind the service's")]
    public async Task RunAsync_ClockAndModelsOff_WarnAndEndWithZero(string date, string words)
    {
        await using var server = ScriptedServer.Answering(ScriptedReply.Json(200, """{"model_ids":["other"]}""", $"Date: {date}"));

        var result = await Cli().RunAsync("doctor", "--base-url", server.Url.AbsoluteUri, "--format", "json");

        Assert.Equal(ExitCodes.Done, result.ExitCode);
        var told = JsonNode.Parse(result.Output);
        var warnings = told?["findings"]?.AsArray().Where(finding => finding?["severity"]?.GetValue<string>() == "warning").ToList() ?? [];
        Assert.Equal(["GKF9119", "GKF9119", "GKF9118"], warnings.Select(warning => warning?["code"]?.GetValue<string>()));
        Assert.Contains(words, warnings[^1]?["message"]?.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(3, told?["summary"]?["warnings"]?.GetValue<int>());
    }

    [Fact]
    public async Task RunAsync_PricesOfTheService_AreNamedAndDoubted()
    {
        await using var server = new ScriptedServer(request => request.Target.EndsWith("/kling-lip-sync", StringComparison.Ordinal)
            ? ScriptedReply.Json(200, """{"price_info":{"price":90000,"unit":"5 seconds"}}""")
            : request.Target.EndsWith("/kling-identify-face", StringComparison.Ordinal) ? ScriptedReply.Json(200, """{"price_info":{"price":1,"unit":"request"}}""")
            : ScriptedReply.Json(200, ModelsWithOurs));

        var result = await Cli().RunAsync("doctor", "--base-url", server.Url.AbsoluteUri);

        Assert.True(result.ExitCode == ExitCodes.Done, result.Output);
        Assert.Contains("lip-sync $0.09 per started 5 s", result.Output, StringComparison.Ordinal);
        Assert.Contains("warning  prices", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_StateDamaged_ExitsFive()
    {
        folder.Write(".gkflow/state.db", "no database at all, but longer than its header: " + new string('x', 4096));

        var result = await Cli().RunAsync("doctor", "--offline");

        Assert.Equal(ExitCodes.StateUnusable, result.ExitCode);
        Assert.Contains("error    state    GKF8001", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_AfterARun_TellsItsJobsAndThatItWasCutOff()
    {
        var flow = ExampleFlow.CopyTo(folder, "quickstart");
        await new CliRunner(folder.Path).RunAsync("run", flow, "--simulate");
        folder.Write("quickstart/.gkflow/run.holder.json", $$"""{"pid":999999999,"host":"{{Environment.MachineName}}","started_at":"2026-11-22T10:00:00Z","token":"x"}""");

        var result = await Cli().RunAsync("doctor", flow, "--offline");

        Assert.True(result.ExitCode == ExitCodes.Done, result.Output);
        Assert.Contains("quickstart/.gkflow can be read: 1 job", result.Output, StringComparison.Ordinal);
        Assert.Contains("warning  state    GKF9121: The last run (process 999999999", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_FileWhereAFolderShouldBe_ExitsFive()
    {
        folder.Write("blocked", "a file");

        var result = await Cli().RunAsync("doctor", "--offline", "--out", "blocked/videos");

        Assert.Equal(ExitCodes.StateUnusable, result.ExitCode);
        Assert.Contains("error    out      GKF8191: Nothing can be written to \"blocked/videos\": a file is in its way.", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(50L, Severity.Error, ExitCodes.StateUnusable)]
    [InlineData(500L, Severity.Warning, ExitCodes.Done)]
    [InlineData(5000L, Severity.Info, ExitCodes.Done)]
    public void Look_RoomOnDisk_DecidesHowSeriousItIs(long megabytes, Severity severity, int exitCode)
    {
        var finding = DiskCheck.Look("out", folder.File("not/yet"), "not/yet", _ => megabytes * 1024 * 1024);

        Assert.Equal((severity, exitCode), (finding.Severity, finding.ExitCode));
        Assert.Equal(severity == Severity.Info ? null : "GKF8192", finding.Code);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task RunAsync_NoFfmpeg_IsAWarningWithTheInstallLines()
    {
        var result = await new CliRunner(folder.Path) { Environment = { ["GMI_API_KEY"] = Key, ["PATH"] = folder.Path } }.RunAsync("doctor", "--offline");

        Assert.Equal(ExitCodes.Done, result.ExitCode);
        Assert.Contains("warning  ffmpeg   GKF9111", result.Output, StringComparison.Ordinal);
        Assert.Contains("brew install ffmpeg", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_FfmpegThatIsNone_IsAWarning()
    {
        var cli = Cli();
        cli.Environment["GKFLOW_FFMPEG"] = folder.Write("notes.txt", "no program");

        var result = await cli.RunAsync("doctor", "--offline");

        Assert.Equal(ExitCodes.Done, result.ExitCode);
        Assert.Contains("warning  ffmpeg   GKF9122", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_JobThatStalled_IsAWarningWithTheWayOut()
    {
        var flow = ExampleFlow.CopyTo(folder, "quickstart");
        await using var simulator = await SimulatorServer.StartAsync(
            new SimulatorOptions { ProcessingTime = TimeSpan.FromHours(1), IdentifyTime = TimeSpan.Zero, Render = false }, TimeProvider.System, CancellationToken.None);
        var run = await Cli().RunAsync("run", flow, "--base-url", simulator.BaseUrl.AbsoluteUri, "--deadline", "1s");

        var result = await Cli().RunAsync("doctor", flow, "--offline");

        Assert.True(run.ExitCode == ExitCodes.NotSettled, run.Error);
        Assert.Equal(ExitCodes.Done, result.ExitCode);
        Assert.Contains("warning  state    GKF9120: 1 job is stalled or unknown.", result.Output, StringComparison.Ordinal);
        Assert.Contains("gkflow status quickstart/flow.yaml", result.Output, StringComparison.Ordinal);
    }

    private CliRunner Cli() => new(folder.Path)
    {
        Environment = { ["GMI_API_KEY"] = Key, ["PATH"] = Path.GetDirectoryName(Ffmpeg.FfmpegPath) ?? "" },
    };
}
