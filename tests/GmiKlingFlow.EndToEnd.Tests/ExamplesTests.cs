using System.Text.Json.Nodes;
using Xunit;

namespace GmiKlingFlow.EndToEnd.Tests;

/// <summary>Every example with the published program, as someone with only the README would.</summary>
public sealed class ExamplesTests
{
    public static TheoryData<string> Examples => [.. ExampleFolder.Names];

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task Example_ValidatedPlannedAndRun_LeavesVideosAndResults(string example)
    {
        using var folder = new ExampleFolder("my flows, é and 🎬");
        var flow = $"examples/{example}/flow.yaml";

        var validate = await PublishedProgram.RunAsync(folder.Path, "validate", flow);
        var plan = await PublishedProgram.RunAsync(folder.Path, "plan", flow);
        var run = await PublishedProgram.RunAsync(folder.Path, "run", flow, "--simulate");
        var again = await PublishedProgram.RunAsync(folder.Path, "run", flow, "--simulate");

        Assert.True(validate.ExitCode == 0, validate.Error);
        Assert.True(plan.ExitCode == 0, plan.Error);
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.True(again.ExitCode == 0, again.Error);
        var outputs = folder.File($"examples/{example}/out/{example}");
        Assert.True(File.Exists(Path.Combine(outputs, "results.yaml")));
        var results = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(outputs, "results.json")));
        var jobs = results?["jobs"]?.AsArray() ?? [];
        Assert.NotEmpty(jobs);
        Assert.All(jobs, job => Assert.Equal("reused", job?["status"]?.GetValue<string>()));
        Assert.All(jobs, job => Assert.True(File.Exists(Path.Combine(outputs, job?["output"]?["file"]?.GetValue<string>() ?? ""))));
    }

    [Theory]
    [InlineData("tr_TR.UTF-8", "Asia/Kathmandu")]
    [InlineData("de_DE.UTF-8", "America/St_Johns")]
    [InlineData("ar_SA.UTF-8", "Pacific/Kiritimati")]
    [InlineData("C", "UTC")]
    public async Task Plan_AnyCultureAndTimeZone_IsTheSameBytes(string culture, string zone)
    {
        using var folder = new ExampleFolder();
        var here = new Dictionary<string, string?> { ["LANG"] = culture, ["LC_ALL"] = culture, ["TZ"] = zone };

        var plain = await PublishedProgram.RunAsync(folder.Path, "plan", "examples/localisation/flow.yaml", "--format", "json");
        var there = await PublishedProgram.RunAsync(folder.Path, here, "plan", "examples/localisation/flow.yaml", "--format", "json");

        Assert.Equal(0, plain.ExitCode);
        Assert.Equal(plain.Output, there.Output);
    }

    [Fact]
    public async Task Init_ThenRun_Works()
    {
        using var folder = new ExampleFolder();

        var init = await PublishedProgram.RunAsync(folder.Path, "init", "fresh");
        var run = await PublishedProgram.RunAsync(folder.Path, "run", "fresh/flow.yaml", "--simulate");
        var secondInit = await PublishedProgram.RunAsync(folder.Path, "init", "fresh");

        Assert.True(init.ExitCode == 0, init.Error);
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal(2, secondInit.ExitCode);
    }

    [Fact]
    public void Quickstart_AllFiles_AreSmall()
    {
        using var folder = new ExampleFolder();
        var quickstart = Directory.EnumerateFiles(folder.File("examples/quickstart"), "*", SearchOption.AllDirectories).Sum(f => new FileInfo(f).Length);
        Assert.InRange(quickstart, 10_000, 1_500_000);
    }
}
