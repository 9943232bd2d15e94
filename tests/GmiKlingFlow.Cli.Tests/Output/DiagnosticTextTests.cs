using GmiKlingFlow.Cli.Output;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Cli.Tests.Output;

public sealed class DiagnosticTextTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Write_PlacedDiagnostic_UnderlinesTheValueAndGivesHintAndRelatedPlaces()
    {
        folder.Write("flow.yaml", "jobs:\n  - id: a\n    audio: hello.fr  # wrong\n");

        Assert.Equal(
            """
            flow.yaml:3:12: error GKF4003: "hello.fr" is no audio of this flow.
              3 |     audio: hello.fr  # wrong
                |            ^^^^^^^^
              see flow.yaml:1:1: the jobs
              hint: add it

            """,
            Written(Error(new SourceSpan("flow.yaml", 3, 12, 3, 20), "\"hello.fr\" is no audio of this flow.", "add it") with
            {
                Related = [new RelatedPlace("the jobs", new SourceSpan("flow.yaml", 1, 1, 1, 5))],
            }));
    }

    [Fact]
    public void Write_WideCharactersBeforeTheValue_UnderlineStandsBelowIt()
    {
        folder.Write("flow.yaml", "日本: x\n");

        Assert.EndsWith("  1 | 日本: x\n    |       ^\n", Written(Error(new SourceSpan("flow.yaml", 1, 5, 1, 6), "m")), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_LongLine_IsCutAroundTheValue()
    {
        folder.Write("flow.yaml", $"key: {new string('a', 300)}VALUE{new string('b', 300)}\n");

        var text = Written(Error(new SourceSpan("flow.yaml", 1, 306, 1, 311), "m"));

        Assert.All(text.Split('\n'), line => Assert.True(line.Length <= 80, line));
        var lines = text.Split('\n');
        Assert.Equal("VALUE", lines[1].Substring(lines[2].IndexOf('^', StringComparison.Ordinal), 5));
    }

    [Theory]
    [InlineData(99, 1)]
    [InlineData(1, 99)]
    public void Write_PlaceOutsideTheFile_StillTellsTheMessage(int line, int column)
    {
        folder.Write("flow.yaml", "a: b\n");

        Assert.StartsWith($"flow.yaml:{line}:{column}: error GKF4003: m\n", Written(Error(new SourceSpan("flow.yaml", line, column, line, column), "m")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("flow.yaml")]
    [InlineData("/dev/zero")]
    public void Write_FileTooLargeToShow_TellsTheMessageAlone(string file)
    {
        Assert.SkipWhen(file.StartsWith('/') && !OperatingSystem.IsLinux(), "No such device here.");
        using (var large = File.Create(folder.File("flow.yaml")))
        {
            large.SetLength(3_000_000_000);
        }

        Assert.Equal($"{file}:1:1: error GKF4003: m\n", Written(Error(new SourceSpan(file, 1, 1, 1, 1), "m")));
    }

    [Fact]
    public void Write_ControlCharactersFromTheFlow_CannotSteerTheTerminal()
    {
        folder.Write("flow.yaml", "a: \"\e[2J\"\n");

        var text = Written(Error(new SourceSpan("flow.yaml", 1, 4, 1, 10), "\"\e]0;owned\a\" is wrong"));

        Assert.DoesNotContain('\e', text);
        Assert.DoesNotContain('\a', text);
        Assert.Contains("\\u001b", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_OnATerminal_ColoursWordAndUnderline()
    {
        folder.Write("flow.yaml", "a: b\n");

        var text = Written(Error(new SourceSpan("flow.yaml", 1, 4, 1, 5), "m"), TerminalTraits.Redirected with { ErrorIsTerminal = true });

        Assert.Contains("\e[1;31merror\e[0m GKF4003", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 0, "")]
    [InlineData(1, 0, "1 error")]
    [InlineData(2, 1, "2 errors, 1 warning")]
    public void Counts_Severities_AreWordsForPeople(int errors, int warnings, string expected)
    {
        var list = Enumerable.Repeat(Severity.Error, errors).Concat(Enumerable.Repeat(Severity.Warning, warnings))
            .Select(severity => new Diagnostic("GKF4003", severity, "m", null)).ToList();

        Assert.Equal(expected, DiagnosticText.Counts(list));
    }

    private static Diagnostic Error(SourceSpan span, string message, string? hint = null) =>
        new("GKF4003", Severity.Error, message, new Place(span, "x"), hint);

    private string Written(Diagnostic diagnostic, TerminalTraits? traits = null)
    {
        using var talk = new StringWriter();
        new DiagnosticText(new Terminal(TextReader.Null, TextWriter.Null, talk, traits ?? TerminalTraits.Redirected), folder.Path).Write(diagnostic);
        return talk.ToString().ReplaceLineEndings("\n");
    }
}
