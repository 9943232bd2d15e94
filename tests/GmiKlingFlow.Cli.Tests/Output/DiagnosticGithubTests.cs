using System.Text.RegularExpressions;
using GmiKlingFlow.Cli.Output;
using GmiKlingFlow.Core.Diagnostics;
using Xunit;

namespace GmiKlingFlow.Cli.Tests.Output;

public sealed partial class DiagnosticGithubTests
{
    private static readonly string Here = Path.Combine(Path.GetTempPath(), "repository");

    [Fact]
    public void Write_PlacedError_HasEveryProperty()
    {
        var command = Assert.Single(Parsed(Error(new SourceSpan("flow.yaml", 3, 12, 3, 20), "\"hello.fr\" is wrong. Mend it.")));

        Assert.Equal("error", command.Name);
        Assert.Equal("\"hello.fr\" is wrong. Mend it.", command.Message);
        Assert.Equal(["file=flow.yaml", "line=3", "col=12", "endLine=3", "endColumn=20", $"title=GKF4003: {Explanation.TitleOf("GKF4003")}"], command.Properties);
    }

    [Fact]
    public void Write_CharactersOfTheSyntax_ComeBackWhole()
    {
        var diagnostic = Error(new SourceSpan("a,b:c %0A::d.yaml", 1, 1, 1, 2), "100% of \"a::b\"\r\n::error::x, y: z %3A", "first\nsecond % line");

        var command = Assert.Single(Parsed(diagnostic));

        Assert.Equal("file=a,b:c %0A::d.yaml", command.Properties[0]);
        Assert.Equal("100% of \"a::b\"  ::error::x, y: z %3A\nfirst\nsecond % line", command.Message);
    }

    [Fact]
    public void Write_SeveralLines_GivesNoColumns() => Assert.Equal(
        ["file=flow.yaml", "line=3", "endLine=5"],
        Assert.Single(Parsed(Error(new SourceSpan("flow.yaml", 3, 12, 5, 2), "m"))).Properties[..3]);

    [Fact]
    public void Write_WithoutAPlace_IsAnAnnotationOfTheRun() => Assert.Equal(
        $"title=GKF4003: {Explanation.TitleOf("GKF4003")}",
        Assert.Single(Assert.Single(Parsed(new Diagnostic("GKF4003", Severity.Warning, "m", null))).Properties));

    [Theory]
    [InlineData(Severity.Error, "error")]
    [InlineData(Severity.Warning, "warning")]
    [InlineData(Severity.Info, "notice")]
    public void Write_Severity_IsTheCommand(Severity severity, string name) => Assert.Equal(
        name,
        Assert.Single(Parsed(new Diagnostic("GKF4003", severity, "m", null))).Name);

    [Fact]
    public void Write_RelatedPlace_StandsInTheText() => Assert.Equal(
        "m\nsee other.yaml:7:3: the other job",
        Assert.Single(Parsed(Error(new SourceSpan("flow.yaml", 1, 1, 1, 2), "m") with
        {
            Related = [new RelatedPlace("the other job", new SourceSpan("other.yaml", 7, 3, 7, 4))],
        })).Message);

    [Fact]
    public void Write_WorkingDirectoryBelowTheCheckout_NamesFilesFromTheCheckout()
    {
        var paths = new RepositoryPaths(Path.Combine(Here, "media", "flows"), Here);

        Assert.Equal("file=media/flows/flow.yaml", Assert.Single(Parsed(paths, Error(new SourceSpan("flow.yaml", 1, 1, 1, 2), "m"))).Properties[0]);
    }

    [Fact]
    public void Write_ControlCharacters_AreShownHarmlessly() =>
        Assert.DoesNotContain('\e', Assert.Single(Parsed(Error(new SourceSpan("f\e.yaml", 1, 1, 1, 2), "\e[2J", "\e]0;x"))).Message);

    private static Diagnostic Error(SourceSpan span, string message, string? hint = null) => new("GKF4003", Severity.Error, message, new Place(span, "x"), hint);

    private static List<WorkflowCommand> Parsed(params Diagnostic[] diagnostics) => Parsed(new RepositoryPaths(Here, null), diagnostics);

    private static List<WorkflowCommand> Parsed(RepositoryPaths paths, params Diagnostic[] diagnostics)
    {
        using var output = new StringWriter { NewLine = "\n" };
        new DiagnosticGithub(paths).Write(output, diagnostics);
        return [.. output.ToString().TrimEnd('\n').Split('\n').Select(WorkflowCommand.Parse)];
    }

    /// <summary>Reads a line as GitHub's runner does (ActionCommand.TryParseV2): one command a line, properties cut at commas, then unescaped.</summary>
    private sealed partial record WorkflowCommand(string Name, string[] Properties, string Message)
    {
        public static WorkflowCommand Parse(string line)
        {
            var match = Shape().Match(line);
            Assert.True(match.Success, line);
            var properties = match.Groups["properties"].Value.Split(',', StringSplitOptions.RemoveEmptyEntries)
                .Select(pair => pair.Split('=', 2))
                .Select(pair => $"{pair[0]}={pair[1].Replace("%0D", "\r").Replace("%0A", "\n").Replace("%3A", ":").Replace("%2C", ",").Replace("%25", "%")}");
            return new WorkflowCommand(
                match.Groups["name"].Value,
                [.. properties],
                match.Groups["message"].Value.Replace("%0D", "\r").Replace("%0A", "\n").Replace("%25", "%"));
        }

        // The first "::" after the command's name ends its properties: a colon in one would cut it short.
        [GeneratedRegex("^::(?<name>[a-z]+)( (?<properties>.*?))?::(?<message>.*)$")]
        private static partial Regex Shape();
    }
}
