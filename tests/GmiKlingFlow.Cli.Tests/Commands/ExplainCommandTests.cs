using GmiKlingFlow.Cli.Hosting;
using GmiKlingFlow.Core.Diagnostics;
using Xunit;

namespace GmiKlingFlow.Cli.Tests.Commands;

public sealed class ExplainCommandTests
{
    [Theory]
    [InlineData("GKF4101")]
    [InlineData("gkf4101")]
    [InlineData("4101")]
    public async Task RunAsync_Code_PrintsItsPage(string code)
    {
        var result = await new CliRunner(Path.GetTempPath()).RunAsync("explain", code);

        Assert.Equal(ExitCodes.Done, result.ExitCode);
        Assert.StartsWith("# GKF4101: ", result.Output, StringComparison.Ordinal);
        Assert.Equal("", result.Error);
    }

    [Fact]
    public async Task RunAsync_NoCode_ListsEveryPage()
    {
        var result = await new CliRunner(Path.GetTempPath()).RunAsync("explain");

        Assert.Equal(Explanation.Codes, result.Output.TrimEnd().Split('\n').Select(line => line[..7]));
    }

    [Fact]
    public void Pages_All_HaveTitleCauseWrongAndRight()
    {
        Assert.NotEmpty(Explanation.Codes);
        foreach (var code in Explanation.Codes)
        {
            var page = Explanation.Of(code) ?? "";
            Assert.StartsWith($"# {code}: ", page, StringComparison.Ordinal);
            Assert.True(page.Contains("\n## Wrong\n\n```", StringComparison.Ordinal), $"{code} shows nothing wrong.");
            Assert.True(page.Contains("\n## Right\n\n```", StringComparison.Ordinal), $"{code} shows nothing right.");
        }
    }
}
