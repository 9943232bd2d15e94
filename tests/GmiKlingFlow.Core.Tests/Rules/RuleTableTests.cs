using System.Text.RegularExpressions;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Rules;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Core.Tests.Rules;

public sealed partial class RuleTableTests
{
    /// <summary><c>bash tests/update-docs.sh</c> writes it anew.</summary>
    [Fact]
    public void Page_Rules_IsMadeFromTheRulesAsTheyAre()
    {
        var page = RepositoryFolder.Combine("schemas", "rules.md");
        var current = RuleTable.Markdown();
        if (Environment.GetEnvironmentVariable(Baseline.AcceptVariable) == "1" && Environment.GetEnvironmentVariable("CI") is null)
        {
            File.WriteAllText(page, current);
        }

        Assert.True(File.Exists(page) && File.ReadAllText(page).ReplaceLineEndings("\n") == current, $"schemas/rules.md is stale. Run: bash tests/update-docs.sh\n\nIt should read:\n{current}");
    }

    [Fact]
    public void Cards_EveryRuleClass_HasOneThatSaysAll()
    {
        var rules = typeof(ApiRules).Assembly.GetTypes().Where(t => t is { IsClass: true } && typeof(IRule).IsAssignableFrom(t)).ToList();

        Assert.Equal(rules.Count, ApiRules.Cards.Count);
        Assert.All(ApiRules.Cards, card =>
        {
            Assert.All(new[] { card.Field, card.Text, card.Source, card.Certainty }, text => Assert.False(string.IsNullOrWhiteSpace(text)));
            Assert.NotEmpty(card.Codes);
            Assert.All(card.Codes, code => Assert.Contains(code, Explanation.Codes));
            Assert.NotEqual(default, card.Stages);
        });
    }

    [Fact]
    public void Cards_EveryCodeOfTheCatalogue_BelongsToARule() =>
        Assert.Equal(
            CatalogueAssert.CodesInStage(typeof(RuleDiagnostics), '4').Order(StringComparer.Ordinal),
            ApiRules.Cards.SelectMany(card => card.Codes).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void Sources_NumbersOfLimits_StandInTheProfileAlone()
    {
        var files = new[] { "GmiKlingFlow.Core/Rules", "GmiKlingFlow.Core/Planning", "GmiKlingFlow.Core/Manifests", "GmiKlingFlow.Core/Model", "GmiKlingFlow.Simulator", "GmiKlingFlow.Runtime/State", "GmiKlingFlow.Cli/Commands" }
            .SelectMany(folder => Directory.EnumerateFiles(RepositoryFolder.Combine("src", folder), "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal) && Path.GetFileName(file) is not ("KlingLimits.cs" or "SmallNumbers.cs"))
            .ToList();
        var found = files.SelectMany(file => File.ReadLines(file).Select(line => line.Trim()).Where(line => !line.StartsWith("//", StringComparison.Ordinal) && LimitNumber().IsMatch(line)).Select(line => $"{Path.GetFileName(file)}: {line}"));

        Assert.True(files.Count > 100, "Too few files to have looked everywhere.");
        Assert.Empty(found);
    }

    [GeneratedRegex(@"\b(2_?000|2_?050|60_?000|5_?000_?000|100_?000_?000|512|2_?160|720|1_?080)\b")]
    private static partial Regex LimitNumber();
}
