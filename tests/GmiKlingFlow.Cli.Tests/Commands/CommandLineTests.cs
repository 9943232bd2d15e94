using GmiKlingFlow.Cli.CommandLine;
using GmiKlingFlow.Cli.Commands;
using GmiKlingFlow.Cli.Hosting;
using GmiKlingFlow.Cli.Output;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Cli.Tests.Commands;

public sealed class CommandLineTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Catalogue_EveryCode_IsInStageNineAndExplained()
    {
        foreach (var code in CatalogueAssert.CodesInStage(typeof(CommandLineDiagnostics), '9'))
        {
            Assert.StartsWith($"# {code}: ", Explanation.Of(code) ?? "(no page)", StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("explian", "GKF9001", "\"explian\" is not a command. Did you mean \"explain\"?")]
    [InlineData("settle", "GKF9004", "\"gkflow settle\" needs FLOW.")]
    [InlineData("explain --formt json", "GKF9002", "\"--formt\" is not an option of \"gkflow explain\". Did you mean \"--format\"?")]
    [InlineData("explain --formt=json", "GKF9002", "Did you mean \"--format\"?")]
    [InlineData("explain GKF4101 GKF4102", "GKF9003", "\"GKF4102\" is one argument too many")]
    [InlineData("completion", "GKF9004", "\"gkflow completion\" needs SHELL.")]
    [InlineData("explain --out", "GKF9005", "\"--out\" needs a value: --out DIR.")]
    [InlineData("explain --format text --format text", "GKF9006", "\"--format\" is given 2 times.")]
    [InlineData("explain --format yaml", "GKF9007", "\"yaml\" is not a value of \"--format\".")]
    [InlineData("explain --log-level debgu", "GKF9007", "Did you mean \"debug\"?")]
    [InlineData("explain --var locale", "GKF9010", "Write --var name=value.")]
    [InlineData("", "GKF9014", "No command is given.")]
    [InlineData("--log-level debug", "GKF9014", "No command is given.")]
    [InlineData("schema flwo", "GKF9016", "Did you mean \"flow\"?")]
    [InlineData("plan flow.yaml --no-color=maybe", "GKF9130", "\"maybe\" is not a value of \"--no-color\", which takes none.")]
    [InlineData("--no-color:maybe plan", "GKF9130", "\"maybe\" is not a value of \"--no-color\"")]
    [InlineData("run --yes= flow.yaml", "GKF9130", "\"\" is not a value of \"--yes\"")]
    [InlineData("explain GKF4001x", "GKF9017", "\"GKF4001x\" is not a diagnostic's code.")]
    public async Task RunAsync_WrongCommandLine_ExitsTwoWithTheWayOutOnStandardError(string line, string code, string says)
    {
        var result = await new CliRunner(folder.Path).RunAsync(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal(ExitCodes.WrongInput, result.ExitCode);
        Assert.Equal("", result.Output);
        Assert.StartsWith($"error {code}: ", result.Error, StringComparison.Ordinal);
        Assert.Contains(says, result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("explain --no-color=true GKF4101")]
    [InlineData("explain --no-color=false GKF4101")]
    public async Task RunAsync_SwitchWithTrueOrFalse_IsUnderstood(string line)
    {
        var result = await new CliRunner(folder.Path).RunAsync(line.Split(' '));

        Assert.Equal((ExitCodes.Done, ""), (result.ExitCode, result.Error));
    }

    [Fact]
    public async Task RunAsync_SwitchWithValueBehindDoubleDash_IsAnArgument()
    {
        var result = await new CliRunner(folder.Path).RunAsync("explain", "--", "--no-color=maybe");

        Assert.StartsWith("error GKF9017: \"--no-color=maybe\"", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_UnknownOptionWithValue_TellsTheCauseAlone()
    {
        var result = await new CliRunner(folder.Path).RunAsync("explain", "--form", "json", "GKF4101");

        Assert.Equal(1, result.Error.Split("error ").Length - 1);
    }

    [Fact]
    public async Task RunAsync_SeveralWrongValues_AreToldTogether()
    {
        var result = await new CliRunner(folder.Path).RunAsync("explain", "--log-level", "loud", "--var", "x");

        Assert.Contains("GKF9007", result.Error, StringComparison.Ordinal);
        Assert.Contains("GKF9010", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_DoubleDash_TakesTheRestAsArguments()
    {
        var result = await new CliRunner(folder.Path).RunAsync("explain", "--", "--formt");

        Assert.StartsWith("error GKF9017: \"--formt\" is not a diagnostic's code", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_ArgumentWithAt_IsNotAResponseFile()
    {
        folder.Write("x", "GKF4101");

        var result = await new CliRunner(folder.Path).RunAsync("explain", "@x");

        Assert.StartsWith("error GKF9017: \"@x\"", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_Version_PrintsNameAndVersion()
    {
        var result = await new CliRunner(folder.Path).RunAsync("--version");

        Assert.Equal(new CliResult(ExitCodes.Done, "gkflow 0.1.0\n", ""), result);
    }

    [Fact]
    public void Version_IsTheAssemblys() =>
        Assert.Equal(GkflowCommand.Version, typeof(GkflowCommand).Assembly.GetName().Version?.ToString(3));

    [Fact]
    public async Task RunAsync_Help_FitsEightyColumns()
    {
        foreach (var command in new[] { "", "explain", "schema", "completion" })
        {
            var result = await new CliRunner(folder.Path).RunAsync([.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);

            Assert.Equal(ExitCodes.Done, result.ExitCode);
            Assert.Equal("", result.Error);
            Assert.All(result.Output.Split('\n'), line => Assert.True(line.Length <= 80, $"{command}: {line}"));
        }
    }

    [Fact]
    public async Task RunAsync_RootHelp_ListsTheCommands()
    {
        var result = await new CliRunner(folder.Path).RunAsync("--help");

        Baseline.Match(result.Output);
    }

    [Fact]
    public async Task RunAsync_ABug_ExitsSeventyTellsItInOneLineAndNamesNoInventedAddress()
    {
        using var error = new StringWriter();
        var terminal = new Terminal(TextReader.Null, TextWriter.Null, error, TerminalTraits.Redirected);
        var context = new ProgramContext(terminal, Path.GetTempPath(), static _ => throw new InvalidOperationException("what nobody expected"), TimeProvider.System, new ManualStop());

        var exitCode = await CommandHost.RunAsync(["run", "missing.yaml"], context);

        Assert.Equal(ExitCodes.Bug, exitCode);
        Assert.Contains("has a bug: InvalidOperationException: what nobody expected", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("http", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error.ToString(), StringComparison.Ordinal);
    }
}
