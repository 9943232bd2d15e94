using System.Text.RegularExpressions;
using GmiKlingFlow.Testing;

namespace GmiKlingFlow.Cli.Tests.Pages;

/// <summary>
/// The lines of a page's <c>sh</c> example, run in this process and on every system: <c>gkflow</c> by its own entry, the few other
/// commands that the pages use by hand.
/// </summary>
internal sealed partial class PageScript(TemporaryFolder folder, string serviceUrl)
{
    /// <summary>What a page's own words stand for here, such as an address that must not be asked.</summary>
    public Dictionary<string, string> Instead { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, string> Environment { get; } = new(StringComparer.Ordinal) { ["GMI_API_KEY"] = "k", ["GMI_BASE_URL"] = serviceUrl };

    /// <returns>What the last <c>gkflow</c> of them gave.</returns>
    public async Task<CliResult> RunAsync(string script)
    {
        var last = new CliResult(0, "", "");
        foreach (var (word, real) in Instead)
        {
            script = script.Replace(word, real, StringComparison.Ordinal);
        }

        foreach (var line in script.Split('\n').SelectMany(static line => Comment().Replace(line, "").Split("&&")))
        {
            if (line.Trim().Length > 0)
            {
                last = await LineAsync(line.Trim()) ?? last;
            }
        }

        return last;
    }

    private async Task<CliResult?> LineAsync(string line)
    {
        var words = Word().Matches(line).Select(static word => Unquoted(word.Value)).ToList();
        var environment = new Dictionary<string, string>(Environment, StringComparer.Ordinal);
        while (words is [var first, ..] && Assignment().Match(first) is { Success: true } assignment)
        {
            environment[assignment.Groups[1].Value] = assignment.Groups[2].Value;
            words.RemoveAt(0);
        }

        switch (words)
        {
            case ["gkflow", .. var args]:
                return await GkflowAsync(args, environment);
            case ["export", var set]:
                var equals = set.IndexOf('=', StringComparison.Ordinal);
                Environment[set[..equals]] = set[(equals + 1)..];
                return null;
            case ["unset", var name]:
                Environment.Remove(name);
                return null;
            case ["mv", var from, var to]:
                File.Move(folder.File(from), Target(from, to), overwrite: true);
                return null;
            case ["cp", var from, var to]:
                File.Copy(folder.File(from), Target(from, to), overwrite: true);
                return null;
            case ["rm", var file]:
                File.Delete(folder.File(file));
                return null;
            case ["touch", var file]:
                folder.Write(file, "");
                return null;
            case ["echo", ">", var file]:
                folder.Write(file, "\n");
                return null;
            case ["ffmpeg", .., var made]:
                File.Copy(RepositoryFolder.Combine("examples", "quickstart", "clips", "host.mp4"), folder.File(made), overwrite: true);
                return null;
            default:
                throw new InvalidOperationException($"The page runs \"{line}\", which nobody here can.");
        }
    }

    private async Task<CliResult> GkflowAsync(List<string> args, Dictionary<string, string> environment)
    {
        var redirect = args.IndexOf(">");
        var file = redirect < 0 ? null : args[redirect + 1];
        var cli = new CliRunner(folder.Path) { Time = new HurriedTimeProvider() };
        foreach (var (name, value) in environment)
        {
            cli.Environment[name] = value;
        }

        var running = cli.RunAsync([.. redirect < 0 ? args : args[..redirect]]);
        if (args is ["simulate", ..])
        {
            // It serves until it is stopped.
            await Task.WhenAny(running, cli.Stop.Watched);
            cli.Stop.PressCtrlC();
        }

        var result = await running;
        if (file is not null)
        {
            folder.Write(file, result.Output);
        }

        return result;
    }

    private string Target(string from, string to) => folder.File(Directory.Exists(folder.File(to)) ? Path.Combine(to, Path.GetFileName(from)) : to);

    private static string Unquoted(string word) => word.Replace("\"", "", StringComparison.Ordinal).Replace("'", "", StringComparison.Ordinal);

    [GeneratedRegex(@"(^|\s+)#.*$")]
    private static partial Regex Comment();

    [GeneratedRegex("(?:[^\\s\"']|\"[^\"]*\"|'[^']*')+")]
    private static partial Regex Word();

    [GeneratedRegex("^([A-Z_]+)=(.*)$")]
    private static partial Regex Assignment();
}
