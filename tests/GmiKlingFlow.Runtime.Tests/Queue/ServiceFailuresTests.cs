using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Runtime.Downloads;
using GmiKlingFlow.Runtime.Queue;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Runtime.Tests.Queue;

public class ServiceFailuresTests
{
    [Fact]
    public void Codes_All_AreInTheirStageAndExplained() =>
        Assert.All(CatalogueAssert.CodesInStage(typeof(ServiceFailures), '7'), AssertExplained);

    [Fact]
    public void DownloadCodes_All_AreInTheirStageAndExplained() => Assert.All(
        CatalogueAssert.CodesInStage(typeof(DownloadFailures), '8'),
        code =>
        {
            Assert.StartsWith("GKF81", code, StringComparison.Ordinal);
            AssertExplained(code);
        });

    private static void AssertExplained(string code)
    {
        var page = Explanation.Of(code) ?? "";
        Assert.StartsWith($"# {code}: ", page, StringComparison.Ordinal);
        Assert.Contains("\n## Wrong\n\n```", page, StringComparison.Ordinal);
        Assert.Contains("\n## Right\n\n```", page, StringComparison.Ordinal);
    }
}
