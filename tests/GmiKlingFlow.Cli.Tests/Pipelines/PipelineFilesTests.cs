using System.CommandLine;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using GmiKlingFlow.Cli.CommandLine;
using GmiKlingFlow.Cli.Commands;
using GmiKlingFlow.Cli.Hosting;
using GmiKlingFlow.Cli.Output;
using GmiKlingFlow.Cli.Tests.Schemas;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Cli.Tests.Pipelines;

/// <summary>The action, the pipelines of the example and the pages that show command lines: each line must be one that the program takes.</summary>
public sealed partial class PipelineFilesTests
{
    private static readonly string[] Pipelines = ["action.yml", "examples/ci/.github/workflows/lip-sync.yml", "examples/ci/.gitlab-ci.yml"];

    private static readonly string[] Pages = ["README.md", "schemas/README.md", "examples/README.md", .. Directory.GetFiles(RepositoryFolder.Combine("examples"), "README.md", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(RepositoryFolder.Root, file))];

    /// <summary>What the scripts' own variables may hold, the most of it.</summary>
    private static readonly Dictionary<string, string[]> Values = new(StringComparer.Ordinal)
    {
        ["${everywhere[@]}"] = ["--out", "out", "--state", ".gkflow", "--var", "cdn=https://e.com"],
        ["${planned[@]}"] = ["--out", "out", "--state", ".gkflow", "--select", "host-*", "--shard", "1/2", "--simulate"],
        ["${executed[@]}"] = ["--out", "out", "--select", "host-*", "--shard", "1/2", "--simulate", "--budget-usd", "5", "--max-failures", "2"],
        ["${flows[@]}"] = ["flow.yaml", "-odd name.yaml"],
    };

    public static TheoryData<string> PipelineFiles => [.. Pipelines];

    public static TheoryData<string> AllFiles => [.. Pipelines, .. Pages.Distinct()];

    [Theory]
    [MemberData(nameof(AllFiles))]
    public void CommandLines_OfAFile_AreUnderstood(string file)
    {
        foreach (var line in CommandLines(file))
        {
            var words = Words(line);
            var context = new ProgramContext(new Terminal(TextReader.Null, TextWriter.Null, TextWriter.Null, TerminalTraits.Redirected), RepositoryFolder.Root, _ => null, TimeProvider.System, new ManualStop());
            var problems = CommandLineProblems.Of(GkflowCommand.Create(context, words).Parse(words, new ParserConfiguration { EnablePosixBundling = false, ResponseFileTokenReplacer = null }), words);

            Assert.True(problems.Count == 0, $"{file}: {line}\n{string.Join('\n', problems.Select(problem => problem.Message))}");
        }
    }

    [Fact]
    public void CommandLines_OfThePipelines_AreFound() => Assert.Equal([3, 2, 5], Pipelines.Select(file => CommandLines(file).Count));

    /// <summary>An expression is put into a script before the shell reads it: a title or a file's name from outside would be a command.</summary>
    [Theory]
    [MemberData(nameof(PipelineFiles))]
    public void Scripts_OfAPipeline_HoldNoExpressions(string file)
    {
        var scripts = Scripts(Document(file)).ToList();

        Assert.NotEmpty(scripts);
        Assert.All(scripts, script => Assert.DoesNotContain("${{", script, StringComparison.Ordinal));
    }

    [Fact]
    public void Action_Expressions_NameInputsAndStepsThatThereAre()
    {
        var action = Document("action.yml");
        var inputs = action?["inputs"]?.AsObject().Select(input => input.Key).ToHashSet(StringComparer.Ordinal) ?? [];
        var steps = action?["runs"]?["steps"]?.AsArray().Select(step => step?["id"]?.GetValue<string>()).ToHashSet() ?? [];
        var text = File.ReadAllText(RepositoryFolder.Combine("action.yml"));

        Assert.All(InputUse().Matches(text), use => Assert.Contains(use.Groups[1].Value, inputs));
        Assert.All(StepUse().Matches(text), use => Assert.Contains(use.Groups[1].Value, steps));
        Assert.Equal(inputs.Order(), InputUse().Matches(text).Select(use => use.Groups[1].Value).Distinct().Order());
        Assert.All(action?["inputs"]?.AsObject() ?? [], input => Assert.False(string.IsNullOrWhiteSpace(input.Value?["description"]?.GetValue<string>()), input.Key));
    }

    [Fact]
    public void Workflow_UsesOfTheAction_GiveInputsThatItHas()
    {
        var inputs = Document("action.yml")?["inputs"]?.AsObject().Select(input => input.Key).ToHashSet(StringComparer.Ordinal) ?? [];
        var uses = Document("examples/ci/.github/workflows/lip-sync.yml")?["jobs"]?.AsObject()
            .SelectMany(job => job.Value?["steps"]?.AsArray() ?? [])
            .Where(step => step?["uses"]?.GetValue<string>().StartsWith("OWNER/REPOSITORY@", StringComparison.Ordinal) == true)
            .ToList() ?? [];

        Assert.Equal(3, uses.Count);
        Assert.All(uses, use => Assert.Subset(inputs, use?["with"]?.AsObject().Select(input => input.Key).ToHashSet(StringComparer.Ordinal) ?? []));
    }

    private static JsonNode? Document(string file) => YamlAsJson.Parse(File.ReadAllText(RepositoryFolder.Combine(file)));

    private static List<string> CommandLines(string file)
    {
        var text = file.EndsWith(".md", StringComparison.Ordinal)
            ? string.Join('\n', Fence().Matches(File.ReadAllText(RepositoryFolder.Combine(file)).ReplaceLineEndings("\n")).Select(fence => fence.Groups[1].Value))
            : string.Join('\n', Scripts(Document(file)));
        return [.. text.Replace("\\\n", " ", StringComparison.Ordinal).Split('\n').Select(static line => line.Trim()).Where(static line => line.StartsWith("gkflow ", StringComparison.Ordinal))];
    }

    private static IEnumerable<string> Scripts(JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(static member => member switch
        {
            { Key: "run", Value: JsonValue script } => [script.GetValue<string>()],
            { Key: "script" or "before_script", Value: JsonArray lines } => lines.Select(static line => line?.GetValue<string>() ?? ""),
            _ => Scripts(member.Value),
        }),
        JsonArray list => list.SelectMany(Scripts),
        _ => [],
    };

    /// <summary>The words behind <c>gkflow</c>, as a shell would give them, up to where the command ends.</summary>
    private static List<string> Words(string line)
    {
        var words = new List<string>();
        foreach (var word in Word().Matches(line).Select(static match => match.Value).Skip(1).TakeWhile(static word => word is not (">" or ">>" or "|" or "||" or "&&" or ";") && word[0] != '#'))
        {
            var bare = word.Trim('"', '\'');
            words.AddRange(Values.GetValueOrDefault(bare) ?? [Variable().Replace(bare, "1")]);
        }

        return words;
    }

    [GeneratedRegex("""(?:"[^"]*"|'[^']*'|[^\s"'])+""")]
    private static partial Regex Word();

    [GeneratedRegex(@"\$\{?[A-Za-z_]+\}?")]
    private static partial Regex Variable();

    [GeneratedRegex(@"```sh\n(.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"inputs\.([a-z-]+)")]
    private static partial Regex InputUse();

    [GeneratedRegex(@"steps\.([a-z-]+)\.outputs")]
    private static partial Regex StepUse();
}
