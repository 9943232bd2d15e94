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
        Assert.Contains("[suggest:", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_UnknownShell_ExitsTwo()
    {
        var result = await new CliRunner(Path.GetTempPath()).RunAsync("completion", "bsh");

        Assert.Equal(ExitCodes.WrongInput, result.ExitCode);
        Assert.Contains("Did you mean \"bash\"?", result.Error, StringComparison.Ordinal);
    }
}
