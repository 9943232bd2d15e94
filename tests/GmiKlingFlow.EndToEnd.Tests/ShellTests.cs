using System.Diagnostics;
using Xunit;

namespace GmiKlingFlow.EndToEnd.Tests;

/// <summary>The published program as a shell sees it: pipes, completion, signals.</summary>
public sealed class ShellTests : IDisposable
{
    private readonly ExampleFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Plan_ReaderGoesAway_IsNoBug()
    {
        File.WriteAllText(folder.File("examples/localisation/flow.yaml"), File.ReadAllText(folder.File("examples/localisation/flow.yaml")).Replace("locale: [en, de, fr]", $"locale: [en, de, fr]\n      n: [{string.Join(", ", Enumerable.Range(0, 400))}]", StringComparison.Ordinal).Replace("presenter-{{ matrix.locale }}", "presenter-{{ matrix.locale }}-{{ matrix.n }}", StringComparison.Ordinal));

        var result = await BashAsync("\"$GKFLOW\" plan examples/localisation/flow.yaml | head -n 1; echo \"${PIPESTATUS[0]}\"");

        Assert.StartsWith("Plan: 1200 to send", result.Output, StringComparison.Ordinal);
        Assert.Equal("0", result.Output.TrimEnd().Split('\n')[^1]);
        Assert.Equal("", result.Error);
    }

    [Theory]
    [InlineData("gkflow va", "validate")]
    [InlineData("gkflow plan --form", "--format")]
    [InlineData("gkflow schema fl", "flow")]
    [InlineData("gkflow completion z", "zsh")]
    [InlineData("gkflow run flo", "")]
    [InlineData("gkflow schema ", "diagnostics\nevents\nfaces-lock\nflow\nplan\nresults")]
    public async Task BashCompletion_AWordBegun_OffersItsEnd(string line, string offered)
    {
        var words = line.TrimEnd().Split(' ');
        var result = await BashAsync($"""
            PATH="$(dirname "$GKFLOW"):$PATH"
            source <(gkflow completion bash)
            COMP_LINE='{line}' COMP_POINT={line.Length} COMP_WORDS=({line}) COMP_CWORD={line.Split(' ').Length - 1}
            _gkflow 2>/dev/null
            printf '%s\n' "{"${COMPREPLY[@]}"}"
            """);

        Assert.Equal(offered, result.Output.Trim());
    }

    [Theory]
    [InlineData("gkflow plan examples/ci/flow.yaml --select host-d", "host-de")]
    [InlineData("gkflow plan examples/ci/flow.yaml --select=host-d", "host-de")]
    [InlineData("gkflow plan examples/ci/flow.yaml --select \"host-d", "host-de")]
    [InlineData("gkflow plan my", "my\\ \\\"flow\\\"\\ 🎬.yaml")]
    [InlineData("gkflow plan \"my", "my \\\"flow\\\" 🎬.yaml")]
    [InlineData("gkflow plan 'my", "my \"flow\" 🎬.yaml")]
    public async Task BashCompletion_JobsAndFiles_AreOfferedAsTheyAreTyped(string line, string offered)
    {
        File.WriteAllText(folder.File("my \"flow\" 🎬.yaml"), "x");
        File.WriteAllText(folder.File("line"), line);

        // A process that stands still longer than completion waits offers nothing: asked again.
        var result = await BashAsync("""
            export LC_ALL=C.UTF-8
            PATH="$(dirname "$GKFLOW"):$PATH"
            source <(gkflow completion bash)
            COMP_LINE="$(cat line)" COMP_POINT=$(wc -m < line) COMP_WORDS=(gkflow) COMP_CWORD=0
            for attempt in {1..10}; do
                _gkflow
                [ ${#COMPREPLY[@]} -gt 0 ] && break
            done
            printf '%s\n' "${COMPREPLY[@]}"
            """);

        Assert.Equal((offered, ""), (result.Output.Trim(), result.Error));
    }

    [Fact]
    public async Task Simulate_Terminated_EndsWell()
    {
        var result = await BashAsync("""
            "$GKFLOW" simulate --port 0 > address &
            until [ -s address ]; do sleep 0.1; done
            kill -TERM $!
            wait $!
            echo "exit $?"
            """);

        Assert.Equal("exit 0\n", result.Output);
    }

    [Fact]
    public async Task Run_Terminated_DrainsAndExitsOneHundredThirty()
    {
        var result = await BashAsync("""
            "$GKFLOW" simulate --port 0 --speed 0.2 > address &
            server=$!
            until [ -s address ]; do sleep 0.1; done
            GMI_API_KEY=k "$GKFLOW" run examples/quickstart/flow.yaml --base-url "$(cat address)" > said 2> talk &
            run=$!
            until grep -qs sending talk; do sleep 0.1; done
            kill -TERM $run
            wait $run
            echo "exit $?"
            kill -TERM $server
            wait $server
            """);

        Assert.Equal("exit 130\n", result.Output);
        Assert.Contains("goes on working", File.ReadAllText(folder.File("said")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task FullDisk_OnStandardOutput_ExitsFive()
    {
        var result = await BashAsync("\"$GKFLOW\" schema flow > /dev/full; echo \"exit $?\"");

        Assert.Equal("exit 5\n", result.Output);
    }

    private async Task<ProgramResult> BashAsync(string script)
    {
        var start = new ProcessStartInfo("bash", ["-c", script]) { WorkingDirectory = folder.Path, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["GKFLOW"] = PublishedProgram.ExecutablePath;
        using var bash = Process.Start(start) ?? throw new InvalidOperationException("bash did not start.");
        bash.StandardInput.Close();
        var (output, error) = (bash.StandardOutput.ReadToEndAsync(), bash.StandardError.ReadToEndAsync());
        await bash.WaitForExitAsync();
        return new ProgramResult(bash.ExitCode, await output, await error);
    }
}
