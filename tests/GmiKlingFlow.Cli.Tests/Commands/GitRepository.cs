using System.Diagnostics;

namespace GmiKlingFlow.Cli.Tests.Commands;

/// <summary>A git repository in a folder, untouched by the settings of whoever runs the tests.</summary>
internal sealed class GitRepository
{
    private readonly string folder;

    public GitRepository(string folder)
    {
        this.folder = folder;
        Git("init", "-q");
    }

    /// <summary>Commits all there is.</summary>
    public void Commit()
    {
        Git("add", "-A");
        Git("-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false", "commit", "-q", "--allow-empty", "-m", "state");
    }

    public void Git(params string[] arguments)
    {
        var start = new ProcessStartInfo("git", ["-C", folder, .. arguments]) { RedirectStandardError = true };
        (start.Environment["GIT_CONFIG_GLOBAL"], start.Environment["GIT_CONFIG_SYSTEM"]) = (Path.Combine(folder, "none"), Path.Combine(folder, "none"));
        using var git = Process.Start(start) ?? throw new InvalidOperationException("git did not start.");
        var error = git.StandardError.ReadToEnd();
        git.WaitForExit();
        if (git.ExitCode != 0)
        {
            throw new InvalidOperationException($"git {string.Join(' ', arguments)}: {error}");
        }
    }
}
