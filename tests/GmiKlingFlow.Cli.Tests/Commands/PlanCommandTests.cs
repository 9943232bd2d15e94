using System.Text.Json;
using GmiKlingFlow.Cli.Hosting;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Cli.Tests.Commands;

public sealed class PlanCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("quickstart")]
    [InlineData("localisation")]
    [InlineData("two-speakers")]
    [InlineData("subtitles")]
    [InlineData("ci")]
    public async Task RunAsync_Example_ShowsThePlan(string example)
    {
        var flow = ExampleFlow.CopyTo(folder, example);

        var result = await new CliRunner(folder.Path).RunAsync("plan", flow);

        Assert.Equal((ExitCodes.Done, ""), (result.ExitCode, result.Error));
        Baseline.Match(result.Output, caseName: example);
    }

    [Fact]
    public async Task RunAsync_MultiFaceChain_ShowsEachPass()
    {
        var flow = ExampleFlow.CopyTo(folder, "two-speakers");

        var result = await new CliRunner(folder.Path).RunAsync("plan", flow, "--multi-face", "chain");

        Assert.Equal((ExitCodes.Done, ""), (result.ExitCode, result.Error));
        Baseline.Match(result.Output);
    }

    [Theory]
    [InlineData("together.mp4")]
    [InlineData("chain.mp4", "--multi-face", "chain")]
    public async Task RunAsync_TemplateReadsMultiFace_SeesTheCommandLinesWord(string output, params string[] options)
    {
        var flow = ExampleFlow.CopyTo(folder, "two-speakers");
        var file = folder.File(flow);
        File.WriteAllText(file, File.ReadAllText(file).Replace("    video: interview\n", "    video: interview\n    output: \"{{ run.multi_face }}.mp4\"\n", StringComparison.Ordinal));

        var result = await new CliRunner(folder.Path).RunAsync(["plan", flow, .. options]);

        Assert.Equal((ExitCodes.Done, ""), (result.ExitCode, result.Error));
        Assert.Contains(output, result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_MultiFaceNobodyKnows_IsRefused()
    {
        var result = await new CliRunner(folder.Path).RunAsync("plan", ExampleFlow.CopyTo(folder, "two-speakers"), "--multi-face", "chian");

        Assert.Equal(ExitCodes.WrongInput, result.ExitCode);
        Assert.Contains("Did you mean \"chain\"?", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plan", "https://me:secret-word@gmi.example.com/requestqueue/apikey")]
    [InlineData("plan", "https://gmi.example.com/requestqueue/apikey?token=secret-word")]
    [InlineData("plan", "http://gmi.example.com/requestqueue/apikey")]
    [InlineData("plan", "gmi.example.com")]
    [InlineData("run", "https://me:secret-word@gmi.example.com/requestqueue/apikey")]
    public async Task RunAsync_AddressOfNoQueue_IsRefusedAsARunWould(string command, string url)
    {
        var result = await new CliRunner(folder.Path).RunAsync(command, ExampleFlow.CopyTo(folder, "quickstart"), "--base-url", url);

        Assert.Equal((ExitCodes.WrongInput, ""), (result.ExitCode, result.Output));
        Assert.StartsWith("error GKF7002: ", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-word", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_Plan_WritesNothingAnywhere()
    {
        var flow = ExampleFlow.CopyTo(folder, "quickstart");
        var before = Directory.GetFileSystemEntries(folder.Path, "*", SearchOption.AllDirectories);

        await new CliRunner(folder.Path).RunAsync("plan", flow);

        Assert.Equal(before, Directory.GetFileSystemEntries(folder.Path, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task RunAsync_FormatJson_IsTheSameTwiceAndHasTheContractsShape()
    {
        var flow = ExampleFlow.CopyTo(folder, "localisation");

        var first = await new CliRunner(folder.Path).RunAsync("plan", flow, "--format", "json");
        var second = await new CliRunner(folder.Path).RunAsync("plan", flow, "--format", "json");

        Assert.Equal(first, second);
        using var json = JsonDocument.Parse(first.Output);
        Assert.Equal("Plan", json.RootElement.GetProperty("kind").GetString());
        Assert.Equal(3, json.RootElement.GetProperty("summary").GetProperty("create").GetInt32());
        var sync = json.RootElement.GetProperty("jobs")[0].GetProperty("steps")[1];
        Assert.Contains("/face_choose/0/sound_insert_time", sync.GetProperty("unknown").EnumerateArray().Select(pointer => pointer.GetString()));
    }

    [Fact]
    public async Task RunAsync_FormatJsonOfSeveralFlows_IsOneDocument()
    {
        var (quickstart, ci) = (ExampleFlow.CopyTo(folder, "quickstart"), ExampleFlow.CopyTo(folder, "ci"));

        var result = await new CliRunner(folder.Path).RunAsync("plan", quickstart, ci, "--format", "json");

        using var json = JsonDocument.Parse(result.Output);
        Assert.Equal(["quickstart/flow.yaml", "ci/flow.yaml"], json.RootElement.EnumerateArray().Select(plan => plan.GetProperty("flow").GetProperty("file").GetString()));
    }

    [Fact]
    public async Task RunAsync_FormatJsonOfAFlowThatCanNotBeRead_IsItsDiagnostics()
    {
        folder.Write("broken.yaml", "a: [\n");

        var result = await new CliRunner(folder.Path).RunAsync("plan", "broken.yaml", "missing.yaml", "--format", "json");

        Assert.Equal(ExitCodes.WrongInput, result.ExitCode);
        using var json = JsonDocument.Parse(result.Output);
        Assert.Equal(["GKF1001", "GKF1014"], json.RootElement.GetProperty("diagnostics").EnumerateArray().Select(found => found.GetProperty("code").GetString()));
    }

    [Theory]
    [InlineData("text")]
    [InlineData("markdown")]
    public async Task RunAsync_JobThatCanNotBeMade_IsNoQuietPlan(string format)
    {
        var flow = ExampleFlow.CopyTo(folder, "quickstart");
        var text = await File.ReadAllTextAsync(folder.File(flow), TestContext.Current.CancellationToken);
        folder.Write(flow, text.Replace("video: host", "video: hots", StringComparison.Ordinal));

        var result = await new CliRunner(folder.Path).RunAsync("plan", flow, "--format", format);

        Assert.Equal(ExitCodes.WrongInput, result.ExitCode);
        Assert.Contains("Plan: nothing to send, 1 error ·", result.Output, StringComparison.Ordinal);
        Assert.Contains("ot planned because of 1 error", result.Output, StringComparison.Ordinal);
        Assert.Contains("GKF4001", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_OutputOverASource_IsBlocked()
    {
        var flow = ExampleFlow.CopyTo(folder, "quickstart");
        var text = await File.ReadAllTextAsync(folder.File(flow), TestContext.Current.CancellationToken);
        folder.Write(flow, text.Replace("    video: host\n", "    video: host\n    output: clips/host.mp4\n", StringComparison.Ordinal));

        var result = await new CliRunner(folder.Path).RunAsync("plan", flow, "--out", "quickstart");

        Assert.Equal(ExitCodes.WrongInput, result.ExitCode);
        Assert.Contains("GKF4210: \"clips/host.mp4\" would be written over video \"host\"", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_FormatMarkdown_HasATable()
    {
        var flow = ExampleFlow.CopyTo(folder, "ci");

        var result = await new CliRunner(folder.Path).RunAsync("plan", flow, "--format", "markdown");

        Assert.Equal(ExitCodes.Done, result.ExitCode);
        Assert.Contains("host-de", result.Output, StringComparison.Ordinal);
        Assert.Contains("| --- |", result.Output.Replace(":---", "---", StringComparison.Ordinal).Replace("---:", "---", StringComparison.Ordinal).Replace("|---|", "| --- |", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_DetailedExitCode_TellsWhetherThereIsSomethingToDo()
    {
        var flow = ExampleFlow.CopyTo(folder, "quickstart");
        var cli = new CliRunner(folder.Path);

        var before = await cli.RunAsync("plan", flow, "--detailed-exitcode", "--simulate");
        await cli.RunAsync("run", flow, "--simulate");
        var after = await cli.RunAsync("plan", flow, "--detailed-exitcode", "--simulate");

        Assert.Equal((ExitCodes.SomethingToDo, ExitCodes.Done), (before.ExitCode, after.ExitCode));
    }

    [Theory]
    [InlineData("--select", "presenter-d*", "presenter-de")]
    [InlineData("--select", "locale=fr", "presenter-fr")]
    [InlineData("--max-jobs", "1", "presenter-en")]
    public async Task RunAsync_Selection_PlansTheChosenJobs(string option, string value, string chosen)
    {
        var flow = ExampleFlow.CopyTo(folder, "localisation");

        var result = await new CliRunner(folder.Path).RunAsync("plan", flow, option, value, "--format", "json");

        using var json = JsonDocument.Parse(result.Output);
        var jobs = json.RootElement.GetProperty("jobs").EnumerateArray()
            .Where(job => job.GetProperty("action").GetString() == "create")
            .Select(job => job.GetProperty("id").GetString());
        Assert.Equal([chosen], jobs);
    }

    [Fact]
    public async Task RunAsync_AllShards_TogetherPlanEveryJobOnce()
    {
        var flow = ExampleFlow.CopyTo(folder, "localisation");
        var planned = new List<string?>();
        foreach (var shard in new[] { "1/2", "2/2" })
        {
            var result = await new CliRunner(folder.Path).RunAsync("plan", flow, "--shard", shard, "--format", "json");
            Assert.Matches(@"Shard ./2: [12] of 3 jobs, (36|64)% of the estimated time\. One video is identified in two shards", result.Error);
            using var json = JsonDocument.Parse(result.Output);
            planned.AddRange(json.RootElement.GetProperty("jobs").EnumerateArray().Where(job => job.GetProperty("action").GetString() == "create").Select(job => job.GetProperty("id").GetString()));
        }

        Assert.Equal(["presenter-de", "presenter-en", "presenter-fr"], planned.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task RunAsync_DamagedState_ExitsFiveAndNeverPlansWithoutIt()
    {
        var flow = ExampleFlow.CopyTo(folder, "quickstart");
        folder.Write("quickstart/.gkflow/state.db", "this is no database, but a text that is long enough to be one");

        var result = await new CliRunner(folder.Path).RunAsync("plan", flow);

        Assert.Equal((ExitCodes.StateUnusable, ""), (result.ExitCode, result.Output));
        Assert.StartsWith("error GKF80", result.Error, StringComparison.Ordinal);
    }
}
