using GmiKlingFlow.Core.Manifests;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Core.Tests.Manifests;

public sealed class CatalogueTests
{
    [Fact]
    public void YamlDiagnostics_Codes_AreInStageOne() => CatalogueAssert.CodesInStage(typeof(YamlDiagnostics), '1');

    [Fact]
    public void ShapeDiagnostics_Codes_AreInStageTwo() => CatalogueAssert.CodesInStage(typeof(ShapeDiagnostics), '2');

    [Fact]
    public void MeaningDiagnostics_Codes_AreTheFirstOfStageFour() =>
        Assert.All(CatalogueAssert.CodesInStage(typeof(MeaningDiagnostics), '4'), code => Assert.StartsWith("GKF40", code, StringComparison.Ordinal));
}
