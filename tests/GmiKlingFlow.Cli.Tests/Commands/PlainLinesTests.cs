using GmiKlingFlow.Cli.CommandLine;
using GmiKlingFlow.Cli.Commands;
using GmiKlingFlow.Cli.Hosting;
using GmiKlingFlow.Cli.Output;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Cli.Tests.Commands;

/// <summary>Lines that are answered without the parser, against the parser's answers.</summary>
public sealed class PlainLinesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public PlainLinesTests()
    {
        File.WriteAllText(folder.File("empty.yaml"), "");
        File.WriteAllText(folder.File("wrong.yaml"), "apiVersion: gmiklingflow/v1\nkind: Flow\nname: wrong\njobz: []\n");
        File.WriteAllText(folder.File("broken.yaml"), "a: [\n");
    }

    public static TheoryData<string> Lines =>
    [
        "--version", "--help", "-h", "validate wrong.yaml", "validate missing.yaml", "validate ./empty.yaml broken.yaml wrong.yaml", "validate wrong.yaml wrong.yaml", "validate plan",
    ];

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task Answer_PlainLine_IsWhatTheParserWouldMakeOfIt(string line)
    {
        var args = line.Split(' ');

        foreach (var width in (int[])[40, 80, 160])
        {
            var parsed = await RunAsync(width, context => CommandHost.RunParsedAsync(args, context));
            var plain = await RunAsync(width, context => Task.FromResult(PlainLines.Answer(args, context) ?? -1));

            Assert.Equal(parsed, plain);
            Assert.NotEqual("", parsed.Output + parsed.Error);
        }
    }

    [Theory]
    [InlineData]
    [InlineData("validate")]
    [InlineData("validate", "")]
    [InlineData("validate", "--help")]
    [InlineData("validate", "flow.yaml", "--online")]
    [InlineData("validate", "--", "flow.yaml")]
    [InlineData("--no-color", "--version")]
    [InlineData("--version", "--help")]
    [InlineData("plan", "flow.yaml")]
    [InlineData("[suggest]", "validate")]
    [InlineData("Validate", "flow.yaml")]
    public void Answer_AnythingElse_IsLeftToTheParser(params string[] args)
    {
        using var output = new StringWriter();

        Assert.Null(PlainLines.Answer(args, Context(output, output, 80)));
        Assert.Equal("", output.ToString());
    }

    [Fact]
    public void CommandWords_All_AreTheCommandsAsTheyAre()
    {
        var root = GkflowCommand.Create(Context(TextWriter.Null, TextWriter.Null, 80), []);

        Assert.Equal(
            root.Subcommands.Select(static command => (command.Name, CommandForms.Arguments(command).TrimStart(), (command.Description ?? "").Split('\n')[0])),
            CommandWord.All.Select(static word => (word.Name, word.Arguments, word.Summary)));
    }

    public void Dispose() => folder.Dispose();

    private async Task<CliResult> RunAsync(int width, Func<ProgramContext, Task<int>> run)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exitCode = await run(Context(output, error, width));
        return new CliResult(exitCode, output.ToString(), error.ToString());
    }

    private ProgramContext Context(TextWriter output, TextWriter error, int width) => new(
        new Terminal(TextReader.Null, output, error, TerminalTraits.Redirected with { Width = width }), folder.Path, static _ => null, TimeProvider.System, new ManualStop());
}
