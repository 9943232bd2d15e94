using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Runtime.State;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Runtime.Tests.State;

public sealed class StateCatalogueTests
{
    [Fact]
    public void Failures_Codes_AreInTheirStageAndExplained()
    {
        var codes = CatalogueAssert.CodesInStage(typeof(StateFailures), '8');

        Assert.All(codes, code => Assert.StartsWith("GKF80", code, StringComparison.Ordinal));
        Assert.All(codes, code => Assert.Contains(code, Explanation.Codes));
    }
}
