using GmiKlingFlow.Cli.Hosting;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Cli.Tests.Commands;

public sealed class CompletionCommandTests
{
    [Theory]
    [InlineData("bash", "complete -F _gkflow gkflow")]
    [InlineData("zsh", "#compdef gkflow")]
    [InlineData("fish", "complete -c gkflow")]
    [InlineData("pwsh", "Register-ArgumentCompleter")]
    public async Task RunAsync_Shell_PrintsItsScript(string shell, string holds)
    {
        var result = await new CliRunner(Path.GetTempPath()).RunAsync("completion", shell);

        Assert.Equal(ExitCodes.Done, result.ExitCode);
        Assert.Contains(holds, result.Output, StringComparison.Ordinal);
        Assert.Contains("[suggest]", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Suggest_AtTheCommand_OffersCommandsAndNoForeignNamesOfHelp()
    {
        var result = await new CliRunner(Path.GetTempPath()).RunAsync("[suggest:7]", "gkflow ");

        var offered = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains("run", offered);
        Assert.Contains("--help", offered);
        Assert.DoesNotContain(offered, static word => word is "/?" or "/h" or "-?");
    }

    [Fact]
    public async Task RunAsync_UnknownShell_ExitsTwo()
    {
        var result = await new CliRunner(Path.GetTempPath()).RunAsync("completion", "bsh");

        Assert.Equal(ExitCodes.WrongInput, result.ExitCode);
        Assert.Contains("Did you mean \"bash\"?", result.Error, StringComparison.Ordinal);
    }
}
