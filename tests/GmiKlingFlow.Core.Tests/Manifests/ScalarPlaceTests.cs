using System.Text;
using FsCheck;
using FsCheck.Fluent;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Manifests.Yaml;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Core.Tests.Manifests;

/// <summary>Every character of a scalar's value leads back to where it is written, in every style.</summary>
public sealed class ScalarPlaceTests
{
    private static readonly string[] Pieces = ["a", "b", "ü", "😀", " ", "  ", "'", "\"", "\\", "#", ":", "{{", "}}", "-", "\n", "\n\n", "x y", "\t"];

    private static readonly Gen<string> Texts =
        Gen.ArrayOf(Gen.Elements(Pieces)).Select(string.Concat);

    [Fact]
    public void SpanAt_SingleQuoted_LeadsBack() =>
        Holds(Texts.Select(t => Lines(t).Replace("'", "''", StringComparison.Ordinal)).Select(t => $"k: '{Continued(t)}'\nz: 1\n"));

    [Fact]
    public void SpanAt_DoubleQuoted_LeadsBack() =>
        Holds(Texts.Select(t => Lines(t).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)).Select(t => $"k: \"{Continued(t)}\"\nz: 1\n"));

    [Fact]
    public void SpanAt_Plain_LeadsBack() =>
        Holds(Texts.Select(t => $"k: a{Continued(Lines(t)).Replace("#", "", StringComparison.Ordinal).Replace(":", "", StringComparison.Ordinal)}\nz: 1\n"));

    [Theory]
    [InlineData("|")]
    [InlineData("|-")]
    [InlineData("|+")]
    [InlineData("|2")]
    [InlineData("| # why")]
    [InlineData(">")]
    [InlineData(">-")]
    [InlineData(">+")]
    [InlineData(">2-")]
    public void SpanAt_Block_LeadsBack(string header) =>
        Holds(Texts.Select(t => $"k: {header}\n  {t.Replace("\n", "\n  ", StringComparison.Ordinal)}\nz: 1\n"));

    [Theory]
    [InlineData("k: \"a\\u00e9b\"", "aéb", 1, 1, 6, 12)]
    [InlineData("k: \"a\\U0001F600b\"", "a😀b", 1, 2, 6, 16)]
    [InlineData("k: \"\\x41\\n\\t{{\"", "A\n\t{{", 3, 2, 13, 15)]
    [InlineData("k: 'it''s {{ x }}'", "it's {{ x }}", 5, 7, 11, 18)]
    [InlineData("k: &anchor !!str  12", "12", 0, 2, 19, 21)]
    public void SpanAt_Escape_CoversAllOfIt(string yaml, string value, int offset, int length, int column, int endColumn)
    {
        var scalar = ScalarOf(yaml);
        Assert.Equal(value, scalar.Value);
        Assert.Equal(new SourceSpan("f", 1, column, 1, endColumn), scalar.SpanAt(offset, length));
    }

    [Fact]
    public void SpanAt_FoldedOverCrLf_PointsToTheLine()
    {
        var scalar = ScalarOf("k: >-\r\n    one\r\n    two {{ x }}\r\n\r\n    three\r\n");
        Assert.Equal("one two {{ x }}\nthree", scalar.Value);
        Assert.Equal(new SourceSpan("f", 3, 9, 3, 16), scalar.SpanAt(8, 7));
        Assert.Equal(new SourceSpan("f", 5, 5, 5, 10), scalar.SpanAt(16, 5));
    }

    [Fact]
    public void SpanAt_BehindTheEnd_IsTheEnd()
    {
        var scalar = ScalarOf("k: 'ab'");
        Assert.Equal(new SourceSpan("f", 1, 7, 1, 7), scalar.SpanAt(2, 0));
        Assert.Equal(new SourceSpan("f", 1, 7, 1, 7), scalar.SpanAt(9, 3));
    }

    private static string Lines(string text) => text.Trim();

    /// <summary>Line breaks inside quotes, with the indentation that YAML wants and takes away again.</summary>
    private static string Continued(string text) => text.Replace("\n", "\n   ", StringComparison.Ordinal);

    private static void Holds(Gen<string> yamls) => Prop.ForAll(yamls.ToArbitrary(), LeadsBack).Check(PropertyRun.Config.WithMaxTest(500));

    private static bool LeadsBack(string yaml)
    {
        if (TryScalarOf(yaml) is not { } scalar)
        {
            // Some of these texts are no YAML; the styles that can hold anything are in the majority.
            return true;
        }

        var source = scalar.Source.Text;
        for (var i = 0; i < scalar.Value.Length; i++)
        {
            var span = scalar.SpanAt(i, 1);
            var written = source[OffsetOf(source, span.Line, span.Column)..OffsetOf(source, span.EndLine, span.EndColumn)];
            var wanted = scalar.Value[i];
            var isRight = wanted switch
            {
                ' ' or '\n' => written is " " or "\n" or "\t",
                '\'' => written is "'" or "''",
                '"' => written is "\"" or "\\\"",
                '\\' => written is "\\" or "\\\\",
                _ => written == wanted.ToString(),
            };
            Assert.True(isRight, $"character {i} of {scalar.Value} is written as '{written}' in:\n{yaml}");
        }

        return true;
    }

    private static int OffsetOf(string text, int line, int column)
    {
        var offset = 0;
        for (var i = 1; i < line; i++)
        {
            offset = text.IndexOf('\n', offset) + 1;
        }

        return offset + column - 1;
    }

    private static ManifestScalar ScalarOf(string yaml) => Assert.IsType<ManifestScalar>(TryScalarOf(yaml));

    private static ManifestScalar? TryScalarOf(string yaml)
    {
        var documents = ManifestReader.Read(new ManifestText("f", "/f", yaml), new DiagnosticBag());
        return (documents.FirstOrDefault()?.Root as ManifestMapping)?.Find("k")?.Value as ManifestScalar;
    }
}
