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
        "OpenTelemetry.Api.ProviderBuilderExtensions.dll", "OpenTelemetry.Api.dll", "OpenTelemetry.Exporter.OpenTelemetryProtocol.dll", "OpenTelemetry.dll",
        "GmiKlingFlow.Runtime.dll", "GmiKlingFlow.Simulator.dll", "System.CommandLine.dll",
    ];

    private static readonly string[] NotForHelp = [.. NotForValidate, "GmiKlingFlow.Core.dll", "YamlDotNet.dll"];

    [Fact]
    public async Task Validate_WithoutAllThatOnlyARunNeeds_Works()
    {
        using var folder = new TemporaryFolder();
        using var examples = new ExampleFolder();
        var program = Crippled(folder.File("program"), NotForValidate);

        var validate = await RunAsync(program, examples.Path, [], "validate", "examples/quickstart/flow.yaml");
        var run = await RunAsync(program, examples.Path, [], "run", "examples/quickstart/flow.yaml", "--simulate");

        Assert.Equal((0, "examples/quickstart/flow.yaml: valid, 1 job.\n"), (validate.ExitCode, validate.Error));
        Assert.NotEqual(0, run.ExitCode);
    }

    [Fact]
    public async Task VersionAndHelp_WithoutAllOtherAssemblies_Work()
    {
        using var folder = new TemporaryFolder();
        var program = Crippled(folder.File("program"), NotForHelp);

        var version = await RunAsync(program, folder.Path, [], "--version");
        var help = await RunAsync(program, folder.Path, [], "--help");
        var validate = await RunAsync(program, folder.Path, [], "validate", "flow.yaml");

        Assert.Equal((0, "", 0, ""), (version.ExitCode, version.Error, help.ExitCode, help.Error));
        Assert.StartsWith("gkflow ", version.Output, StringComparison.Ordinal);
        Assert.Contains("Usage: gkflow COMMAND", help.Output, StringComparison.Ordinal);
        Assert.NotEqual(0, validate.ExitCode);
    }

    // 3, 3 and 29 at the time of writing, 14, 42 and 120 once; another processor or runtime may need some more.
    [Theory]
    [InlineData(15, "--version")]
    [InlineData(15, "--help")]
    [InlineData(45, "validate", "examples/quickstart/flow.yaml")]
    public async Task Start_OfWhatHooksAsk_CompilesFewMethods(int most, params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        using var examples = new ExampleFolder();
        var list = folder.File("jitted.txt");

        var result = await RunAsync(PublishedProgram.ExecutablePath, examples.Path, new() { ["DOTNET_JitStdOutFile"] = list, ["DOTNET_JitDisasmSummary"] = "1" }, arguments);

        Assert.Equal(0, result.ExitCode);
        Assert.InRange(File.ReadAllLines(list).Length, 1, most);
    }

    /// <summary>The published program with empty files for some assemblies, and without ASP.NET Core.</summary>
    private static string Crippled(string folder, string[] without)
    {
        Directory.CreateDirectory(folder);
        var published = Path.GetDirectoryName(PublishedProgram.ExecutablePath) ?? "";
        foreach (var file in Directory.GetFiles(published))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        foreach (var name in without)
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
