using System.Diagnostics;
using System.Text.RegularExpressions;
using GmiKlingFlow.Testing;
using YamlDotNet.RepresentationModel;

namespace GmiKlingFlow.EndToEnd.Tests.Pipelines;

/// <summary>Runs the scripts of <c>action.yml</c> as a runner would: expressions in <c>if</c>, <c>env</c> and <c>working-directory</c> filled in, one bash for each step. Other actions are left out.</summary>
internal sealed partial class ActionScript(string workspace)
{
    private readonly Dictionary<string, string> outputs = new(StringComparer.Ordinal);

    /// <summary>What the runner would make of <c>steps.ID.outputs.NAME</c>.</summary>
    public IReadOnlyDictionary<string, string> Outputs => outputs;

    public string Summary => File.Exists(At("summary.md")) ? File.ReadAllText(At("summary.md")) : "";

    /// <returns>The exit code of the last step that ran, and all that was said.</returns>
    public async Task<ProgramResult> RunAsync(Dictionary<string, string> given)
    {
        var action = (YamlMappingNode)Load();
        var inputs = ((YamlMappingNode)action["inputs"]).Children.ToDictionary(
            static input => Text(input.Key),
            input => given.GetValueOrDefault(Text(input.Key)) ?? (((YamlMappingNode)input.Value).Children.TryGetValue("default", out var usual) ? Text(usual) : ""),
            StringComparer.Ordinal);
        Directory.CreateDirectory(At("runner"));
        var last = new ProgramResult(0, "", "");
        foreach (var step in ((YamlSequenceNode)action["runs"]["steps"]).Cast<YamlMappingNode>().Where(static step => step.Children.ContainsKey("run")))
        {
            last = await StepAsync(step, inputs);
            if (last.ExitCode != 0)
            {
                break;
            }
        }

        return last;
    }

    private async Task<ProgramResult> StepAsync(YamlMappingNode step, Dictionary<string, string> inputs)
    {
        await File.WriteAllTextAsync(At("step.sh"), Text(step["run"]));
        var folder = step.Children.TryGetValue("working-directory", out var place) ? Filled(Text(place), inputs) : ".";
        var start = new ProcessStartInfo("bash", ["--noprofile", "--norc", "-eo", "pipefail", At("step.sh")])
        {
            WorkingDirectory = Path.Combine(workspace, folder),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in ((YamlMappingNode)step["env"]).Children)
        {
            start.Environment[Text(name)] = Filled(Text(value), inputs);
        }

        start.Environment["CI"] = "true";
        start.Environment["RUNNER_TEMP"] = At("runner");
        start.Environment["GITHUB_ACTION_PATH"] = RepositoryFolder.Root;
        start.Environment["GITHUB_WORKSPACE"] = workspace;
        start.Environment["GITHUB_STEP_SUMMARY"] = At("summary.md");
        start.Environment["GITHUB_OUTPUT"] = At("output");
        start.Environment["GITHUB_PATH"] = At("path");
        start.Environment["PATH"] = string.Join(Path.PathSeparator, [.. File.Exists(At("path")) ? await File.ReadAllLinesAsync(At("path")) : [], Environment.GetEnvironmentVariable("PATH") ?? ""]);
        using var bash = Process.Start(start) ?? throw new InvalidOperationException("bash did not start.");
        bash.StandardInput.Close();
        var (output, error) = (bash.StandardOutput.ReadToEndAsync(), bash.StandardError.ReadToEndAsync());
        await bash.WaitForExitAsync();
        await TakeOutputsAsync(step.Children.TryGetValue("id", out var id) ? Text(id) : "");
        return new ProgramResult(bash.ExitCode, await output, await error);
    }

    /// <summary>Reads <c>NAME=VALUE</c> and <c>NAME&lt;&lt;MARK</c> as the runner does.</summary>
    private async Task TakeOutputsAsync(string step)
    {
        var lines = File.Exists(At("output")) ? await File.ReadAllLinesAsync(At("output")) : [];
        for (var i = 0; i < lines.Length; i++)
        {
            if (Several().Match(lines[i]) is { Success: true } several)
            {
                var end = Array.IndexOf(lines, several.Groups[2].Value, i + 1);
                outputs[$"{step}.{several.Groups[1].Value}"] = string.Join('\n', lines[(i + 1)..end]);
                i = end;
            }
            else if (lines[i].Split('=', 2) is [var name, var value])
            {
                outputs[$"{step}.{name}"] = value;
            }
        }

        File.Delete(At("output"));
    }

    private string Filled(string text, Dictionary<string, string> inputs) => Expression().Replace(text, match => match.Groups[1].Value.Split('.') switch
    {
        ["inputs", var name] => inputs[name],
        ["steps", var step, "outputs", var name] => outputs.GetValueOrDefault($"{step}.{name}") ?? "",
        _ => throw new InvalidOperationException($"No runner would be asked for {match.Value} here."),
    });

    private string At(string name) => Path.Combine(workspace, ".runner", name);

    private YamlNode Load()
    {
        Directory.CreateDirectory(At(""));
        var stream = new YamlStream();
        stream.Load(new StringReader(File.ReadAllText(RepositoryFolder.Combine("action.yml"))));
        return stream.Documents[0].RootNode;
    }

    private static string Text(YamlNode node) => ((YamlScalarNode)node).Value ?? "";

    [GeneratedRegex(@"\$\{\{ *([^ }]+) *\}\}")]
    private static partial Regex Expression();

    [GeneratedRegex(@"^([A-Za-z-]+)<<(.+)$")]
    private static partial Regex Several();
}
