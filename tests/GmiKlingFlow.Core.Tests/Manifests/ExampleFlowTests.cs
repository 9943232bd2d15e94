using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Manifests;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Core.Tests.Manifests;

public sealed class ExampleFlowTests
{
    [Theory]
    [InlineData("quickstart")]
    [InlineData("localisation")]
    [InlineData("two-speakers")]
    [InlineData("subtitles")]
    [InlineData("ci")]
    public void Load_Example_HasNoProblems(string example)
    {
        var folder = RepositoryFolder.Combine("examples", example);
        var diagnostics = new DiagnosticBag();
        var flows = new FlowLoader(new DiskFlowFiles()).Load(
            "flow.yaml",
            new FlowInputs(folder, [], [], [], static _ => "1"),
            diagnostics);
        Assert.True(!diagnostics.HasErrors, string.Join('\n', diagnostics.Sorted().Select(DiagnosticText.Line)));
        Assert.NotEmpty(Assert.Single(flows).Jobs);
        Assert.All(flows[0].Jobs, job => Assert.NotNull(Assert.IsType<MediaSource.LocalFile>(job.Video.Source).Media));
    }
}
