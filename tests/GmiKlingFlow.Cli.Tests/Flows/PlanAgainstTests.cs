using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using GmiKlingFlow.Cli.Hosting;
using GmiKlingFlow.Cli.Tests.Commands;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Cli.Tests.Flows;

public sealed class PlanAgainstTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Against_Revision_TellsWhatTheChangeAddsChangesRenamesRemovesAndCosts()
    {
        var flow = Committed("quickstart", ("jobs:\n", "jobs:\n  - { id: old, video: host, faces: [{ face: anna, audio: hello, original_audio_volume: 0 }] }\n  - { id: gone, video: host, faces: [{ face: anna, audio: hello, sound_insert_time: 9, original_audio_volume: 0 }] }\n"));
        Edit(flow, ("id: old", "id: better"), ("sound_insert_time: 9,", "sound_insert_time: 11,"), ("id: gone", "id: new"), ("500ms", "700ms"));

        var result = await Run("plan", flow, "--against", "HEAD:");

        Assert.Equal((ExitCodes.Done, ""), (result.ExitCode, result.Error));
        Assert.Equal(
            """
            Plan: 3 to send · est. $0.217 · about 5 min at 4 in flight
                  prices: built-in list of 2026-09-20 (Kling)
            Change: +1 job, 1 changed, 1 renamed, -1 job, $0.147 · against HEAD:

            → better              was "old", with the same inputs
            + new         $0.077  new
            ~ host-hello   $0.07  sound_insert_time 500 → 700
            - gone                not in the flow any more

            Change: +1 job, 1 changed, 1 renamed, -1 job, $0.147 · against HEAD:
            Plan: 3 to send · est. $0.217 · about 5 min at 4 in flight

            """,
            result.Output);
    }

    [Theory]
    [InlineData("HEAD:quickstart/flow.yaml")]
    [InlineData("HEAD:./quickstart/flow.yaml")]
    [InlineData("HEAD:")]
    public async Task Against_ChangesThatAreNone_AreNone(string value)
    {
        var flow = Committed("quickstart");
        Edit(flow, ("# half a second into the video", "# now"), ("    video: host\n    faces:", "    video:   host\n    faces:"));

        var result = await Run("plan", flow, "--against", value, "--all");

        Assert.Contains($"\nChange: nothing changed · against {value}\n\n= host-hello  as it was\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Against_MediaThatTheRevisionTracks_ComparesTheirContents()
    {
        var flow = Committed("quickstart");
        var audio = folder.File("quickstart/audio/hello.wav");
        var content = await File.ReadAllBytesAsync(audio, TestContext.Current.CancellationToken);
        content[^1] ^= 1;
        await File.WriteAllBytesAsync(audio, content, TestContext.Current.CancellationToken);

        var result = await Run("plan", flow, "--against", "HEAD:");

        Assert.Contains("audio sha256 ", result.Output, StringComparison.Ordinal);
        Assert.Contains(" → ", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Against_MediaThatTheRevisionDoesNotTrack_TakesThemFromHereAndSaysSo()
    {
        folder.Write(".gitignore", "*.wav\n");
        var flow = Committed("quickstart");

        var result = await Run("plan", flow, "--against", "HEAD:");

        Assert.Contains("\nChange: nothing changed", result.Output, StringComparison.Ordinal);
        Assert.Contains("Note: quickstart/audio/hello.wav is not in the revision: it was taken as it is here", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, "Change: nothing changed")]
    [InlineData(true, "Change: 1 changed")]
    public async Task Against_MediaInGitLfs_AreKnownByTheirHash(bool isOther, string expected)
    {
        var flow = ExampleFlow.CopyTo(folder, "quickstart");
        var audio = folder.File("quickstart/audio/hello.wav");
        var content = await File.ReadAllBytesAsync(audio, TestContext.Current.CancellationToken);
        var hash = isOther ? new string('a', 64) : Convert.ToHexStringLower(SHA256.HashData(content));
        await File.WriteAllTextAsync(audio, $"version https://git-lfs.github.com/spec/v1\noid sha256:{hash}\nsize {content.Length}\n", TestContext.Current.CancellationToken);
        new GitRepository(folder.Path).Commit();
        await File.WriteAllBytesAsync(audio, content, TestContext.Current.CancellationToken);

        Assert.Contains($"\n{expected}", (await Run("plan", flow, "--against", "HEAD:")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("quickstart/flow.yaml", "quickstart/moved.yaml")]
    [InlineData("quickstart/flow.yaml", "elsewhere/flow.yaml")]
    public async Task Against_FlowThatWasMoved_NamesItsOldPath(string from, string to)
    {
        Committed("quickstart");
        Directory.CreateDirectory(folder.File("elsewhere"));
        new GitRepository(folder.Path).Git("mv", from, to);

        var result = await Run("plan", to, "--against", "HEAD:", "--allow-path", "quickstart");

        // Moved to another folder, it has errors of its own; the comparison is told all the same.
        Assert.Equal(ExitCodes.WrongInput, result.ExitCode);
        Assert.Contains($"error GKF9094: \"HEAD:\" can't be read with git: \"HEAD\" has no such file. Did you mean \"HEAD:{from}\"?", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nope:", "there is no revision \"nope\"")]
    [InlineData("--output=x:", "it names no revision")]
    [InlineData("HEAD:flow.yaml", "\"HEAD\" has no such file. Did you mean \"HEAD:quickstart/flow.yaml\"?")]
    [InlineData("HEAD:../outside.yaml", "\"HEAD\" has no such file")]
    public async Task Against_RevisionThatCanNotBeRead_IsRefused(string value, string reason)
    {
        var flow = Committed("quickstart");

        var result = await Run("plan", flow, $"--against={value}");

        Assert.Equal((ExitCodes.WrongInput, ""), (result.ExitCode, result.Output));
        Assert.Contains($"error GKF9094: \"{value}\" can't be read with git: {reason}", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Against_NoRepository_IsRefused()
    {
        var result = await Run("plan", ExampleFlow.CopyTo(folder, "quickstart"), "--against", "main:");

        Assert.Equal(ExitCodes.WrongInput, result.ExitCode);
        Assert.Contains("can't be read with git: not a git repository", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Against_FlowThatWasBroken_SaysSo()
    {
        var flow = Committed("quickstart", ("audio: hello\n", "audio: hallo\n"));
        Edit(flow, ("audio: hallo\n", "audio: hello\n"));

        var result = await Run("plan", flow, "--against", "HEAD:");

        Assert.Contains("+ host-hello  $0.077  new\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("Note: HEAD: had 1 error itself (the first: GKF", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Against_Results_TellsByTheStateOrByWhatWasSent()
    {
        var flow = ExampleFlow.CopyTo(folder, "quickstart");
        await Run("run", flow, "--simulate");
        Edit(flow, ("500ms", "700ms"), ("original_audio_volume: 0", "original_audio_volume: 0.5"));

        var withState = await Run("plan", flow, "--against", "quickstart/out/quickstart/results.json");
        Directory.Delete(folder.File("quickstart/.gkflow"), recursive: true);
        var without = await Run("plan", flow, "--against", "quickstart/out/quickstart/results.json");

        Assert.All([withState, without], result => Assert.Contains(
            "~ host-hello  $0.077  sound_insert_time 500 → 700, original_audio_volume 0 → 0.5\n", result.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Against_Json_FitsTheSchema()
    {
        var flow = Committed("quickstart");
        Edit(flow, ("500ms", "700ms"));

        var result = await Run("plan", flow, "--against", "HEAD:", "--format", "json");

        var plan = JsonNode.Parse(result.Output);
        Assert.Empty(SchemaJudge.Errors("plan.v1.schema.json", plan)[0]);
        Assert.Equal("sound_insert_time 500 → 700", plan?["against"]?["jobs"]?[0]?["reason"]?.GetValue<string>());
        Assert.Equal(0.077m, plan?["against"]?["estimated_usd"]?.GetValue<decimal>());
    }

    [Fact]
    public async Task Against_Saved_IsNoPartOfThePlan()
    {
        var flow = Committed("quickstart");

        await Run("plan", flow, "--against", "HEAD:", "--simulate", "-o", "plan.json");

        Assert.DoesNotContain("\"against\"", await File.ReadAllTextAsync(folder.File("plan.json"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Done, (await Run("run", "plan.json", "--simulate")).ExitCode);
    }

    [Theory]
    [InlineData("nothing.json", null, "there is no such file")]
    [InlineData("base.json", "no json", "it is not JSON (line 1)")]
    [InlineData("base.json", "{}", "it is neither a plan nor results")]
    [InlineData("base.json", """{"kind":"Plan","apiVersion":"gmiklingflow/v9"}""", "it is of another version")]
    [InlineData("base.json", """{"kind":"Plan","apiVersion":"gmiklingflow/v1","jobs":[7]}""", "one of its jobs has no id or no key")]
    [InlineData("base.json", """{"kind":"Results","apiVersion":"gmiklingflow/v1","jobs":[null]}""", "one of its jobs has no id or no key")]
    [InlineData("base.json", """{"kind":"Results","apiVersion":"gmiklingflow/v1","jobs":null}""", "it has no list of jobs")]
    [InlineData("base.json", """{"kind":"Plan","apiVersion":"gmiklingflow/v1"}""", "it has no list of jobs")]
    [InlineData("base.json", """{"\ud800":1,"kind":"Plan","apiVersion":"gmiklingflow/v1","jobs":[]}""", "it holds half of a character")]
    public async Task Against_FileThatIsNoBase_IsRefused(string name, string? content, string reason)
    {
        var flow = ExampleFlow.CopyTo(folder, "quickstart");
        if (content is not null)
        {
            folder.Write(name, content);
        }

        var result = await Run("plan", flow, "--against", name);

        Assert.Equal(ExitCodes.WrongInput, result.ExitCode);
        Assert.Contains($"error GKF9091: \"{name}\" can't be compared with: {reason}.", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_PlanThatHolds_ExitsZeroWhateverWasDoneSince()
    {
        var flow = ExampleFlow.CopyTo(folder, "quickstart");
        await Run("plan", flow, "--simulate", "-o", "plan.json");
        await Run("run", flow, "--simulate");
        Edit(flow, ("# half a second into the video", ""));

        var result = await Run("plan", flow, "--simulate", "--check", "plan.json");

        Assert.Equal(ExitCodes.Done, result.ExitCode);
        Assert.Contains("\nCheck: plan.json holds, 1 job as planned\n", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text", "Check: plan.json does not hold: 1 changed, $0.077")]
    [InlineData("json", "sound_insert_time 500 → 700")]
    [InlineData("markdown", "**Check: plan.json does not hold: 1 changed")]
    public async Task Check_PlanThatDoesNotHold_ExitsTenAndSaysWhy(string format, string expected)
    {
        var flow = ExampleFlow.CopyTo(folder, "quickstart");
        folder.Write("plan.json", (await Run("plan", flow, "--format", "json")).Output);
        Edit(flow, ("500ms", "700ms"));

        var result = await Run("plan", flow, "--check", "plan.json", "--format", format);

        Assert.Equal(ExitCodes.SomethingToDo, result.ExitCode);
        Assert.Contains(expected, result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_OutputAndLabels_CountToo()
    {
        var flow = ExampleFlow.CopyTo(folder, "quickstart");
        await Run("plan", flow, "-o", "plan.json");
        Edit(flow, ("    video: host\n    faces:", "    video: host\n    output: other.mp4\n    labels: { a: b }\n    faces:"));

        var result = await Run("plan", flow, "--check", "plan.json");

        Assert.Equal(ExitCodes.SomethingToDo, result.ExitCode);
        Assert.Contains("~ host-hello  output host-hello.mp4 → other.mp4; label a=b added\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("does not hold: 1 changed, $0.00", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_Results_AreRefused()
    {
        var flow = ExampleFlow.CopyTo(folder, "quickstart");
        folder.Write("results.json", JsonSerializer.Serialize(new { apiVersion = "gmiklingflow/v1", kind = "Results", jobs = Array.Empty<int>() }));

        var result = await Run("plan", flow, "--check", "results.json");

        Assert.Equal(ExitCodes.WrongInput, result.ExitCode);
        Assert.Contains("GKF9095", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AgainstAndCheck_OnUnclearCommandLines_AreRefused()
    {
        var (one, two) = (ExampleFlow.CopyTo(folder, "quickstart"), ExampleFlow.CopyTo(folder, "ci"));

        var both = await Run("plan", one, "--check", "plan.json", "--against", "main:");
        var several = await Run("plan", one, two, "--check", "plan.json");

        Assert.Equal((2, true), (both.ExitCode, both.Error.Contains("GKF9093", StringComparison.Ordinal)));
        Assert.Equal((2, true), (several.ExitCode, several.Error.Contains("GKF9092", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Selected_JobsOnly_AreCompared()
    {
        var flow = Committed("localisation");
        Edit(flow, ("250ms", "300ms"), ("[en, de, fr]", "[en, de]"));

        var result = await Run("plan", flow, "--against", "HEAD:", "--select", "*-de");

        Assert.Contains("\nChange: 1 changed, $0.147 · against HEAD:\n", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("presenter-fr", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GroupBy_NameThatNoJobHas_IsRefused()
    {
        var result = await Run("plan", ExampleFlow.CopyTo(folder, "localisation"), "--group-by", "local");

        Assert.Equal(ExitCodes.WrongInput, result.ExitCode);
        Assert.Contains("error GKF9090: \"local\" is no label of any job of \"localisation\". Did you mean \"locale\"? It can be grouped by: video, locale.", result.Error, StringComparison.Ordinal);
    }

    private Task<CliResult> Run(params string[] args) => new CliRunner(folder.Path).RunAsync(args);

    private string Committed(string example, params (string Old, string New)[] edits)
    {
        var flow = ExampleFlow.CopyTo(folder, example);
        Edit(flow, edits);
        new GitRepository(folder.Path).Commit();
        return flow;
    }

    private void Edit(string flow, params (string Old, string New)[] edits)
    {
        var text = File.ReadAllText(folder.File(flow)).ReplaceLineEndings("\n");
        foreach (var (old, replacement) in edits)
        {
            Assert.Contains(old, text, StringComparison.Ordinal);
            text = text.Replace(old, replacement, StringComparison.Ordinal);
        }

        File.WriteAllText(folder.File(flow), text);
    }
}
