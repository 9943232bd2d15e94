using System.Diagnostics;
using System.Text.Json.Nodes;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.EndToEnd.Tests;

/// <summary>What a check of a flow must do without, so that it starts fast. Times themselves are measured by hand (tests/Benchmarks).</summary>
public sealed class StartupTests
{
    private static readonly string[] NotForValidate =
    [
        "Flurl.dll", "Flurl.Http.dll", "Microsoft.Data.Sqlite.dll", "Newtonsoft.Json.dll", "Polly.Core.dll",
        "SQLitePCLRaw.batteries_v2.dll", "SQLitePCLRaw.core.dll", "SQLitePCLRaw.provider.e_sqlite3.dll",
        "GmiKlingFlow.Runtime.dll", "GmiKlingFlow.Simulator.dll",
    ];

    [Fact]
    public async Task Validate_WithoutAllThatOnlyARunNeeds_Works()
    {
        using var folder = new TemporaryFolder();
        using var examples = new ExampleFolder();
        var program = Crippled(folder.File("program"));

        var validate = await RunAsync(program, examples.Path, [], "validate", "examples/quickstart/flow.yaml");
        var run = await RunAsync(program, examples.Path, [], "run", "examples/quickstart/flow.yaml", "--simulate");

        Assert.Equal((0, "examples/quickstart/flow.yaml: valid, 1 job.\n"), (validate.ExitCode, validate.Error));
        Assert.NotEqual(0, run.ExitCode);
    }

    [Fact]
    public async Task Validate_Quickstart_CompilesFewMethodsAtStart()
    {
        using var folder = new TemporaryFolder();
        using var examples = new ExampleFolder();
        var list = folder.File("jitted.txt");

        var validate = await RunAsync(
            PublishedProgram.ExecutablePath,
            examples.Path,
            new() { ["DOTNET_JitStdOutFile"] = list, ["DOTNET_JitDisasmSummary"] = "1" },
            "validate",
            "examples/quickstart/flow.yaml");

        // About 70 at the time of writing, 300 before it was looked after; another processor or runtime may need some more.
        Assert.Equal(0, validate.ExitCode);
        Assert.InRange(File.ReadAllLines(list).Length, 1, 160);
    }

    /// <summary>The published program with empty files for the assemblies that validate has no use for, and without ASP.NET Core.</summary>
    private static string Crippled(string folder)
    {
        Directory.CreateDirectory(folder);
        var published = Path.GetDirectoryName(PublishedProgram.ExecutablePath) ?? "";
        foreach (var file in Directory.GetFiles(published))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        foreach (var name in NotForValidate)
        {
            Assert.True(File.Exists(Path.Combine(folder, name)), $"{name} is not published any more: take it off the list.");
            File.WriteAllBytes(Path.Combine(folder, name), []);
        }

        var config = Path.Combine(folder, "gkflow.runtimeconfig.json");
        var json = JsonNode.Parse(File.ReadAllText(config));
        var frameworks = Assert.IsType<JsonArray>(json?["runtimeOptions"]?["frameworks"]);
        Assert.Equal(1, frameworks.RemoveAll(static f => f?["name"]?.GetValue<string>() == "Microsoft.AspNetCore.App"));
        File.WriteAllText(config, json?.ToJsonString());
        return Path.Combine(folder, Path.GetFileName(PublishedProgram.ExecutablePath));
    }

    private static async Task<ProgramResult> RunAsync(string program, string workingDirectory, Dictionary<string, string> environment, params IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = workingDirectory, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start) ?? throw new InvalidOperationException($"'{program}' did not start.");
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new ProgramResult(process.ExitCode, output.ReplaceLineEndings("\n"), (await error).ReplaceLineEndings("\n"));
    }
}
