using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Templating;
using Xunit;

namespace GmiKlingFlow.Core.Tests.Templating;

public sealed class ResidualTests
{
    [Theory]
    [InlineData("{{ face.start_time + ms(vars.lead_in) }}", "face.start_time + 250")]
    [InlineData("{{face.start_time+(vars.lead_in|ms)}}", "face.start_time + 250")]
    [InlineData("{{ face['start_time'] + ms '250ms' # comment }}", "face.start_time + 250")]
    [InlineData("{{ vars.on ? face.id : vars.typo }}", "face.id")]
    [InlineData("{{ face.id == '0' ? vars.count : 1 + 1 }}", "face.id == \"0\" ? 3 : 2")]
    [InlineData("x{{ face.id }}", "\"x\" + face.id")]
    [InlineData("{{ 'x' + face.id }}", "\"x\" + face.id")]
    [InlineData("{{ face.id }}{{ face.start_time }}", "\"\" + face.id + face.start_time")]
    [InlineData("{{ face.id }}-{{ matrix.locale }}", "face.id + \"-de\"")]
    [InlineData("{{ face.id + '-' + matrix.locale }}", "face.id + \"-de\"")]
    [InlineData("{{ face.id | string.slice 0 2 }}", "string.slice(face.id, 0, 2)")]
    [InlineData("{{ string.slice face.id start: 0 }}", "string.slice(face.id, 0)")]
    [InlineData("{{ math.round face.start_time 0 }}", "math.round(face.start_time)")]
    [InlineData("{{ [face.id, vars.count, vars.list[0]] }}", "[face.id, 3, 10]")]
    [InlineData("{{ {id: face.id, 'two words': vars.none} }}", "{id: face.id, \"two words\": null}")]
    [InlineData("{{ vars.on && face.start_time > 5 }}", "face.start_time > 5")]
    [InlineData("{{ vars.on && face.id }}", "true && face.id")]
    [InlineData("{{ false || face.id }}", "true && face.id")]
    [InlineData("{{ not face.id == '1' }}", "!(face.id == \"1\")")]
    [InlineData("{{ vars.none ?? face.id }}", "face.id")]
    [InlineData("{{ face.id ?? vars.count }}", "face.id ?? 3")]
    [InlineData("{{ -face.start_time - (1 - face.end_time) * 2 }}", "-face.start_time - (1 - face.end_time) * 2")]
    [InlineData("{{ vars.list[face.start_time] }}", "([10, 20, 30])[face.start_time]")]
    [InlineData("{{ [1, 2] | array.each @math.abs | array.add face.id }}", "array.add([1, 2], face.id)")]
    [InlineData("{{ [face.id] | array.each @string.upcase }}", "array.each([face.id], @string.upcase)")]
    [InlineData("{{ date.parse '2026-01-31' | date.add_days face.start_time }}", "date.add_days(date.parse(\"2026-01-31T00:00:00.0000000Z\"), face.start_time)")]
    [InlineData("{{ face.start_time * 1e3 / 2.0 }}", "face.start_time * 1000 / 2.0")]
    public void Evaluate_NeedsFace_FoldsTheRest(string template, string expected)
    {
        Assert.Equal(expected, TemplateCase.Residual(template));
        Assert.Equal(expected, TemplateCase.Residual($"{{{{ {expected} }}}}"));
    }

    [Theory]
    [InlineData("{{ face.start_time + ms(vars.lead_in) }}", "1250")]
    [InlineData("{{ face.id }}-{{ matrix.locale }}.mp4", "\"0-de.mp4\"")]
    [InlineData("{{ face.end_time - face.start_time > 3000 ? 'long' : 'short' }}", "\"long\"")]
    [InlineData("{{ vars.on && face.id }}", "true")]
    [InlineData("{{ face.missing ?? 7 }}", "7")]
    public void Evaluate_FaceKnownLater_GivesWhatItWouldHaveGiven(string template, string expected)
    {
        var run = new TemplateCase();
        var residual = Assert.IsType<TemplateResult.Deferred>(run.Run(template)).Residual;
        var value = ResidualEvaluator.Evaluate(residual, TemplateCase.Face, TemplateCase.PlaceOf(0, 1), run.Diagnostics);
        Assert.NotNull(value);
        Assert.Equal(expected, ValueExpression.Of(value).Print());
    }

    [Fact]
    public void Evaluate_UnknownMemberOfFace_IsToldBeforeIdentify() =>
        Assert.Equal("\"strat_time\" is not in \"face\". Did you mean \"start_time\"?", TemplateCase.Problem("{{ face.strat_time }}").Message);

    [Fact]
    public void Evaluate_ResidualFails_PointsAtTheGivenPlace()
    {
        var run = new TemplateCase();
        var residual = Assert.IsType<TemplateResult.Deferred>(run.Run("{{ 1 // (face.start_time - 1000) }}")).Residual;
        var place = TemplateCase.PlaceOf(40, 2);
        Assert.Null(ResidualEvaluator.Evaluate(residual, TemplateCase.Face, place, run.Diagnostics));
        Assert.Equal(place, Assert.Single(run.Diagnostics).Place);
    }

    [Fact]
    public void Evaluate_ErrorInAnyBranch_IsToldBeforeIdentify() =>
        Assert.Equal("GKF3104", TemplateCase.Problem("{{ face.id == '0' ? 1 : vars.typo }}").Code);

    [Fact]
    public void Evaluate_LargeMap_IsReadByKey()
    {
        var members = Enumerable.Range(0, 1000).Select(i => ($"k{i}", TemplateCase.Number(i))).ToArray();
        var scope = TemplateCase.Scope with { Values = new Dictionary<string, TemplateValue> { ["vars"] = TemplateCase.Map(members) } };
        Assert.Equal(new TemplateResult.Value(TemplateCase.Number(999)), new TemplateCase().Run("{{ vars.k999 }}", scope));
        Assert.IsType<TemplateResult.Failed>(new TemplateCase().Run("{{ vars.k1000 }}", scope));
    }

    [Fact]
    public void Evaluate_TextIndexOfADeferredText_IsRefusedInOnePartAndInTwo()
    {
        const string Template = "{{ face.id['de'] ?? 'q' }}";
        var run = new TemplateCase();
        var residual = Assert.IsType<TemplateResult.Deferred>(run.Run(Template)).Residual;

        Assert.IsType<TemplateResult.Failed>(new TemplateCase().Run(Template, TemplateCase.ScopeWithFace));
        Assert.Null(ResidualEvaluator.Evaluate(residual, TemplateCase.Face, TemplateCase.PlaceOf(0, 1), run.Diagnostics));
        Assert.True(run.Diagnostics.HasErrors);
    }
}
