using System.Diagnostics;
using System.Runtime.InteropServices;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.EndToEnd.Tests;

/// <summary>The two ways to install that the README gives besides <c>dotnet publish</c>, each taken through the quickstart in an empty folder.</summary>
public sealed class InstallTests
{
    private static readonly string Project = RepositoryFolder.Combine("src", "GmiKlingFlow.Cli");

    [Fact]
    public async Task PackedTool_InstalledIntoAnEmptyFolder_RunsTheQuickstart()
    {
        using var folder = new TemporaryFolder();
        var packages = folder.File("packages");
        await DotnetAsync(folder.Path, "pack", Project, "-c", "Release", $"-p:ToolPackageRuntimeIdentifiers={RuntimeInformation.RuntimeIdentifier}", "-o", packages, "-v", "q");

        // Nothing else can be taken than what was just packed.
        folder.Write("nuget.config", "<configuration><packageSources><clear /><add key=\"packed\" value=\"packages\" /></packageSources></configuration>");
        await DotnetAsync(folder.Path, "tool", "install", "GmiKlingFlow", "--tool-path", "tools");

        Assert.Contains(Directory.EnumerateFiles(packages), file => Path.GetFileName(file).StartsWith("GmiKlingFlow.0", StringComparison.Ordinal));
        await QuickstartAsync(folder, folder.File(Path.Combine("tools", Executable)));
    }

    [Fact]
    public async Task SingleFile_AloneInAFolder_RunsTheQuickstart()
    {
        using var folder = new TemporaryFolder();
        var published = folder.File("published");
        await DotnetAsync(
            folder.Path, "publish", Project, "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier, "--self-contained", "false", "-p:PublishSingleFile=true", "-p:PublishReadyToRun=false", "-o", published, "-v", "q");

        // The one file must do by itself, whatever else was put beside it.
        Directory.CreateDirectory(folder.File("alone"));
        var program = folder.File(Path.Combine("alone", Executable));
        File.Move(Path.Combine(published, Executable), program);
        await QuickstartAsync(folder, program);
    }

    private static string Executable => OperatingSystem.IsWindows() ? "gkflow.exe" : "gkflow";

    private static async Task QuickstartAsync(TemporaryFolder folder, string program)
    {
        var version = await RunAsync(folder.Path, program, "--version");
        var made = await RunAsync(folder.Path, program, "init", "my-flow");
        var run = await RunAsync(folder.Path, program, "run", "my-flow/flow.yaml", "--simulate");

        Assert.True(version.ExitCode == 0, version.ToString());
        Assert.StartsWith("gkflow ", version.Output, StringComparison.Ordinal);
        Assert.True(made.ExitCode == 0, made.ToString());
        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.True(new FileInfo(folder.File("my-flow/out/quickstart/host-hello.mp4")).Length > 0);
    }

    private static async Task DotnetAsync(string workingDirectory, params IReadOnlyList<string> arguments)
    {
        var done = await RunAsync(workingDirectory, "dotnet", arguments);
        Assert.True(done.ExitCode == 0, $"dotnet {string.Join(' ', arguments)}\n{done.Output}\n{done.Error}");
    }

    private static async Task<ProgramResult> RunAsync(string workingDirectory, string program, params IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        // A build server left behind would hold the test's folder, and its output open.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"'{program}' did not start.");
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new ProgramResult(process.ExitCode, output, await error);
    }
}
