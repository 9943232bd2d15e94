using System.Runtime.CompilerServices;
using GmiKlingFlow.Core.Rules;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Core.Tests.Rules;

public sealed class RuleDiagnosticsTests
{
    [Fact]
    public void Catalogue_EveryCode_IsOfTheRulesRange() =>
        Assert.All(CatalogueAssert.CodesInStage(typeof(RuleDiagnostics), '4'), code => Assert.StartsWith("GKF41", code, StringComparison.Ordinal));

    [Fact]
    public void Catalogue_EveryCode_HasItsPage()
    {
        foreach (var code in CatalogueAssert.CodesInStage(typeof(RuleDiagnostics), '4'))
        {
            var page = File.ReadAllText(Path.Combine(Pages(), $"{code}.md"));
            Assert.StartsWith($"# {code}: ", page, StringComparison.Ordinal);
            Assert.Contains("\n## Wrong\n", page, StringComparison.Ordinal);
            Assert.Contains("\n## Right\n", page, StringComparison.Ordinal);
        }
    }

    private static string Pages([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here) ?? ".", "../../../src/GmiKlingFlow.Core/Diagnostics/Explanations");
}
