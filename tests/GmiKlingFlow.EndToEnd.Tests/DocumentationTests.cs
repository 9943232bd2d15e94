using System.Text;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.EndToEnd.Tests;

/// <summary>
/// Files and outputs that our pages show, between <c>&lt;!-- file: PATH --&gt;</c> or <c>&lt;!-- command: gkflow ... --&gt;</c> and <c>&lt;!-- end --&gt;</c>.
/// <c>bash tests/update-docs.sh</c> writes them anew.
/// </summary>
public sealed class DocumentationTests
{
    private static readonly string[] Pages = ["README.md", "schemas/README.md", "src/README.md", "examples/README.md", "examples/subtitles/README.md"];

    [Fact]
    public async Task Pages_ShownFilesAndOutputs_AreWhatTheProgramPrints()
    {
        using var examples = new ExampleFolder();
        var regions = 0;
        foreach (var page in Pages.Select(p => RepositoryFolder.Combine(p)).Where(File.Exists))
        {
            var text = (await File.ReadAllTextAsync(page)).ReplaceLineEndings("\n");
            var (renewed, count) = await RenewAsync(text, examples);
            regions += count;
            if (renewed != text && Environment.GetEnvironmentVariable(Baseline.AcceptVariable) == "1" && Environment.GetEnvironmentVariable("CI") is null)
            {
                await File.WriteAllTextAsync(page, renewed);
                text = renewed;
            }

            Assert.True(renewed == text, $"'{page}' shows something stale. Run: bash tests/update-docs.sh\n\nIt should read:\n{renewed}");
        }

        Assert.True(regions >= 2, "The pages show too little to be worth this test.");
    }

    [Fact]
    public void Pages_Links_LeadSomewhere()
    {
        var checkedLinks = 0;
        foreach (var page in Pages.Append("tests/Benchmarks/README.md").Select(p => RepositoryFolder.Combine(p)).Where(File.Exists))
        {
            foreach (System.Text.RegularExpressions.Match link in System.Text.RegularExpressions.Regex.Matches(File.ReadAllText(page), @"\]\((?!https?:|#)([^)#]+)"))
            {
                var target = Path.Combine(Path.GetDirectoryName(page) ?? ".", link.Groups[1].Value);
                Assert.True(File.Exists(target) || Directory.Exists(target), $"{page} links to '{link.Groups[1].Value}', which is not there.");
                checkedLinks++;
            }
        }

        Assert.True(checkedLinks >= 5);
    }

    private static async Task<(string Text, int Regions)> RenewAsync(string text, ExampleFolder examples)
    {
        var renewed = new StringBuilder();
        var regions = 0;
        string? open = null;
        foreach (var line in text.TrimEnd('\n').Split('\n'))
        {
            if (open is null)
            {
                renewed.Append(line).Append('\n');
                open = line.StartsWith("<!-- file: ", StringComparison.Ordinal) || line.StartsWith("<!-- command: ", StringComparison.Ordinal) ? line : null;
            }
            else if (line == "<!-- end -->")
            {
                renewed.Append(await ContentAsync(open["<!-- ".Length..^" -->".Length], examples)).Append(line).Append('\n');
                regions++;
                open = null;
            }
        }

        Assert.True(open is null, $"'{open}' has no <!-- end -->.");
        return (renewed.ToString(), regions);
    }

    private static async Task<string> ContentAsync(string region, ExampleFolder examples)
    {
        if (region.StartsWith("file: ", StringComparison.Ordinal))
        {
            var name = region["file: ".Length..];
            return $"```{(name.EndsWith(".yaml", StringComparison.Ordinal) ? "yaml" : "text")}\n{(await File.ReadAllTextAsync(RepositoryFolder.Combine(name))).ReplaceLineEndings("\n").TrimEnd('\n')}\n```\n";
        }

        var command = region["command: ".Length..];
        var words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var result = await PublishedProgram.RunAsync(examples.Path, words[1..]);
        Assert.True(result.ExitCode == 0 || result.Output.Length > 0, $"'{command}' ended with {result.ExitCode}: {result.Error}");
        return $"```text\n$ {command}\n{result.Output.TrimEnd('\n')}\n```\n";
    }
}
