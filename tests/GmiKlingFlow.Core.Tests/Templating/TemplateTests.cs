using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Templating;
using Xunit;

namespace GmiKlingFlow.Core.Tests.Templating;

public sealed class TemplateTests
{
    [Theory]
    [InlineData("plain text")]
    [InlineData("")]
    [InlineData("a } b }} c { d")]
    [InlineData("100 %")]
    public void Evaluate_NoBlocks_IsItsText(string text)
    {
        var template = Template.Parse(text, TemplateCase.PlaceOf, []);
        Assert.NotNull(template);
        Assert.True(template.IsPlain);
        Assert.Equal(new TemplateResult.Value(TemplateCase.Text(text)), template.Evaluate(TemplateCase.Scope, []));
    }

    [Theory]
    [InlineData("{{ 1 + 2 }}", "3")]
    [InlineData("{{ vars.on }}", "true")]
    [InlineData("{{ vars.none }}", "null")]
    [InlineData("{{vars.list}}", "[10, 20, 30]")]
    [InlineData(" {{ 1 }}", "\" 1\"")]
    [InlineData("{{ 1 }}{{ 2 }}", "\"12\"")]
    [InlineData("a{{ vars.none }}b", "\"ab\"")]
    [InlineData("{{ vars.cdn }}/hello.{{ matrix.locale }}.mp3", "\"https://media.example.com/hello.de.mp3\"")]
    public void Evaluate_OneExpression_KeepsItsType(string template, string expected) =>
        Assert.Equal(expected, TemplateCase.Shown(template));

    [Theory]
    [InlineData("{%{ {{ x }} }%}", "\" {{ x }} \"")]
    [InlineData("a {%%{ }%} }%%} b", "\"a  }%}  b\"")]
    [InlineData("a  {%{- b -}%}  c", "\"a b c\"")]
    [InlineData("x {{- 1 -}} y", "\"x1y\"")]
    [InlineData("x\n  {{~ 1 ~}}  \n  y", "\"x\\n1  y\"")]
    [InlineData("x {{ 1 -}}\n\n y", "\"x 1y\"")]
    public void Evaluate_EscapesAndStripping_FollowScriban(string template, string expected) =>
        Assert.Equal(expected, TemplateCase.Shown(template));

    [Theory]
    [InlineData("{{ 1 # one }}", "1")]
    [InlineData("{{ 1 + ## many ## 2 }}", "3")]
    [InlineData("{{ [1, # one\n 2] }}", "[1, 2]")]
    [InlineData("a{{ # nothing }}b", "\"ab\"")]
    [InlineData("{{ {a: {b: 1}} }}", "{a: {b: 1}}")]
    [InlineData("{{{a: 1}}}", "{a: 1}")]
    [InlineData("{{ \"}}\" }}", "\"}}\"")]
    public void Evaluate_CommentsAndBraces_EndWhereTheyShould(string template, string expected) =>
        Assert.Equal(expected, TemplateCase.Shown(template));

    [Fact]
    public void Names_OfSeveralBlocks_AreAllThere()
    {
        var template = Template.Parse("{{ vars.a + matrix.b }} {{ face?.id }} {{ string.size x }}", TemplateCase.PlaceOf, []);
        Assert.Equal(["face", "matrix", "vars", "x"], template?.Names.Order());
    }

    [Fact]
    public void Parse_TwoBrokenBlocks_TellsBoth()
    {
        DiagnosticBag diagnostics = [];
        Assert.Null(Template.Parse("{{ 1 + }} and {{ * }}", TemplateCase.PlaceOf, diagnostics));
        Assert.Equal([8, 18], diagnostics.Select(d => d.Place?.Span.Column ?? 0));
    }
}
