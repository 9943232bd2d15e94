using System.Text.Json.Nodes;
using System.Xml.Linq;
using Xunit;

namespace GmiKlingFlow.EndToEnd.Tests.Pipelines;

/// <summary>The action's own scripts, with the published program and without the service.</summary>
public sealed class ActionTests : IDisposable
{
    private readonly ExampleFolder folder = new("it's a checkout");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Run_PlanOfAPullRequest_GivesTheCommentAndTheSummary()
    {
        var action = new ActionScript(folder.Path);

        var result = await action.RunAsync(Inputs(("command", "plan")));

        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        Assert.StartsWith("**Plan: 1 to send", action.Outputs["gkflow.plan"], StringComparison.Ordinal);
        Assert.Equal(("0", "gkflow-all"), (action.Outputs["gkflow.exit-code"], action.Outputs["get.key"]));
        Assert.Equal(action.Outputs["gkflow.plan"].Trim(), File.ReadAllText(action.Outputs["gkflow.plan-file"]).Trim());
        Assert.Contains("### quickstart", action.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_EveryInputGiven_RunsAndLeavesResultsAndReports()
    {
        var action = new ActionScript(folder.Path);

        var result = await action.RunAsync(Inputs(
            ("command", "run"), ("simulate", "true"), ("shard", "1/1"), ("select", "host-*\n\nvideo=host\n"), ("vars", "unused=1"), ("budget-usd", "5"), ("max-failures", "2"), ("out", "my out"), ("state", "my state")));

        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        var results = JsonNode.Parse(File.ReadAllText(folder.File("examples/quickstart/my out/results.json")));
        Assert.Equal(("succeeded", 1), (results?["jobs"]?[0]?["status"]?.GetValue<string>(), results?["run"]?["shard"]?["count"]?.GetValue<int>()));
        Assert.Equal("gkflow-1-1", action.Outputs["get.key"]);
        Assert.Single(XDocument.Load(action.Outputs["gkflow.junit"]).Descendants("testcase"));
        Assert.NotNull(JsonNode.Parse(File.ReadAllText(action.Outputs["gkflow.sarif"])));
    }

    [Fact]
    public async Task Run_WrongFlow_AnnotatesItsLinesAndEndsWithTwo()
    {
        File.AppendAllText(folder.File("examples/quickstart/flow.yaml"), "nonsense: 1\n");
        var action = new ActionScript(folder.Path);

        var result = await action.RunAsync(Inputs(("command", "run")));

        Assert.Equal((2, "2"), (result.ExitCode, action.Outputs["gkflow.exit-code"]));
        Assert.StartsWith("::error file=examples/quickstart/flow.yaml,line=", result.Output, StringComparison.Ordinal);
        Assert.False(action.Outputs.ContainsKey("gkflow.plan"));
    }

    [Theory]
    [InlineData("command", "plan; touch HACKED")]
    [InlineData("flows", "flow.yaml\"; touch HACKED; \"\n$(touch HACKED)\n`touch HACKED`")]
    [InlineData("flows", "--simulate\n-x")]
    [InlineData("select", "*' ; touch HACKED ; '\n--fresh")]
    [InlineData("shard", "1/1 --fresh; touch HACKED")]
    [InlineData("vars", "a=$(touch HACKED)\n;touch HACKED")]
    [InlineData("cache-key", "a\nplan=forged; touch HACKED")]
    public async Task Run_InputFromOutside_IsNeverACommand(string input, string value)
    {
        var action = new ActionScript(folder.Path);

        await action.RunAsync(Inputs(("command", "plan"), (input, value)));

        Assert.Empty(Directory.EnumerateFiles(folder.Path, "*HACKED*", SearchOption.AllDirectories));
        Assert.False(action.Outputs.ContainsKey("get.plan"));
    }

    private static Dictionary<string, string> Inputs(params (string Name, string Value)[] given)
    {
        var inputs = new Dictionary<string, string>(StringComparer.Ordinal) { ["gkflow"] = PublishedProgram.ExecutablePath, ["working-directory"] = "examples/quickstart" };
        foreach (var (name, value) in given)
        {
            inputs[name] = value;
        }

        return inputs;
    }
}
