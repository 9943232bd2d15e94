using GmiKlingFlow.Cli.Output;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Cli.Tests.Output;

public sealed class DiagnosticJsonTests
{
    [Fact]
    public void Write_Diagnostics_HasTheShapeOfTheContract()
    {
        using var output = new StringWriter();
        DiagnosticJson.Write(output,
        [
            new Diagnostic("GKF4003", Severity.Error, "\"ä\" is wrong", new Place(new SourceSpan("flow.yaml", 3, 12, 3, 20), "jobs[0].audio"), "add it")
            {
                Related = [new RelatedPlace("the jobs", new SourceSpan("flow.yaml", 1, 1, 1, 5))],
            },
            new Diagnostic("GKF9004", Severity.Warning, "no place", null),
        ]);

        Baseline.Match(output.ToString(), "json");
    }
}
