using System.Text.Json.Nodes;
using GmiKlingFlow.Cli.Hosting;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Cli.Tests.Commands;

/// <summary>The example of subtitles, from the cues to the results and back.</summary>
public sealed class SubtitleFlowTests : IDisposable
{
    private const string Subtitles = "subtitles/subtitles/talk.en.srt";

    private readonly TemporaryFolder folder = new();
    private readonly string flow;

    public SubtitleFlowTests() => flow = ExampleFlow.CopyTo(folder, "subtitles");

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("together", 2)]
    [InlineData("chain", 4)]
    public async Task Run_Example_SendsTheCuesTimes(string multiFace, int steps)
    {
        var run = await new CliRunner(folder.Path).RunAsync("run", flow, "--simulate", "--multi-face", multiFace);

        Assert.True(run.ExitCode == ExitCodes.Done, run.Error);
        var results = JsonNode.Parse(await File.ReadAllTextAsync(folder.File("subtitles/out/subtitles/results.json")));
        Assert.Equal(["400-3700 face 0", "4600-7200 face 1", "7800-9900 face 0"], Sent(results, 0));
        Assert.Equal(["400-4300 face 0", "4800-7200 face 1", "7800-9900 face 0"], Sent(results, 1));
        Assert.Equal(steps, results?["jobs"]?[1]?["steps"]?.AsArray().Count);
    }

    [Fact]
    public async Task Plan_WordsOrCommentsChanged_ChangesNoJob()
    {
        var cli = new CliRunner(folder.Path);
        await cli.RunAsync("run", flow, "--simulate");

        Edit("Then I have the last word.", "<i>So the last word is mine.</i>");
        var words = await cli.RunAsync("plan", flow, "--simulate");
        Edit("00:00:07,800", "00:00:07,700");
        var moved = await cli.RunAsync("plan", flow, "--simulate");

        Assert.StartsWith("Plan: nothing to send, 2 reused", words.Output, StringComparison.Ordinal);
        Assert.StartsWith("Plan: 1 changed, 1 reused", moved.Output, StringComparison.Ordinal);
        Assert.Contains("faces[2].sound_start_time 7800 → 7700", moved.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("the last word", "the final word", ExitCodes.Done)]
    [InlineData("00:00:09,900", "00:00:10,100", ExitCodes.RefusedBeforeSpending)]
    [InlineData("BEN:", "BNE:", ExitCodes.RefusedBeforeSpending)]
    public async Task Run_SavedPlan_IsStaleWhenAnEntryIsAnother(string was, string now, int exitCode)
    {
        var cli = new CliRunner(folder.Path);
        await cli.RunAsync("plan", flow, "--simulate", "-o", "plan.json");

        Edit(was, now);
        var run = await cli.RunAsync("run", "plan.json", "--simulate");

        Assert.True(run.ExitCode == exitCode, run.Error);
    }

    [Fact]
    public async Task Plan_OutputOverTheSubtitles_IsRefused()
    {
        var text = File.ReadAllText(folder.File(flow)).Replace("    video: talk\n", "    video: talk\n    output: subtitles/{{ matrix.subtitles }}\n", StringComparison.Ordinal);
        File.WriteAllText(folder.File(flow), text);

        var plan = await new CliRunner(folder.Path).RunAsync("plan", flow, "--out", "subtitles");

        Assert.Contains("GKF4210", plan.Output, StringComparison.Ordinal);
    }

    private void Edit(string was, string now)
    {
        var text = File.ReadAllText(folder.File(Subtitles));
        Assert.Contains(was, text, StringComparison.Ordinal);
        File.WriteAllText(folder.File(Subtitles), text.Replace(was, now, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Sent(JsonNode? results, int job) => (results?["jobs"]?[job]?["faces"]?.AsArray() ?? []).Select(face =>
        $"{face?["sound_insert_time"]}-{(int?)face?["sound_insert_time"] + (int?)face?["sound_end_time"] - (int?)face?["sound_start_time"]} face {face?["face_id"]}");
}
