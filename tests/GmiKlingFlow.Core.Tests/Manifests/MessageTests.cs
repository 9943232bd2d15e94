using Xunit;

namespace GmiKlingFlow.Core.Tests.Manifests;

/// <summary>Clumsy input gets one message, and that one says what to do.</summary>
public sealed class MessageTests
{
    [Theory]
    [InlineData("vars: { \"\": 1 }\n", "A key of a map must be plain text, and this one is empty.")]
    [InlineData("env: [\"\"]\n", "\"env\" must be a list of text, and this is an empty text in it.")]
    [InlineData("include: [\"https://example.com/a.yaml\"]\n", "\"https://example.com/a.yaml\" can't be read: only local files can be included.")]
    [InlineData("include: [empty.yaml]\n", "\"empty.yaml\" holds no YAML value. Write its vars, defaults, videos or audio, or don't include it.")]
    [InlineData("x-list: &list 5\ndefaults: { <<: *list }\n", "\"<<\" merges a map or a list of maps, and this is a number.")]
    [InlineData("vars: { a: \"b\n}\n", "the quote that opens here is not closed on its line")]
    public void Load_ClumsyInput_IsToldOnceAndPlainly(string piece, string message)
    {
        var flow = new FlowCase(FlowCase.Completed(piece)).WithFile("/flows/empty.yaml", "");
        flow.LoadAll();

        Assert.Contains(message, Assert.Single(flow.Diagnostics).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_BrokenMergeInAnEntry_IsItsOnlyProblem()
    {
        var flow = FlowCase.Of("x-base: &base 5\njobs: [{ id: a, video: host, faces: [{ <<: *base }] }]\n");

        Assert.Equal(["GKF1019"], flow.Codes());
    }
}
