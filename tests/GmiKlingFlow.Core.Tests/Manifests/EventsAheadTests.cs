using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Manifests.Yaml;
using Xunit;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace GmiKlingFlow.Core.Tests.Manifests;

public class EventsAheadTests
{
    private static readonly string Padding = string.Concat(Enumerable.Repeat("- { id: a, video: \"b\", faces: [1, 2] }\n", EventsAhead.LongText / 38));

    [Theory]
    [InlineData("")]
    [InlineData("- last\n")]
    [InlineData("- [open\n- next: 1\n")]
    [InlineData("- { a: 1\nb: 2\n")]
    [InlineData("-\ttab\n\t- more\n")]
    [InlineData("- *unknown\n")]
    [InlineData("- \"unclosed\n")]
    public void MoveNext_LongText_GivesWhatTheParserGives(string end)
    {
        using var ahead = new EventsAhead(ParserOf(Padding + end));

        Assert.Equal(Told(ParserOf(Padding + end)), Told(ahead));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a: 1")]
    [InlineData("a: [")]
    public void MoveNext_ShortText_GivesWhatTheParserGives(string text)
    {
        using var ahead = new EventsAhead(ParserOf(text));

        Assert.Equal(Told(ParserOf(text)), Told(ahead));
    }

    [Fact]
    public void Dispose_NotReadToTheEnd_StopsReading()
    {
        var parser = new EndlessParser();
        var ahead = new EventsAhead(parser);
        Assert.True(ahead.MoveNext());

        ahead.Dispose();

        Assert.InRange(parser.Read, 1, 20_000);
    }

    [Fact]
    public void Read_LongTextThatGoesTooDeep_SaysSoAndStops()
    {
        var diagnostics = new DiagnosticBag();
        var text = new string('[', NodeComposer.DeepestNesting + 1) + new string(' ', EventsAhead.LongText);

        ManifestReader.Read(new ManifestText("flow.yaml", "/flow.yaml", text), diagnostics);

        Assert.Equal("GKF1008", Assert.Single(diagnostics).Code);
    }

    [Fact]
    public void Read_LongTextWithMistakeAtItsEnd_NamesTheLine()
    {
        var diagnostics = new DiagnosticBag();

        ManifestReader.Read(new ManifestText("flow.yaml", "/flow.yaml", Padding + "- a: 1\n  a: 2\n"), diagnostics);

        var problem = Assert.Single(diagnostics);
        Assert.Equal(("GKF1004", Padding.Count(static c => c == '\n') + 2), (problem.Code, problem.Place?.Span.Line));
    }

    private static Parser ParserOf(string text) => new(new Scanner(new StringReader(text), skipComments: true));

    private static List<string> Told(IParser parser)
    {
        var told = new List<string>();
        try
        {
            while (parser.MoveNext())
            {
                told.Add($"{parser.Current} {parser.Current?.Start} {parser.Current?.End}");
            }

            told.Add(parser.Current is null ? "end" : "end that is none");
        }
        catch (YamlException problem)
        {
            told.Add($"{problem.Message} {problem.Start} {problem.End}");
        }
        catch (InvalidOperationException problem)
        {
            told.Add(problem.Message);
        }

        return told;
    }

    private sealed class EndlessParser : IParser
    {
        public int Read { get; private set; }

        public ParsingEvent? Current { get; } = new Scalar("a");

        public bool MoveNext() => ++Read > 0;
    }
}
