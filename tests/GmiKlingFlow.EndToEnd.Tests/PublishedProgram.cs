using System.Diagnostics;
using GmiKlingFlow.Testing;

namespace GmiKlingFlow.EndToEnd.Tests;

/// <summary>The program as users get it: published, in a process of its own.</summary>
internal static class PublishedProgram
{
    /// <summary>Set by <c>tests/run.sh</c>; without it the program is published once per test run.</summary>
    public const string FolderVariable = "GKFLOW_PUBLISHED";

    private static readonly Lazy<string> Executable = new(Locate);

    /// <summary>For tests that let a shell start the program.</summary>
    public static string ExecutablePath => Executable.Value;

    /// <param name="environment">Added to the test's own environment; null removes a variable.</param>
    public static async Task<ProgramResult> RunAsync(string workingDirectory, IReadOnlyDictionary<string, string?> environment, params IReadOnlyList<string> arguments)
    {
        using var process = Start(workingDirectory, environment, arguments);
        return await EndAsync(process);
    }

    /// <summary>A copy of the program that lies elsewhere.</summary>
    public static async Task<ProgramResult> RunCopyAsync(string program, string workingDirectory, params IReadOnlyList<string> arguments)
    {
        using var process = Start(program, workingDirectory, new Dictionary<string, string?>(), arguments);
        return await EndAsync(process);
    }

    private static async Task<ProgramResult> EndAsync(Process process)
    {
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new ProgramResult(process.ExitCode, output.ReplaceLineEndings("\n"), (await error).ReplaceLineEndings("\n"));
    }

    public static Task<ProgramResult> RunAsync(string workingDirectory, params IReadOnlyList<string> arguments) =>
        RunAsync(workingDirectory, new Dictionary<string, string?>(), arguments);

    public static Process Start(string workingDirectory, IReadOnlyDictionary<string, string?> environment, params IReadOnlyList<string> arguments) =>
        Start(Executable.Value, workingDirectory, environment, arguments);

    private static Process Start(string program, string workingDirectory, IReadOnlyDictionary<string, string?> environment, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = System.Text.Encoding.UTF8,
            StandardErrorEncoding = System.Text.Encoding.UTF8,
        };

        // What the machine has set must not decide a test.
        foreach (var name in new[] { "GMI_API_KEY", "GMI_ORG_ID", "GMI_BASE_URL", "NO_COLOR", "CI", "GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "GITHUB_WORKSPACE", "OTEL_EXPORTER_OTLP_ENDPOINT" })
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start) ?? throw new InvalidOperationException($"'{program}' did not start.");
    }

    private static string Locate()
    {
        var folder = Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } given ? given : Publish();
        return Path.Combine(folder, OperatingSystem.IsWindows() ? "gkflow.exe" : "gkflow");
    }

    private static string Publish()
    {
        var folder = RepositoryFolder.Combine("tests", "GmiKlingFlow.EndToEnd.Tests", "obj", "published");
        using var publish = Process.Start(new ProcessStartInfo("dotnet", ["publish", RepositoryFolder.Combine("src", "GmiKlingFlow.Cli"), "-c", "Release", "-o", folder, "-v", "q", "--nologo"]))
            ?? throw new InvalidOperationException("dotnet did not start.");
        publish.WaitForExit();
        return publish.ExitCode == 0 ? folder : throw new InvalidOperationException("Publishing the program failed.");
    }
}

internal sealed record ProgramResult(int ExitCode, string Output, string Error);
