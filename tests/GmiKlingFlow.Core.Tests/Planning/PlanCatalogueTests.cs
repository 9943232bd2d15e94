using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Planning;
using GmiKlingFlow.Core.Planning.Choosing;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Core.Tests.Planning;

public sealed class PlanCatalogueTests
{
    [Fact]
    public void PlanDiagnostics_EachCode_IsOfItsStageAndExplained()
    {
        var codes = CatalogueAssert.CodesInStage(typeof(PlanDiagnostics), '4');

        Assert.All(codes, code => Assert.StartsWith("GKF42", code, StringComparison.Ordinal));
        Assert.All(codes, code => Assert.Contains(code, Explanation.Codes));
    }

    [Fact]
    public void FaceDiagnostics_EachCode_IsOfItsStageAndExplained()
    {
        var codes = CatalogueAssert.CodesInStage(typeof(FaceDiagnostics), '6');

        Assert.All(codes, code => Assert.Contains(code, Explanation.Codes));
    }
}
