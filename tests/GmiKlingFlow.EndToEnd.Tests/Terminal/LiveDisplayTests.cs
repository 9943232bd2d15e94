using GmiKlingFlow.Simulator;
using Xunit;

namespace GmiKlingFlow.EndToEnd.Tests.Terminal;

/// <summary>A run as someone at a terminal sees it: the question, the display that redraws itself, Ctrl-C.</summary>
public sealed class LiveDisplayTests : IAsyncLifetime
{
    private const int Jobs = 6;

    private readonly ExampleFolder folder = new();
    private SimulatorServer? service;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        var flow = folder.File("examples/quickstart/flow.yaml");
        var text = File.ReadAllText(flow);
        var jobs = Enumerable.Range(0, Jobs).Select(static n => $"  - id: line-{n}\n    video: host\n    faces: [{{ face: anna, audio: hello, sound_insert_time: {n * 100}, original_audio_volume: 0 }}]\n");
        File.WriteAllText(flow, $"{text[..text.IndexOf("jobs:", StringComparison.Ordinal)]}jobs:\n{string.Concat(jobs)}");
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        if (service is { } running)
        {
            await running.DisposeAsync();
        }

        folder.Dispose();
    }

    [Theory]
    [InlineData(40)]
    [InlineData(80)]
    [InlineData(160)]
    public async Task Run_OnATerminal_LeavesWholeLinesOnly(int columns)
    {
        using var terminal = await OpenAsync(columns, speed: 5);

        terminal.Type("clear; gkflow run examples/quickstart/flow.yaml --yes");
        await terminal.WhileRunningAsync(static screen => screen.Contains("/6 jobs", StringComparison.Ordinal), Cancelled);
        var end = await terminal.UntilAsync(static screen => screen.EndsWith("\n$", StringComparison.Ordinal), Cancelled);

        var lines = end.Split('\n');
        Assert.StartsWith("Plan: 6 to send", lines[0], StringComparison.Ordinal);
        Assert.Equal(Enumerable.Range(0, Jobs).Select(static n => $"✓ line-{n}"), lines.Where(static l => l.StartsWith('✓')).Select(static l => l.TrimEnd()).Order());
        Assert.DoesNotContain(lines, static l => l.Contains("/6 jobs", StringComparison.Ordinal));
        Assert.Contains(lines, static l => l.StartsWith("Run: 6 succeeded", StringComparison.Ordinal));
        Assert.True(terminal.CursorIsVisible);
    }

    [Fact]
    public async Task Run_WindowMadeNarrower_LeavesNoRemains()
    {
        using var terminal = await OpenAsync(100, speed: 2);

        terminal.Type("clear; gkflow run examples/quickstart/flow.yaml --yes");
        await terminal.WhileRunningAsync(static screen => screen.Contains("taken as", StringComparison.Ordinal), Cancelled);
        terminal.Resize(44, 20);
        var end = await terminal.UntilAsync(static screen => screen.EndsWith("\n$", StringComparison.Ordinal), Cancelled);

        Assert.DoesNotContain("/6 jobs", end, StringComparison.Ordinal);
        Assert.DoesNotContain("taken as", end, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_CtrlCOnce_DrainsAndLeavesTheTerminalClean()
    {
        using var terminal = await OpenAsync(100, speed: 0.5);

        terminal.Type("clear; gkflow run examples/quickstart/flow.yaml --yes");
        await terminal.WhileRunningAsync(static screen => screen.Contains("taken as", StringComparison.Ordinal), Cancelled);
        terminal.Press("C-c");
        await terminal.UntilAsync(static screen => screen.EndsWith("\n$", StringComparison.Ordinal), Cancelled);
        terminal.Type("echo code=$?");
        var end = await terminal.UntilAsync(static screen => screen.Contains("\ncode=", StringComparison.Ordinal), Cancelled);

        Assert.Contains("\ncode=130", end, StringComparison.Ordinal);
        Assert.Contains("The service goes on working", end, StringComparison.Ordinal);
        Assert.DoesNotContain("/6 jobs", end, StringComparison.Ordinal);
        Assert.True(terminal.CursorIsVisible);
    }

    [Fact]
    public async Task Run_CtrlCTwice_EndsAtOnceAndGivesTheTerminalBack()
    {
        // Identify blocks its POST for long: the first Ctrl-C waits for the answer.
        using var terminal = await OpenAsync(100, speed: 0.02);

        terminal.Type("clear; gkflow run examples/quickstart/flow.yaml --yes");
        await terminal.WhileRunningAsync(static screen => screen.Contains("identify: sending", StringComparison.Ordinal), Cancelled);
        terminal.Press("C-c");
        await terminal.WhileRunningAsync(static screen => screen.Contains("Ctrl-C again ends at once", StringComparison.Ordinal), Cancelled);
        terminal.Press("C-c");
        var stopped = await terminal.UntilAsync(static screen => screen.EndsWith("\n$", StringComparison.Ordinal), Cancelled);
        terminal.Type("echo code=$?");
        var end = await terminal.UntilAsync(static screen => screen.Contains("\ncode=", StringComparison.Ordinal), Cancelled);

        Assert.Contains("Stopped at once.", stopped, StringComparison.Ordinal);
        Assert.DoesNotContain("/6 jobs", stopped, StringComparison.Ordinal);
        Assert.Contains("\ncode=130", end, StringComparison.Ordinal);
        Assert.True(terminal.CursorIsVisible);
    }

    [Theory]
    [InlineData("n", "Nothing was sent.")]
    [InlineData("", "Nothing was sent.")]
    [InlineData("perhaps", "Nothing was sent.")]
    [InlineData("y", "Run: 6 succeeded")]
    public async Task Run_Asked_SpendsOnlyAfterAYes(string answer, string expected)
    {
        using var terminal = await OpenAsync(100, speed: 20);

        terminal.Type("gkflow run examples/quickstart/flow.yaml");
        await terminal.WhileRunningAsync(static screen => screen.EndsWith("[y/N]", StringComparison.Ordinal), Cancelled);
        terminal.Type(answer);
        var end = await terminal.UntilAsync(static screen => screen.EndsWith("\n$", StringComparison.Ordinal), Cancelled);

        Assert.Contains(expected, end, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(80)]
    public async Task Watch_OnATerminal_RedrawsOnePageAndEndsWithZero(int columns)
    {
        var flow = folder.File("examples/quickstart/flow.yaml");
        using var terminal = await OpenAsync(columns, speed: 5);

        terminal.Type("clear; gkflow watch examples/quickstart/flow.yaml");
        await terminal.WhileRunningAsync(static screen => screen.Contains("Plan: 6 to send", StringComparison.Ordinal), Cancelled);
        var text = await File.ReadAllTextAsync(flow, Cancelled);
        await File.WriteAllTextAsync($"{flow}.new", text.Replace("insert_time: 100,", "insert_time: 150,", StringComparison.Ordinal), Cancelled);
        File.Move($"{flow}.new", flow, overwrite: true);
        var changed = await terminal.WhileRunningAsync(static screen => screen.Contains("Since the plan before: 1 changed", StringComparison.Ordinal), Cancelled);
        await File.WriteAllTextAsync(flow, "no flow", Cancelled);
        var broken = await terminal.WhileRunningAsync(static screen => screen.Contains("error GKF", StringComparison.Ordinal), Cancelled);
        terminal.Press("C-c");
        terminal.Type("echo code=$?");
        var end = await terminal.UntilAsync(static screen => screen.Contains("\ncode=", StringComparison.Ordinal), Cancelled);

        Assert.StartsWith("Watching examples/quickstart/flow", changed, StringComparison.Ordinal);
        Assert.Contains("sound_insert_time 100 → 150", changed, StringComparison.Ordinal);
        Assert.DoesNotContain("Plan:", broken, StringComparison.Ordinal);
        Assert.Contains("\ncode=0", end, StringComparison.Ordinal);
        Assert.True(terminal.CursorIsVisible);
    }

    private async Task<TmuxTerminal> OpenAsync(int columns, double speed)
    {
        service = await SimulatorServer.StartAsync(new SimulatorOptions { ApiKey = "key", Speed = speed, Render = false }, TimeProvider.System, Cancelled);
        return new TmuxTerminal(folder.Path, columns, 40, new Dictionary<string, string>
        {
            ["PATH"] = $"{Path.GetDirectoryName(PublishedProgram.ExecutablePath)}:{Environment.GetEnvironmentVariable("PATH")}",
            ["GMI_BASE_URL"] = service.BaseUrl.AbsoluteUri,
            ["GMI_API_KEY"] = "key",
        });
    }
}
