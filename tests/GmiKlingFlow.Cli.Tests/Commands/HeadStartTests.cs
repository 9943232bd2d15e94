using GmiKlingFlow.Cli.Commands;
using GmiKlingFlow.Cli.Hosting;
using Xunit;

namespace GmiKlingFlow.Cli.Tests.Commands;

/// <summary>In the program nobody is told when it fails: here somebody is.</summary>
public sealed class HeadStartTests
{
    [Fact]
    public void Run_WhereItIsSeen_EndsWithoutException() => Assert.Null(Record.Exception(HeadStart.Run));

    [Theory]
    [InlineData(true, "validate", "flow.yaml")]
    [InlineData(true, "validate", "a.yaml", "b.yaml")]
    [InlineData(false, "validate")]
    [InlineData(false, "validate", "flow.yaml", "--format", "json")]
    [InlineData(false, "validate", "@flow.yaml")]
    [InlineData(false, "validate", "")]
    [InlineData(false, "--version")]
    [InlineData(false)]
    public void IsCheck_OfALine_IsTrueForFlowsAlone(bool expected, params string[] args) => Assert.Equal(expected, PlainLines.IsCheck(args));
}
