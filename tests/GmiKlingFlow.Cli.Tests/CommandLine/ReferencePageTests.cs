using System.CommandLine;
using GmiKlingFlow.Cli.CommandLine;
using GmiKlingFlow.Cli.Commands;
using GmiKlingFlow.Cli.Hosting;
using GmiKlingFlow.Cli.Output;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Cli.Tests.CommandLine;

/// <summary>Help and reference of every command there is.</summary>
public sealed class ReferencePageTests
{
    public static TheoryData<string> Names => ["", .. Root().Subcommands.Select(static command => command.Name)];

    [Fact]
    public void Page_Reference_IsMadeFromTheCommandsAsTheyAre()
    {
        var page = RepositoryFolder.Combine("src", "GmiKlingFlow.Cli", "README.md");
        var current = ReferencePage.Markdown(Root());
        if (Environment.GetEnvironmentVariable(Baseline.AcceptVariable) == "1" && Environment.GetEnvironmentVariable("CI") is null)
        {
            File.WriteAllText(page, current);
        }

        Assert.True(File.Exists(page) && File.ReadAllText(page).ReplaceLineEndings("\n") == current, $"src/GmiKlingFlow.Cli/README.md is stale. Run: bash tests/update-docs.sh\n\nIt should read:\n{current}");
    }

    [Fact]
    public void Commands_Every_HasADescriptionExamplesOfItsOwnAndArgumentsThatAreTold() => Assert.All(Root().Subcommands, static command =>
    {
        Assert.EndsWith(".", command.Description ?? "", StringComparison.Ordinal);
        var examples = Assert.IsAssignableFrom<IHasExamples>(command).Examples;
        Assert.Contains(examples, example => example.CommandLine.Contains($"gkflow {command.Name}", StringComparison.Ordinal));
        Assert.All(examples, static example => Assert.NotEqual("", example.Does));
        Assert.All(command.Arguments, static argument => Assert.EndsWith(".", argument.Description ?? "", StringComparison.Ordinal));
    });

    [Fact]
    public void Options_Every_IsDescribedWithItsDefault() => Assert.All(Root().Subcommands, static command =>
        Assert.All(CommandForms.OwnOptions(command).Concat(CommandForms.CommonOptions(command)), option =>
        {
            var description = CommandForms.Description(option, command);
            Assert.True(description.EndsWith('.') && description.Length > 10, $"{command.Name} {option.Name}: {description}");
            Assert.True(option is not CheckedOption || description.Contains("Default: ", StringComparison.Ordinal), $"{command.Name} {option.Name}: {description}");
        }));

    [Fact]
    public void ExitCodes_Every_IsTold() => Assert.Equal(
        typeof(ExitCodes).GetFields().Where(static field => field.IsLiteral).Select(static field => field.GetRawConstantValue()).Order(),
        ExitMeanings.All.Select(static exit => (object?)exit.Code).Order());

    [Theory]
    [MemberData(nameof(Names))]
    public async Task RunAsync_Help_FitsTheTerminalOrIsALineToCopy(string command)
    {
        foreach (var width in (int[])[40, 80, 160])
        {
            var cli = new CliRunner(Path.GetTempPath()) { Traits = TerminalTraits.Redirected with { Width = width } };

            var result = await cli.RunAsync([.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);

            Assert.Equal((ExitCodes.Done, ""), (result.ExitCode, result.Error));
            var toCopy = Root().Subcommands.OfType<IHasExamples>().SelectMany(static c => c.Examples).Select(static example => example.CommandLine)
                .Concat(Root().Subcommands.SelectMany(static c => CommandForms.OwnOptions(c).Concat(CommandForms.CommonOptions(c)).Select(option => CommandForms.Names(option, c)))).ToHashSet(StringComparer.Ordinal);
            // Below 80 columns a line to copy goes beyond: broken, it could not be copied.
            Assert.All(result.Output.Split('\n'), line => Assert.True(
                line.Length <= width || (width < 80 && (toCopy.Contains(line.Trim()) || !line.Trim().Contains(' ', StringComparison.Ordinal))), $"{width}: {line}"));
            Assert.DoesNotContain(result.Output.Split('\n'), static line => line.EndsWith(' '));
        }
    }

    [Theory]
    [InlineData(40)]
    [InlineData(80)]
    [InlineData(160)]
    public async Task RunAsync_HelpOfSettle_IsLaidOutForTheTerminal(int width)
    {
        var cli = new CliRunner(Path.GetTempPath()) { Traits = TerminalTraits.Redirected with { Width = width } };

        var result = await cli.RunAsync("settle", "--help");

        Baseline.Match(result.Output, caseName: width.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    private static RootCommand Root() => GkflowCommand.Create(
        new ProgramContext(new Terminal(TextReader.Null, TextWriter.Null, TextWriter.Null, TerminalTraits.Redirected), Path.GetTempPath(), static _ => null, TimeProvider.System, new ManualStop()), []);
}
