using System.Text;
using System.Text.Json.Nodes;
using GmiKlingFlow.Cli.Output;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Cli.Tests.Output;

public sealed class SarifLogTests
{
    private static readonly string Here = Path.Combine(Path.GetTempPath(), "a repository");

    private static readonly Diagnostic[] Several =
    [
        new("GKF4027", Severity.Error, "\"x\" can't be set.", null),
        new("GKF4008", Severity.Error, "\"a.mp4\" collides with [b](1).", new Place(new SourceSpan("sub dir/fl#ow.yaml", 3, 12, 3, 20), "jobs[0].output"), "Names that differ only in case are one file.")
        {
            Related = [new RelatedPlace("The other job.", new SourceSpan("shared.yaml", 1, 1, 2, 5))],
        },
        new("GKF4003", Severity.Warning, "m", new Place(new SourceSpan("../outside.yaml", 1, 1, 1, 1), "")),
        new("GKF4008", Severity.Info, "again", new Place(new SourceSpan("flow.yaml", 9, 2, 9, 4), "jobs[1]")),
    ];

    [Fact]
    public void Write_NoDiagnostics_IsAValidLogWithoutResults()
    {
        var log = Log([]);

        Assert.Empty(Judged(log));
        Assert.Empty(Run(log)["results"]?.AsArray() ?? [null]);
    }

    [Fact]
    public void Write_Several_FitsThePublishedSchema() => Assert.Empty(Judged(Log(Several)));

    [Fact]
    public void Judge_LogWithAWrongRegion_IsRefused()
    {
        var log = Log(Several);
        var region = Run(log)["results"]?[0]?["locations"]?[0]?["physicalLocation"]?["region"] ?? throw new InvalidOperationException("No region.");
        region["startLine"] = 0;

        Assert.NotEmpty(Judged(log));
    }

    [Fact]
    public void Write_Rule_HasItsExplanationAsHelp()
    {
        var rules = Run(Log(Several))["tool"]?["driver"]?["rules"]?.AsArray() ?? [];

        Assert.Equal(["GKF4003", "GKF4008"], rules.Select(rule => rule?["id"]?.GetValue<string>()));
        Assert.All(rules, rule =>
        {
            var code = rule?["id"]?.GetValue<string>() ?? "";
            Assert.Equal(Explanation.TitleOf(code), rule?["shortDescription"]?["text"]?.GetValue<string>());
            Assert.Contains("## Wrong", rule?["help"]?["markdown"]?.GetValue<string>(), StringComparison.Ordinal);
            Assert.DoesNotContain('\n', rule?["fullDescription"]?["text"]?.GetValue<string>() ?? "\n");
        });
    }

    [Fact]
    public void Write_Result_PointsAtItsRuleItsPlaceAndItsRelatedPlaces()
    {
        var result = Run(Log(Several))["results"]?[0];

        Assert.Equal(1, result?["ruleIndex"]?.GetValue<int>());
        Assert.Equal("error", result?["level"]?.GetValue<string>());
        var location = result?["locations"]?[0]?["physicalLocation"];
        Assert.Equal("""{"uri":"sub%20dir/fl%23ow.yaml","uriBaseId":"SRCROOT"}""", location?["artifactLocation"]?.ToJsonString());
        Assert.Equal("""{"startLine":3,"startColumn":12,"endLine":3,"endColumn":20}""", location?["region"]?.ToJsonString());
        Assert.Equal("jobs[0].output", result?["locations"]?[0]?["logicalLocations"]?[0]?["fullyQualifiedName"]?.GetValue<string>());
        Assert.Equal("shared.yaml", result?["relatedLocations"]?[0]?["physicalLocation"]?["artifactLocation"]?["uri"]?.GetValue<string>());
    }

    [Fact]
    public void Write_Message_HasTheHintAndNoLink() => Assert.Equal(
        "\"a.mp4\" collides with \\[b](1).\nNames that differ only in case are one file.",
        Run(Log(Several))["results"]?[0]?["message"]?["text"]?.GetValue<string>());

    [Fact]
    public void Write_FileOutsideTheRoot_IsNamedWhole()
    {
        var location = Run(Log(Several))["results"]?[1]?["locations"]?[0]?["physicalLocation"]?["artifactLocation"];

        Assert.Null(location?["uriBaseId"]);
        Assert.Equal(new Uri(Path.GetFullPath(Path.Combine(Here, "..", "outside.yaml"))).AbsoluteUri, location?["uri"]?.GetValue<string>());
    }

    [Fact]
    public void Write_Root_IsAFolderUri()
    {
        var root = Run(Log(Several))["originalUriBaseIds"]?["SRCROOT"]?["uri"]?.GetValue<string>();

        Assert.Equal(new Uri(Here + "/").AbsoluteUri, root);
    }

    [Fact]
    public void Write_DiagnosticWithoutAPlace_IsANotificationAboutTheCall()
    {
        var invocation = Run(Log(Several))["invocations"]?[0];

        Assert.False(invocation?["executionSuccessful"]?.GetValue<bool>());
        Assert.Equal("GKF4027", invocation?["toolConfigurationNotifications"]?[0]?["descriptor"]?["id"]?.GetValue<string>());
    }

    /// <summary>What GitHub's code scanning asks for beyond the schema: a rule for each result, found by id and index, with texts, and a location in a file.</summary>
    [Fact]
    public void Write_EveryResult_IsWhatCodeScanningTakes()
    {
        var run = Run(Log(Several));
        var rules = run["tool"]?["driver"]?["rules"]?.AsArray() ?? [];
        var results = run["results"]?.AsArray() ?? [];

        Assert.Equal(3, results.Count);
        Assert.All(results, result =>
        {
            Assert.Equal(result?["ruleId"]?.GetValue<string>(), rules[result?["ruleIndex"]?.GetValue<int>() ?? -1]?["id"]?.GetValue<string>());
            Assert.Contains(result?["level"]?.GetValue<string>(), (string[])["error", "warning", "note"]);
            Assert.NotNull(result?["locations"]?[0]?["physicalLocation"]?["region"]?["startLine"]);
        });
    }

    private static JsonNode Log(Diagnostic[] diagnostics)
    {
        using var output = new MemoryStream();
        new SarifLog(new RepositoryPaths(Here, null), "1.2.3").Write(output, diagnostics);
        return JsonNode.Parse(Encoding.UTF8.GetString(output.ToArray())) ?? throw new InvalidOperationException("No JSON.");
    }

    private static JsonNode Run(JsonNode log) => log["runs"]?[0] ?? throw new InvalidOperationException("No run.");

    private static IReadOnlyList<string> Judged(JsonNode log) => SchemaJudge.Errors(RepositoryFolder.Combine("tests", "schema-tools", "sarif-2.1.0.schema.json"), log)[0];
}
