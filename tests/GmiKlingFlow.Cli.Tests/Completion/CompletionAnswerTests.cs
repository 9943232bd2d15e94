using GmiKlingFlow.Cli.Completion;
using GmiKlingFlow.Cli.Hosting;
using GmiKlingFlow.Cli.Tests.Commands;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Cli.Tests.Completion;

/// <summary>What is offered to a shell; the clock stands still, so that nothing is offered late.</summary>
public sealed class CompletionAnswerTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("gkflow pl", "plan")]
    [InlineData("gkflow plan --form", "--format")]
    [InlineData("gkflow plan flow.yaml --format ma", "markdown")]
    [InlineData("gkflow plan --format=ma", "--format=markdown")]
    [InlineData("gkflow verify --only ", "inputs outputs")]
    [InlineData("gkflow explain GKF913", "GKF9130")]
    [InlineData("gkflow plan --no-warn GKF4305", "GKF4305")]
    [InlineData("gkflow schema fl", "flow")]
    [InlineData("gkflow nonsense ", "")]
    [InlineData("gkflow explain GKF4001 ", "")]
    [InlineData("", "")]
    public async Task Suggest_WordsOfTheProgram_AreOfferedByTheirBeginning(string line, string offered) =>
        Assert.Equal(offered, line.Length == 0 ? "" : string.Join(' ', await OfferedAsync(line)));

    [Fact]
    public async Task Suggest_FilesOfAFlow_AreYamlAndForRunPlansToo()
    {
        foreach (var file in (string[])["flow.yaml", "flow.faces.lock.yaml", "results.yaml", "plan.json", "other.json", "out/results.json", "sub/deep.yml", "my \"flow\" 🎬.yaml", ".hidden.yaml"])
        {
            folder.Write(file, "x");
        }

        Assert.Equal(["flow.yaml", "my \"flow\" 🎬.yaml", "out/", "sub/"], await OfferedAsync("gkflow plan "));
        Assert.Equal(["flow.yaml", "my \"flow\" 🎬.yaml", "plan.json", "out/", "sub/"], await OfferedAsync("gkflow run "));
        Assert.Equal(["sub/deep.yml"], await OfferedAsync("gkflow plan flow.yaml sub/"));
        Assert.Equal(["my \"flow\" 🎬.yaml"], await OfferedAsync("gkflow plan 'my \"fl"));
        Assert.Equal(["out/results.json"], await OfferedAsync("gkflow merge out/"));
        Assert.Equal(["plan.json"], await OfferedAsync("gkflow report p"));
    }

    [Fact]
    public async Task Suggest_JobsOfFlowAndState_AreOffered()
    {
        var flow = ExampleFlow.CopyTo(folder, "ci");
        await new CliRunner(folder.Path).RunAsync("run", flow, "--simulate");

        Assert.Equal(["host-de", "host-en"], (await OfferedAsync($"gkflow status {flow} --job ho")).Order());
        Assert.Equal(["host-en"], await OfferedAsync("gkflow status --state ci/.gkflow --job=host-e").ContinueWith(static task => task.Result.Select(static word => word.Replace("--job=", "", StringComparison.Ordinal)), TaskScheduler.Default));
        Assert.Equal(["host-de", "host-en"], (await OfferedAsync($"gkflow plan {flow} --select ho")).Order());
        Assert.Empty(await OfferedAsync($"gkflow settle {flow} "));
    }

    [Theory]
    [InlineData("gkflow status broken.yaml --job ")]
    [InlineData("gkflow plan broken.yaml --select ")]
    [InlineData("gkflow plan missing.yaml --select ")]
    [InlineData("gkflow status --state damaged --job ")]
    [InlineData("gkflow status --state broken.yaml --job ")]
    [InlineData("gkflow plan nowhere/")]
    [InlineData("gkflow plan \0/")]
    [InlineData("gkflow --job")]
    public async Task Suggest_AnyProblem_OffersNothingAndSaysNothing(string line)
    {
        folder.Write("broken.yaml", "jobs: [{{{\u0001");
        folder.Write("damaged/state.db", "no database at all");

        Assert.Empty(await OfferedAsync(line));
    }

    [Theory]
    [InlineData("a b", "a|b")]
    [InlineData("a ", "a|")]
    [InlineData("", "")]
    [InlineData("a 'b c' \"d e", "a|b c|d e")]
    [InlineData("a\\ b ''  c", "a b||c")]
    [InlineData("\"a\\\"b\\c\" '\\'", "a\"b\\c|\\")]
    [InlineData("--select=\"🎬 x", "--select=🎬 x")]
    [InlineData("end\\", "end\\")]
    public void ShellWords_Line_IsTakenApartAsAShellDoes(string line, string words) =>
        Assert.Equal(words, string.Join('|', ShellWords.Of(line)));

    private async Task<string[]> OfferedAsync(string line)
    {
        var result = await new CliRunner(folder.Path) { Time = new ManualTimeProvider(DateTimeOffset.UnixEpoch) }.RunAsync("[suggest]", line);

        Assert.Equal((ExitCodes.Done, ""), (result.ExitCode, result.Error));
        return result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
