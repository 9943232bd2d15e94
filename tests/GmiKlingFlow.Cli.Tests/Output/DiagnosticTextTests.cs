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
              1 | jobs:
                | ----
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

    [Fact]
    public void Write_TabsBeforeTheValue_UnderlineStandsBelowIt()
    {
        folder.Write("flow.yaml", "a:\tb\tc\n");

        Assert.EndsWith("  1 | a:  b   c\n    |         ^\n", Written(Error(new SourceSpan("flow.yaml", 1, 6, 1, 7), "m")), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_EmojiBeforeAndInTheValue_UnderlineCoversTheirColumns()
    {
        folder.Write("flow.yaml", "🎬: x👋y z\n");

        Assert.EndsWith("  1 | 🎬: x👋y z\n    |     ^^^^\n", Written(Error(new SourceSpan("flow.yaml", 1, 5, 1, 9), "m")), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_AccentsAsMarks_TakeNoColumn()
    {
        folder.Write("flow.yaml", "cafe\u0301: x\n");

        Assert.EndsWith("    |       ^\n", Written(Error(new SourceSpan("flow.yaml", 1, 8, 1, 9), "m")), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_LongLineOfWideCharacters_IsCutByColumns()
    {
        folder.Write("flow.yaml", $"k: {new string('日', 200)}VALUE{new string('本', 200)}\n");

        var lines = Written(Error(new SourceSpan("flow.yaml", 1, 204, 1, 209), "m")).Split('\n');

        Assert.All(lines, line => Assert.InRange(Printable.Width(line), 0, 80));
        var before = Printable.Width(lines[1].AsSpan(0, lines[1].IndexOf("VALUE", StringComparison.Ordinal)));
        Assert.Equal($"{new string(' ', before)}^^^^^", lines[2].Replace('|', ' '));
    }

    [Fact]
    public void Write_LineOfTenMillionCharacters_ShowsThePartAroundTheValue()
    {
        folder.Write("flow.yaml", $"{new string('a', 10_000_000)}VALUE{new string('\u0301', 100_000)}\n");

        var lines = Written(Error(new SourceSpan("flow.yaml", 1, 10_000_001, 1, 10_000_006), "m")).Split('\n');

        Assert.Equal(lines[1].IndexOf("VALUE", StringComparison.Ordinal), lines[2].IndexOf("^^^^^", StringComparison.Ordinal));
    }

    [Fact]
    public void Write_ValueOfThreeLines_UnderlinesEachLinesOwnPart()
    {
        folder.Write("flow.yaml", "key: [a,\n\n    b,\n    c] # end\n");

        Assert.EndsWith(
            """
              1 | key: [a,
                |      ^^^
              3 |     b,
                |     ^^
              4 |     c] # end
                |     ^^

            """,
            Written(Error(new SourceSpan("flow.yaml", 1, 6, 4, 7), "m")),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Write_ValueOfManyLines_ShowsItsStartAndItsEnd()
    {
        folder.Write("flow.yaml", string.Concat(Enumerable.Range(1, 12).Select(i => $"line {i}\n")));

        Assert.EndsWith(
            """
               1 | line 1
                 | ^^^^^^
               2 | line 2
                 | ^^^^^^
                 ...
              11 | line 11
                 | ^^^^^^^

            """,
            Written(Error(new SourceSpan("flow.yaml", 1, 1, 12, 1), "m")),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a: b\r\nc: d\r\n")]
    [InlineData("a: b\rc: d\r")]
    [InlineData("a: \u2028b\nc: d")]
    public void Write_AnyLineBreak_CountsLinesAsPlacesDo(string text)
    {
        folder.Write("flow.yaml", text);

        Assert.EndsWith("  2 | c: d\n    |    ^\n", Written(Error(new SourceSpan("flow.yaml", 2, 4, 2, 5), "m")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(80)]
    [InlineData(160)]
    public void Write_OnATerminal_FitsItsWidth(int width)
    {
        folder.Write("flow.yaml", $"{new string(' ', 30)}sound_insert_time: {new string('x', 200)} # far away\n");
        var diagnostic = Error(new SourceSpan("flow.yaml", 1, 50, 1, 250), string.Join(' ', Enumerable.Repeat("words that go on", 12)), "a hint of many words that does not fit into a narrow terminal either\nsecond line of the table") with
        {
            Related = [new RelatedPlace("the face's own interval, which is told in a rather long sentence too", new SourceSpan("flow.yaml", 1, 31, 1, 48))],
        };

        var text = Written(diagnostic, TerminalTraits.Redirected with { ErrorIsTerminal = true, Width = width, Plain = true });

        Assert.All(text.Split('\n'), line => Assert.InRange(Printable.Width(line), 0, width - 1));
        Baseline.Match(text, caseName: $"{width}");
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

        Assert.Equal(
            "\e[1mflow.yaml:1:4\e[0m: \e[1;31merror\e[0m GKF4003: m\n  \e[2m1 |\e[0m a: b\n  \e[2m  |\e[0m    \e[1;31m^\e[0m\n",
            text);
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
